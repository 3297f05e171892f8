"""One object of a version: ensure it in the head, or look at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from ..api import BadRequest, Conflict, FastlyError, NotFound, Unprocessable, path
from ..schema import Identity, KindSchema, Row, Value, Values, collections, form_value, kinds_of
from ..terminal import tell
from .errors import REFRESH, ContainerNotEmpty, NeedsRefresh, ObjectExists, ProtectedObject
from .work import Head, Work, present

TEMPORARY = "tmp_"
"""Prefix of the name an object gets for a moment, while another one takes its name."""


@dataclass(frozen=True)
class Wanted:
    """An object as the program declares it."""

    inputs: Mapping[str, Any]
    holder: str
    """Tells this resource from others, for the claims on ids."""
    created_here: bool = True
    """This program created the service."""
    adopt: bool = False
    protect: bool = False
    force_destroy: bool = False


@dataclass(frozen=True)
class Previous:
    """What the state has of the object."""

    values: Mapping[str, Any]
    object_id: str | None = None
    protect: bool = False


@dataclass(frozen=True)
class Found:
    """An object in a version."""

    schema: KindSchema
    row: Row
    number: int
    live: Values
    """What it has that is in no version."""

    @cached_property
    def values(self) -> Values:
        """The object in canonical values."""
        return self.schema.from_row(self.row)

    @cached_property
    def digest(self) -> str:
        """The fingerprint of what it is."""
        return self.schema.digest(self.values)

    @property
    def revision(self) -> str:
        """The version it was written to or found in, and its digest there."""
        return f"{self.number}-{self.digest}"


def revision_number(text: str) -> int:
    """The version of a revision."""
    return int(text.partition("-")[0])


def revision_digest(text: str) -> str:
    """The digest of a revision."""
    return text.partition("-")[2]


# -------------------------------------------------------------------- ensure


def ensure(work: Work, schema: KindSchema, wanted: Wanted, previous: Previous | None = None) -> Found:
    """Makes the head hold the object: no write if it does already, POST if absent, PUT if different."""
    return work.settled(partial(_ensure_advised, work, schema, wanted, previous))


def _ensure_advised(work: Work, schema: KindSchema, wanted: Wanted, previous: Previous | None) -> Found:
    try:
        return _ensure(work, schema, wanted, previous)
    except FastlyError as error:
        head = work.peek()
        if head is None and error.is_gone:
            raise NeedsRefresh(f"service {work.service_id} is deleted: {REFRESH}") from None
        refused = isinstance(error, BadRequest | NotFound | Conflict | Unprocessable)
        if not refused or head is None or not head.draft or work.opened == head.draft or head.versions is None:
            raise
        if not head.fresh and _lacks_something(work, head):
            work.abandon(head)
        raise NeedsRefresh(f"{error} (written into a draft of an earlier run; if this stays, {REFRESH})") from None


def _lacks_something(work: Work, head: Head) -> bool:
    """Whether an earlier update removed something from the draft that the base has."""
    names = collections()
    reads = [partial(work.read_rows, number, name) for name in names for number in (head.number, head.base)]
    lists = work.process.together(reads)
    for index, name in enumerate(names):
        draft, base = lists[2 * index], lists[2 * index + 1]
        if any(present(schema, base).keys() - present(schema, draft).keys() for schema in kinds_of(name)):
            return True
    return False


def _ensure(work: Work, schema: KindSchema, wanted: Wanted, previous: Previous | None) -> Found:
    head = work.head(created_here=wanted.created_here)
    want = schema.from_inputs(wanted.inputs)
    live = {f.name: f.canonical(wanted.inputs.get(f.name)) for f in schema.live}
    current, occupant = _locate(work, head, schema, wanted, previous, want.get("name"))
    secrets_changed = previous is not None and any(
        f.secret and f.canonical(previous.values.get(f.name)) != want[f.name] for f in schema.fields
    )
    if current is not None and schema.is_ours(current) and schema.from_row(current) == want and not secrets_changed:
        _write_live(work, schema, current, live, previous)
        return Found(schema, current, head.number, live)

    if previous is None and occupant is not None and not _may_take_over(work, head, schema, wanted, occupant):
        raise ObjectExists(
            f"{schema.describe(schema.name_of(occupant))} exists already in version {head.number} of service "
            f"{work.service_id}, with other content; declare it as it is, or take it over with "
            "Release(adopt=True)",
            [(schema.kind, schema.key_of(occupant))],
        )
    work.open_draft(head)
    secrets = schema.secrets_of(want)
    if current is not None and _must_be_made_anew(schema, current, want):
        _remove_to_make_anew(work, head, schema, current, wanted, previous)
        current = None
    if schema.identity is Identity.ID:
        _make_room(work, head, schema, current, want["name"])
    if current is None:
        row = work.post(head, schema, schema.create_form({**want, **live}), secrets)
    else:
        form = schema.update_form(want, schema.from_row(current), with_secrets=secrets_changed)
        row = work.put(head, schema, current, form, secrets)
        _write_live(work, schema, row, live, previous)
    if schema.identity is Identity.ID:
        work.process.claims.take(row["id"], wanted.holder)
    return Found(schema, row, head.number, live)


def _locate(
    work: Work, head: Head, schema: KindSchema, wanted: Wanted, previous: Previous | None, name: Value
) -> tuple[Row | None, Row | None]:
    """The object in the head, and what holds its name there without being another resource's of this program."""
    rows = work.rows(head.number, schema.collection)
    if schema.identity is Identity.SINGLETON:
        return rows[0], None
    occupant = next((row for row in rows if row["name"] == name), None)
    if schema.identity is Identity.NAME:
        return occupant, occupant
    claims = work.process.claims
    object_id = previous.object_id if previous else None
    current = None
    if object_id and claims.is_free(object_id, wanted.holder):
        current = next((row for row in rows if schema.is_ours(row) and row["id"] == object_id), None)
    if occupant is not None and schema.is_ours(occupant):
        if not claims.is_free(occupant["id"], wanted.holder):
            occupant = None
        elif current is None:
            current = occupant
    if current is not None:
        claims.take(current["id"], wanted.holder)
    return current, occupant


