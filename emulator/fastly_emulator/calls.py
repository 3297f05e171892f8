"""A request on its way through the emulator, and what handlers need of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from . import api_error
from .customer import CUSTOMER_ID
from .emulator import Emulator
from .keys import NO_KEY, Key
from .state import Record, Service, Version, whole_number

Handler = Callable[..., Any]
"""A function of the call and of the path's variable segments. What it returns is sent as JSON; bytes as they are."""
RouteTable = dict[str, dict[str, Handler]]
"""Handlers by path and method; ``*`` is a variable segment, and ``**`` at the end any number of them, which the handler
takes from the call."""

SERVICE_PATH = "/service/*"
VERSION_PATH = "/service/*/version/*"

OK: dict[str, str] = {"status": "ok"}
"""What a delete and a batch answer."""

PER_PAGE = 20
"""Records on a page of which the query does not say how many it has."""


@dataclass(slots=True)
class Call:
    """A request on its way."""

    emulator: Emulator
    method: str
    path: str
    base: str
    """Scheme and host that the client used, for links."""
    query: dict[str, str]
    sent: dict[str, Any]
    """The fields of the form, or the members of the JSON object."""
    sent_type: str = ""
    """Content-Type of the body."""
    sent_headers: Mapping[bytes, str] = field(default_factory=dict)
    """Headers of the request, by their names in lower case."""
    query_string: str = ""
    """The query as it was sent."""
    key: Key = NO_KEY
    """The key that was accepted."""
    status: int = 200
    """Status of the answer, if it is not refused."""
    media_type: str = "application/json"
    """Content-Type of the answer, if it is not refused; empty for none."""
    headers: list[tuple[str, str]] = field(default_factory=list)
    """Headers that the handler adds to the answer."""
    refusal: api_error.ApiError | None = None
    """What is wrong with the body."""

    def services(self) -> list[Service]:
        """All services that were not deleted and that the key may see."""
        every = self.emulator.services.values()
        return [service for service in every if service.deleted_at is None and self.key.sees(service.id)]

    def service(self, service_id: str) -> Service:
        """A service that was not deleted."""
        service = self.emulator.services.get(service_id)
        if service is None or service.deleted_at is not None:
            raise api_error.deleted_service(service_id)
        return service

    def check_customer(self, customer_id: str) -> None:
        """Refuses the id of another customer."""
        if customer_id != CUSTOMER_ID:
            raise api_error.missing("Customer", id=customer_id)  # Assumed: everything.

    def version(self, service_id: str, number: str) -> tuple[Service, Version]:
        """A service and one of its versions."""
        service = self.service(service_id)
        version = service.version(number)
        if version is None:
            # Assumed: the wording, after that of named objects.
            raise api_error.missing("Version", number=number, service=service_id)
        return service, version

    def draft(self, service_id: str, number: str) -> tuple[Service, Version]:
        """A service and one of its versions that may be changed."""
        service, version = self.version(service_id, number)
        if version.locked:
            raise api_error.locked(service_id, version.number)
        return service, version


def page_of(call: Call, records: Sequence[Record], *, link: bool = True) -> list[Record]:
    """The page that was asked for, sorted as asked for; all of it if no page was.

    ``records`` come in the order of their creation, as in recordings (``Link`` with the rels last, next, prev, first,
    and none if there is one page).
    """
    ordered = _sorted(call, records)
    if "page" not in call.query and "per_page" not in call.query:
        return ordered
    page, per_page = count_of(call, "page", 1), count_of(call, "per_page", PER_PAGE)
    last = max(1, -(-len(ordered) // per_page))
    if link and last > 1:
        call.headers.append(("Link", _links(call, page, last)))
    return ordered[(page - 1) * per_page : page * per_page]


def _sorted(call: Call, records: Sequence[Record]) -> list[Record]:
    ordered = list(records)
    sort = call.query.get("sort", "created")
    if ordered and sort in ordered[0]:
        ordered.sort(key=lambda record: str(record[sort]))
    if call.query.get("direction", "ascend").startswith("desc"):
        ordered.reverse()
    return ordered


def count_of(call: Call, name: str, default: int) -> int:
    """A number that the query has."""
    text = call.query.get(name, str(default))
    number = whole_number(text)
    if not number:
        raise api_error.bad_request(f"Invalid value for {name}: '{text}'")
    return number


def _links(call: Call, page: int, last: int) -> str:
    rels = []
    if page < last:
        rels += [("last", last), ("next", page + 1)]
    if page > 1:
        rels += [("prev", min(page - 1, last)), ("first", 1)]
    return ", ".join(f'<{call.base}{call.path}?{_query(call, number)}>; rel="{rel}"' for rel, number in rels)


def _query(call: Call, page: int) -> str:
    return urlencode(sorted({**call.query, "page": str(page)}.items()))
