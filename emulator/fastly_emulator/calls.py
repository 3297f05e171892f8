"""A request on its way through the emulator, and what handlers need of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastly_emulator import errors
from fastly_emulator.kinds import KINDS
from fastly_emulator.state import whole_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fastly_emulator.account import Emulator
    from fastly_emulator.kinds import Kind
    from fastly_emulator.state import Record, Service, Version

__all__ = ["OK", "Call", "page_of"]

OK: dict[str, str] = {"status": "ok"}
"""What a delete and a batch answer."""

_DEFAULT_PER_PAGE = 20


@dataclass(slots=True)
class Call:
    """A request whose key was accepted."""

    emulator: Emulator
    method: str
    path: str
    base: str
    """Scheme and host that the client used, for links."""
    query: dict[str, str]
    sent: dict[str, Any]
    """The fields of the form, or the members of the JSON object."""
    headers: list[tuple[str, str]] = field(default_factory=list)
    """Headers that the handler adds to the answer."""
    refusal: errors.ApiError | None = None
    """What is wrong with the body."""

    def service(self, service_id: str) -> Service:
        """Return a service that was not deleted."""
        service = self.emulator.services.get(service_id)
        if service is None or service.deleted_at is not None:
            raise errors.deleted_service(service_id)
        return service

    def version(self, service_id: str, number: str) -> tuple[Service, Version]:
        """Return a service and one of its versions."""
        service = self.service(service_id)
        version = service.version(number)
        if version is None:
            # Assumed: the wording, after that of named objects.
            raise errors.missing("Version", number=number, service=service_id)
        return service, version

    def draft(self, service_id: str, number: str) -> tuple[Service, Version]:
        """Return a service and one of its versions that may be changed."""
        service, version = self.version(service_id, number)
        if version.locked:
            raise errors.locked(service_id, version.number)
        return service, version

    def kind(self, path: str) -> Kind:
        """Return the kind of that word in the path."""
        kind = KINDS.get(path)
        if kind is None:
            raise errors.no_such_path(path)
        return kind


def page_of(call: Call, records: Sequence[Record], *, link: bool = True) -> list[Record]:
    """Return the page that was asked for, sorted as asked for; all of it if no page was.

    `records` come in the order of their creation, as in recordings (`Link` with the rels last, next, prev, first, and
    none if there is one page).
    """
    ordered = _sorted(call, records)
    if "page" not in call.query and "per_page" not in call.query:
        return ordered
    page, per_page = _number(call, "page", 1), _number(call, "per_page", _DEFAULT_PER_PAGE)
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


def _number(call: Call, name: str, default: int) -> int:
    text = call.query.get(name, str(default))
    number = whole_number(text)
    if not number:
        raise errors.bad_request(f"Invalid value for {name}: '{text}'")
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
