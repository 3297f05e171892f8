"""The audit log: who did what, and when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..api import path
from ..api.events import version_of_event
from .arguments import within_range
from .hidden_secrets import mask_changes
from .lookup import lookup, with_outputs
from .result import FrozenMap, Result, attributes_of, result_of
from .times import instant, utc_text

if TYPE_CHECKING:
    from ..api.client import Client

_MOST_PER_PAGE = 100


@dataclass(frozen=True)
class Event(Result):
    """An event of the audit log.

    See https://www.fastly.com/documentation/reference/api/account/events/
    """

    id: str
    """The id."""
    event_type: str
    """What happened, such as ``version.activate``."""
    description: str
    """What happened, in Fastly's words."""
    created_at: str
    """When it happened."""
    service_id: str | None = None
    """The id of the service that it happened to."""
    user_id: str | None = None
    """The id of the user who did it."""
    token_id: str | None = None
    """The id of the API token that was used."""
    customer_id: str | None = None
    """The id of the account."""
    ip: str | None = None
    """The addresses that the request came from."""
    admin: bool = False
    """Whether Fastly did it."""
    metadata: Mapping[str, Any] = field(default_factory=FrozenMap, repr=False)
    """More about it, such as ``old`` and ``new`` values. Those of secret properties are replaced by ``[secret]``.
    **Other values may contain secrets, too**, such as a header or VCL."""

    @property
    def version(self) -> int | None:
        """The number of the service's version that it is about; ``None`` if it is about none."""
        return version_of_event(self.metadata, self.description)


@dataclass(frozen=True)
class GetEventsResult(Result):
    """Events of the audit log.

    See https://www.fastly.com/documentation/reference/api/account/events/
    """

    events: tuple[Event, ...]
    """The events, the newest first."""


@dataclass(frozen=True)
class EventLogEntry(Result):
    """An entry of the event log.

    See https://www.fastly.com/documentation/reference/api/account/events/
    """

    message: str
    """What happened."""
    timestamp: int
    """When it happened: Unix time in milliseconds."""
    level: int | None = None
    """How serious it is; lower is more serious."""
    details: str | None = None
    """More about it."""
    object_type: str | None = None
    """What it happened to, such as ``service``."""
    ref_id: str | None = None
    """The id of what it happened to."""


@dataclass(frozen=True)
class GetEventLogResult(Result):
    """Entries of the event log.

    See https://www.fastly.com/documentation/reference/api/account/events/
    """

    entries: tuple[EventLogEntry, ...]
    """The entries, the newest first."""


@lookup
def get_events(
    client: "Client",
    *,
    service_id: str | None = None,
    user_id: str | None = None,
    token_id: str | None = None,
    event_type: str | None = None,
    since: datetime | str | None = None,
    until: datetime | str | None = None,
    limit: int = 100,
) -> GetEventsResult:
    """Reads the newest events of the account's audit log. Fastly shows it to superusers.

    Times are datetimes with a time zone, or texts such as ``2026-11-25`` or ``2026-11-25T17:04:05Z``, which are in UTC
    if they have no offset.

    See https://www.fastly.com/documentation/reference/api/account/events/

    :param service_id: the id of a service. Default: all of them, and what belongs to none.
    :param user_id: the id of the user who did it.
    :param token_id: the id of the API token that was used.
    :param event_type: what happened, such as ``version.activate``.
    :param since: the earliest time.
    :param until: the time before which it happened.
    :param limit: how many events to read at the most.
    """
    within_range("limit", limit, 1)
    filters = {
        "filter[service_id]": service_id,
        "filter[user_id]": user_id,
        "filter[token_id]": token_id,
        "filter[event_type]": event_type,
        "filter[created_at][gte]": since if since is None else utc_text(instant("since", since)),
        "filter[created_at][lt]": until if until is None else utc_text(instant("until", until)),
    }
    query = {name: value for name, value in filters.items() if value is not None}
    found: dict[str, Event] = {}
    for event in _events(client, query, min(limit, _MOST_PER_PAGE)):
        # One may come twice: each new event moves those before it to later pages.
        found.setdefault(event.id, event)
        if len(found) == limit:
            break
    return GetEventsResult(tuple(found.values()))


get_events_output = with_outputs(get_events)


def _events(client: "Client", query: Mapping[str, str], size: int) -> Iterator[Event]:
    number = 1
    while True:
        page: Mapping[str, str | int] = {"sort": "-created_at", "page[number]": number, "page[size]": size}
        rows = attributes_of(GetEventsResult, client.get_object("/events", {**query, **page}, keys=("data",))["data"])
        yield from map(_event, rows)
        if len(rows) < size:
            return
        number += 1


def _event(row: Mapping[str, Any]) -> Event:
    metadata = row.get("metadata")
    event = result_of(Event, {**row, "metadata": {}})
    if not isinstance(metadata, dict):
        return event
    # Here a null says something: a value that was not set.
    return replace(event, metadata=mask_changes(event.event_type, metadata))


@lookup
def get_event_log(
    client: "Client",
    id: str,  # noqa: A002 - as Fastly has it
    *,
    limit: int = 20,
    after: int = 0,
) -> GetEventLogResult:
    """Reads the event log of a service or of the account, by its id: activations, deactivations and purges of all.

    ``get_events`` reads more about each, and who did it.

    See https://www.fastly.com/documentation/reference/api/account/events/

    :param id: the id of the service, or of the account.
    :param limit: how many entries to read at the most.
    :param after: how many of the newest entries to skip.
    """
    within_range("limit", limit, 1)
    within_range("after", after, 0)
    return result_of(
        GetEventLogResult, {"entries": client.get_list(path("event_log", id), {"limit": limit, "after": after})}
    )


get_event_log_output = with_outputs(get_event_log)