def _may_take_over(work: Work, head: Head, schema: KindSchema, wanted: Wanted, occupant: Row) -> bool:
    """Whether an object of that name and other content is this program's to overwrite."""
    if wanted.created_here or wanted.adopt or ((found := head.marker(head.base)) and found.owner == work.owner):
        allowed = True
    else:
        # A leftover of a failed update of ours is in our draft and not in its base.
        allowed = bool(head.draft and not head.fresh) and all(
            row["name"] != occupant["name"] for row in work.rows(head.base, schema.collection)
        )
    if allowed:
        tell(f"{schema.describe(schema.name_of(occupant))} exists already; it is overwritten")
    return allowed


def _must_be_made_anew(schema: KindSchema, current: Row, want: Values) -> bool:
    have = schema.from_row(current)
    return not schema.is_ours(current) or any(f.immutable and have[f.name] != want[f.name] for f in schema.versioned)


def _remove_to_make_anew(
    work: Work, head: Head, schema: KindSchema, current: Row, wanted: Wanted, previous: Previous | None
) -> None:
    named = [(schema.kind, schema.key_of(current))]
    what = schema.describe(schema.name_of(current))
    if schema.items and schema.is_ours(current):
        if not wanted.force_destroy and work.holds_items(schema, current, head.number):
            raise ContainerNotEmpty(
                f"{what} would be made anew, and lose the items it holds: set force_destroy=True on it to allow that",
                named,
            )
        if wanted.protect or (previous and previous.protect):
            raise ProtectedObject(
                f"{what} is protected, and would be made anew: `up` it unprotected first, then change it", named
            )
    work.delete(head, schema, current["name"])
    if schema.identity is Identity.ID:
        work.process.claims.drop(current["id"])


def _make_room(work: Work, head: Head, schema: KindSchema, current: Row | None, name: Value) -> None:
    """Gives the object that holds the wanted name a temporary one. It gets its own, or is removed, later."""
    for row in work.rows(head.number, schema.collection):
        if row["name"] == name and row is not current and (current is None or row["id"] != current["id"]):
            work.put(head, schema, row, {"name": f"{TEMPORARY}{row['id']}"})
            return


# -------------------------------------------------------------------- live content


def live_path(work: Work, schema: KindSchema, object_id: str) -> str:
    """Where the content that has no version is."""
    return path("service", work.service_id, schema.collection, object_id)


def _read_live(work: Work, schema: KindSchema, row: Row) -> Values:
    if not schema.live:
        return {}
    answer = work.client.get(live_path(work, schema, row["id"]))
    return {f.name: f.canonical(answer.get(f.wire)) for f in schema.live}


def _write_live(work: Work, schema: KindSchema, row: Row, live: Values, previous: Previous | None) -> None:
    if not live:
        return
    if previous and previous.object_id == row["id"]:
        old = {f.name: f.canonical(previous.values.get(f.name)) for f in schema.live}
    else:
        old = _read_live(work, schema, row)
    form = {f.wire: form_value(live[f.name]) for f in schema.live if old[f.name] != live[f.name]}
    if form:
        work.write(partial(work.client.put, live_path(work, schema, row["id"]), form, repeatable=True))


# -------------------------------------------------------------------- look


def look(
    work: Work,
    schema: KindSchema,
    *,
    created_here: bool,
    revision: str,
    name: str | None,
    object_id: str | None,
) -> Found | None:
    """The object for a refresh: from the draft if its revision is the draft's, else from the base."""
    head = work.head(created_here=created_here)
    in_draft = head.draft and (head.fresh or revision_number(revision) == head.draft)
    number = head.number if in_draft else head.base
    key = schema.kind if schema.identity is Identity.SINGLETON else object_id or name or ""
    row = work.find(number, schema, key)
    if row is None and object_id:  # made anew by somebody else, perhaps
        row = next((row for row in work.objects(number, schema) if row["name"] == name), None)
    if row is None:
        return None
    return Found(schema, row, number, _read_live(work, schema, row))
