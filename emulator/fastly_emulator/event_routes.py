"""The audit log, and the older event log of what happened to versions.

See account/events/ in https://www.fastly.com/documentation/reference/api/, the filters of Fastly's client (2026),
and a recording of the real API (2021). The event log is documented in an older edition of that reference (2016).
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from operator import ge, gt, le, lt
from typing import Any
from urllib.parse import quote

from . import api_error
from .calls import PER_PAGE, Call, RouteTable, count_of
from .customer import CUSTOMER_ID
from .state import Record, whole_number

_JSON_API = "application/vnd.api+json"
_MOST_PER_PAGE = 100
_NEWEST_FIRST = "-created_at"
_EQUAL = ("customer_id", "event_type", "service_id", "token_id", "user_id")
_TIMES: dict[str, Callable[[Any, Any], bool]] = {"lte": le, "lt": lt, "gte": ge, "gt": gt}
_LOGGED = {"version.activate": "Activated version", "version.deactivate": "Deactivated version"}
"""Messages of the event log. Assumed: the second one, and that of a purge."""
_PURGED = "service.purge_all"
_LOGGED_LEVEL = 5


def listing(call: Call) -> Any:
    """Answers ``GET /events``, the newest first unless the query sorts them."""
    sort = call.query.get("sort", _NEWEST_FIRST)
    if sort not in ("created_at", _NEWEST_FIRST):
        raise api_error.bad_request(f"Invalid value for sort: '{sort}'")  # Assumed: everything.
    events = call.emulator.events
    found = list(_filtered(call, reversed(events) if sort == _NEWEST_FIRST else events))
    page, size = count_of(call, "page[number]", 1), count_of(call, "page[size]", PER_PAGE)
    if size > _MOST_PER_PAGE:
        raise api_error.bad_request(f"Invalid value for page[size]: '{size}'")  # Assumed: everything.
    last = max(1, -(-len(found) // size))
    call.media_type = _JSON_API
    return {
        "data": [_resource(event) for event in found[(page - 1) * size : page * size]],
        "links": _links(call, page, size, last),
        "meta": {"current_page": page, "per_page": size, "record_count": len(found), "total_pages": last},
    }


def read(call: Call, event_id: str) -> Any:
    """Answers ``GET /events/ID``."""
    for event in call.emulator.events:
        if event["id"] == event_id:
            call.media_type = _JSON_API
            return {"data": _resource(event)}
    raise api_error.missing("Event", id=event_id)  # Assumed: everything.


def event_log(call: Call, identifier: str) -> list[Record]:
    """Answers ``GET /event_log/ID``, of a service or of the account (assumed: it has those of all its services)."""
    after, limit = whole_number(call.query.get("after", "0")) or 0, count_of(call, "limit", PER_PAGE)
    rows = [
        _logged(event, identifier)
        for event in reversed(call.emulator.events)
        if event["event_type"] in (*_LOGGED, _PURGED) and identifier in (event["service_id"], CUSTOMER_ID)
    ]
    return rows[after : after + limit]


def _logged(event: Record, identifier: str) -> Record:
    words = _LOGGED.get(event["event_type"])
    return {
        "details": "",
        "level": _LOGGED_LEVEL,
        "message": f"{words} {event['metadata']['version_number']}" if words else "Purged all",
        "object_type": "customer" if identifier == CUSTOMER_ID else "service",
        "ref_id": identifier,
        "subsystem": "",
        "system": "",
        # In milliseconds, as the documents' example has it.
        "timestamp": int(_time(event["created_at"]).timestamp() * 1000),
    }


def _resource(event: Record) -> Record:
    own = {name: value for name, value in event.items() if name != "id"}
    shown = {**own, "admin": False, "customer_id": CUSTOMER_ID, "ip": "127.0.0.1, 127.0.0.1"}
    return {"id": event["id"], "type": "event", "attributes": shown}


def _filtered(call: Call, events: Iterable[Record]) -> Iterable[Record]:
    """The events that every filter of the query lets through; other filters are ignored (assumed)."""
    wanted = {name: call.query[key] for name in _EQUAL if (key := f"filter[{name}]") in call.query}
    if wanted.pop("customer_id", CUSTOMER_ID) != CUSTOMER_ID:
        return
    moments = {name: call.query[key] for name in _TIMES if (key := f"filter[created_at][{name}]") in call.query}
    # Texts of one form are in the order of their times.
    bounds = [(_TIMES[name], _text(name, moment)) for name, moment in moments.items()]
    if "filter[created_at]" in call.query:
        wanted["created_at"] = _text("created_at", call.query["filter[created_at]"])
    for event in events:
        if all(event[name] == value for name, value in wanted.items()) and all(
            compare(event["created_at"], bound) for compare, bound in bounds
        ):
            yield event


def _text(name: str, moment: str) -> str:
    try:
        time = _time(moment)
    except ValueError:
        raise api_error.bad_request(f"Invalid value for {name}: '{moment}'") from None  # Assumed: everything.
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _time(moment: str) -> datetime:
    time = datetime.fromisoformat(moment)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _links(call: Call, page: int, size: int, last: int) -> dict[str, str]:
    """Links as recorded: brackets are not encoded."""
    pages = {}
    if page < last:
        pages["next"] = page + 1
    pages["last"] = last
    if page > 1:
        pages |= {"prev": min(page - 1, last), "first": 1}
    query = call.query | {"page[size]": str(size)}
    return {rel: f"{call.base}{call.path}?{_query(query | {'page[number]': str(n)})}" for rel, n in pages.items()}


def _query(query: dict[str, str]) -> str:
    return "&".join(f"{name}={quote(value, safe=':-')}" for name, value in sorted(query.items()))


ROUTES: RouteTable = {
    "/events": {"GET": listing},
    "/events/*": {"GET": read},
    "/event_log/*": {"GET": event_log},
}
