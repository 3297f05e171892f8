"""What was done to a service, as rows: the newest first, and changes of one draft by one key as one row."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from pulumi_fastly_dynamic.api import FastlyError, path
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.lookups import Event, GetServiceResult, get_events
from pulumi_fastly_dynamic.orchestration import marker as markers

from .stacks import Origin, origins

MOST_EVENTS = 2_000

_TOLD = {
    "version.activate": "activated",
    "version.clone": "cloned",
    "version.create": "created",
    "version.deactivate": "deactivated",
    "version.lock": "locked",
    "service.purge_all": "purged all",
}
"""Events with a row of their own, whoever did them how often."""


@dataclass(frozen=True)
class Row:
    """Something that was done to a service."""

    at: str
    """When; of several changes the last one."""
    version: int | None
    what: str
    user_id: str | None = None
    token_id: str | None = None
    by_fastly: bool = False
    origin: Origin | None = None
    """The stack that it came from, if it came from one."""


@dataclass(frozen=True)
class Activity:
    """What was done to a service, as far as the key may see it."""

    service: GetServiceResult
    rows: tuple[Row, ...]
    has_audit_log: bool
    is_cut: bool = False
    """Whether there were more events than are read."""
    users: Mapping[str, str] = field(default_factory=dict)
    """Names of users by id."""
    tokens: Mapping[str, str] = field(default_factory=dict)
    """Names of tokens by id."""


def read_activity(client: Client, service: GetServiceResult, since: str) -> Activity:
    """Reads it. Without the audit log, the versions say when they were last changed."""
    known = origins(service.versions)
    try:
        events = get_events.read(client, service_id=service.id, since=since, limit=MOST_EVENTS).events
    except FastlyError:
        rows = tuple(row for row in _of_versions(service, known) if not row.at or row.at >= since)
        return Activity(service, rows, has_audit_log=False)
    keys = _keys_of_stacks(events)
    rows = tuple(replace(row, origin=_origin(row, known, keys)) for row in _of_events(events))
    users = _names(client, [path("customer", service.customer_id, "users")], ("login", "name")) if rows else {}
    tokens = _names(client, [path("customer", service.customer_id, "tokens"), "/tokens"], ("name",)) if rows else {}
    return Activity(service, rows, has_audit_log=True, is_cut=len(events) == MOST_EVENTS, users=users, tokens=tokens)


def _keys_of_stacks(events: Iterable[Event]) -> dict[str, set[str | None]]:
    """The tokens that set the mark of a stack, by the stack's fingerprint."""
    keys: dict[str, set[str | None]] = {}
    for event in events:
        new = event.metadata.get("new")
        comment = new.get("comment") if isinstance(new, dict) else None
        _, marker = markers.split(comment if isinstance(comment, str) else "")
        if marker is not None:
            keys.setdefault(marker.fingerprint, set()).add(event.token_id)
    return keys


def _origin(row: Row, known: Mapping[int, Origin], keys: Mapping[str, set[str | None]]) -> Origin | None:
    """The origin of the version, unless another key did it than those that mark its stack's versions."""
    origin = known.get(row.version or 0)
    if origin is None or origin.marker is None:
        return None
    tokens = keys.get(origin.marker.fingerprint)
    return None if tokens and row.token_id not in tokens else origin


def _of_versions(service: GetServiceResult, known: Mapping[int, Origin]) -> Iterator[Row]:
    changed = [(version.updated_at or version.created_at or "", version) for version in service.versions]
    # The newest change first, which need not be that of the newest version.
    for at, version in sorted(changed, key=lambda found: (found[0], found[1].number), reverse=True):
        what = "active" if version.active else "locked" if version.locked else "draft"
        yield Row(at, version.number, what, origin=known[version.number])


def _of_events(events: Iterable[Event]) -> Iterator[Row]:
    def group(event: Event) -> tuple[object, ...]:
        own_row = event.id if event.event_type in _TOLD else None
        return event.version, event.user_id, event.token_id, own_row

    for _, found in groupby(events, group):
        several = list(found)
        first = several[0]
        yield Row(first.created_at, first.version, _told(several), first.user_id, first.token_id, first.admin)


def _told(events: list[Event]) -> str:
    first = events[0]
    if all(event.event_type == "version.update" for event in events):
        return "updated"
    if len(events) > 1:
        kinds = sorted({event.event_type.rpartition(".")[0] for event in events})
        return f"{len(events)} changes: {', '.join(kinds)}"
    # The version has a column of its own.
    return _TOLD.get(first.event_type) or first.description.removesuffix(f" on Version '{first.version}'")


def _names(client: Client, urls: list[str], fields: tuple[str, ...]) -> dict[str, str]:
    """Names by id, from the first list that the key may read."""
    for url in urls:
        try:
            rows = client.get_list(url, keys=("id",))
        except FastlyError:
            continue
        named = {str(row["id"]): next((str(row[name]) for name in fields if row.get(name)), "") for row in rows}
        return {identifier: name for identifier, name in named.items() if name}
    return {}
