"""What was done to a service, as rows: the newest first, and changes of one draft by one key as one row."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from pulumi_fastly_dynamic.api import FastlyError, path
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.lookups import Event, GetServiceResult, get_events

from .marking_tokens import Marks
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
    """The stack that it came from, if that is known."""
    version_from: Origin | None = None
    """The stack that made the version, whoever did this to it."""
    is_unknown: bool = False
    """Whether a stack made the version, and it is unknown whether this came from it."""


@dataclass(frozen=True)
class Activity:
    """What was done to a service, as far as the key may see it."""

    service: GetServiceResult
    rows: tuple[Row, ...]
    no_audit_log: FastlyError | None = None
    """Why the audit log could not be read."""
    marks: Marks = field(default_factory=Marks)
    is_cut: bool = False
    """Whether there were more events than are read."""
    users: Mapping[str, str] = field(default_factory=dict)
    """Names of users by id."""
    tokens: Mapping[str, str] = field(default_factory=dict)
    """Names of tokens by id."""

    @property
    def has_audit_log(self) -> bool:
        """Whether the audit log could be read."""
        return self.no_audit_log is None

    def is_from(self, row: Row, stack: str | None) -> bool | None:
        """Whether the row came from that stack; ``None`` if it is unknown, or no stack is given."""
        if stack is None:
            return None
        if row.origin is not None:
            return row.origin.is_from(stack)
        if row.by_fastly or (row.version_from and row.version_from.stack != stack):
            return False
        # A token of the stack is not enough: it may be that of other stacks, too.
        return False if self.marks.is_by_stack(stack, row.token_id, row.at) is False else None


def read_activity(client: Client, service: GetServiceResult, since: str) -> Activity:
    """Reads it. Without the audit log, the versions say when they were last changed."""
    known = origins(service.versions)
    try:
        events = get_events.read(client, service_id=service.id, since=since, limit=MOST_EVENTS).events
    except FastlyError as error:
        rows = tuple(row for row in _of_versions(service, known) if not row.at or row.at >= since)
        return Activity(service, rows, no_audit_log=error)
    is_cut = len(events) == MOST_EVENTS
    marks = Marks(events)
    rows = tuple(_with_origin(row, known, marks) for row in _of_events(events))
    if any(row.is_unknown for row in rows):
        marks = Marks([*events, *_earlier_marks(client, service.id, events[-1].created_at if is_cut else since)])
        rows = tuple(_with_origin(row, known, marks) for row in rows)
    users = _names(client, [path("customer", service.customer_id, "users")], ("login", "name")) if rows else {}
    tokens = _names(client, [path("customer", service.customer_id, "tokens"), "/tokens"], ("name",)) if rows else {}
    return Activity(service, rows, marks=marks, is_cut=is_cut, users=users, tokens=tokens)


def _earlier_marks(client: Client, service_id: str, until: str) -> tuple[Event, ...]:
    """Changes of comments before that time: one page."""
    try:
        return get_events.read(client, service_id=service_id, event_type="version.update", until=until).events
    except FastlyError:
        return ()


def _with_origin(row: Row, known: Mapping[int, Origin], marks: Marks) -> Row:
    """The row with the stack of its version, if a token that sets the marks of that stack did it."""
    version_from = known.get(row.version or 0)
    if version_from is None or version_from.marker is None or row.by_fastly:
        return row
    is_by = marks.is_by_owner(version_from.marker, row.token_id, row.at)
    return replace(row, version_from=version_from, origin=version_from if is_by else None, is_unknown=is_by is None)


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
