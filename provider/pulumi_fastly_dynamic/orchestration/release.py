"""One release: removals, verification, validation, activation. Nothing else activates."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ..api import FastlyError, NotFound
from ..schema import KINDS, Identity, KindSchema, Row, collections, kinds_of, removal_order
from . import marker as markers
from .errors import (
    REFRESH,
    ContainerNotEmpty,
    InvalidVersion,
    Named,
    NameOccupied,
    NeedsRefresh,
    ProtectedObject,
    ReleasedTwice,
    UndeclaredObjects,
)
from .objects import TEMPORARY, revision_digest, revision_number
from .work import Head, VersionInfo, Work, empty_rows, present

NOT_CONFIGURATION = {"version", "locked", "created_at", "updated_at", "deleted_at"}
"""What an answer says beside the object's own fields."""

Rows = dict[str, list[Row]]
"""Lists of one version, by collection."""


@dataclass(frozen=True)
class Record:
    """What the manifest says of one object."""

    kind: str
    name: str
    revision: str
    object_id: str | None = None
    protect: bool = False
    retain: bool = False
    force_destroy: bool = False

    @property
    def schema(self) -> KindSchema:
        """The kind."""
        return KINDS[self.kind]

    @property
    def key(self) -> str:
        """What tells the object from others of its kind in a version."""
        return self.object_id or self.name

    @property
    def named(self) -> Named:
        """Kind and key."""
        return self.kind, self.key

    def __str__(self) -> str:
        return self.schema.describe(self.name)

    @classmethod
    def parse(cls, manifest_key: str, row: Mapping[str, Any]) -> "Record":
        """From the manifest: ``kind/resource name`` and the record."""
        return cls(
            kind=manifest_key.partition("/")[0],
            name=row["name"],
            revision=row["revision"],
            object_id=row.get("id"),
            protect=bool(row.get("protect")),
            retain=bool(row.get("retain_on_delete")),
            force_destroy=bool(row.get("force_destroy")),
        )

    def row(self) -> dict[str, Any]:
        """As the manifest has it."""
        row = {
            "name": self.name,
            "revision": self.revision,
            "id": self.object_id,
            "protect": self.protect,
            "retain_on_delete": self.retain,
            "force_destroy": self.force_destroy,
        }
        return {key: value for key, value in row.items() if value}


Manifest = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Wish:
    """The inputs of a Version."""

    objects: Manifest
    comment: str = ""
    activate: bool = True
    adopt: bool = False
    created_here: bool = True


@dataclass(frozen=True)
class Released:
    """The outputs of a Version."""

    number: int | None
    """The version that is active, or the draft's base where nothing was to be activated."""
    released: int | None
    """The last number that this resource activated or found to match; ``read`` leaves it alone."""
    activated: bool
    kept: Manifest = field(default_factory=dict)
    """Records taken out of the program while ``activate`` is off."""


@dataclass(frozen=True)
class Before:
    """What the state has of the Version."""

    objects: Manifest
    outcome: Released
    comment: str = ""


def release(work: Work, wish: Wish, before: Before | None) -> Released:
    """Brings the manifest to life: at most one activation, and only of what the program says."""
    with work.lock:
        if work.released:
            raise ReleasedTwice(f"service {work.service_id} has two releases in this program; make them one")
        outcome = work.settled(lambda: _Release(work, wish, before).run())
        work.released = True
        return outcome


class _Release:
    """One run over one service. Holds what the steps share."""

    def __init__(self, work: Work, wish: Wish, before: Before | None) -> None:
        self.work = work
        self.wish = wish
        self.before = before
        self.records = {key: Record.parse(key, row) for key, row in wish.objects.items()}
        known = [*before.outcome.kept.items(), *before.objects.items()] if before else []
        self.was = {record.named: (key, record) for key, row in known for record in [Record.parse(key, row)]}
        self.wanted = {record.named for record in self.records.values()}
        self.names = {(record.kind, record.name) for record in self.records.values()}
        self.gone = [record for named, (_, record) in self.was.items() if named not in self.wanted]
        self.gone.sort(key=lambda record: (removal_order()[record.kind], record.name))

    def run(self) -> Released:
        """The steps, in their order."""
        head = self.work.head(created_here=self.wish.created_here)
        if self._is_comment_alone(head):
            return self._comment_alone(head)
        self._refuse_protected(head)
        if self.before is None and not self.wish.adopt and head.base:
            self._refuse_undeclared(head)
        self._remove(head)
        chain = self._chain(head)
        if head.draft is None and chain:
            self._remove_unknown_since(head, chain)
        if head.draft is None and (head.active or not self.wish.activate):
            return self._nothing_to_activate(head)
        number = self.work.open_draft(head)
        info = self._verify(head, number, chain)
        self._validate(number)
        if not self.wish.activate:
            return self._outcome(head.active, activated=False)
        self._put_comment(number, info.comment)
        self.work.activate(number)
        head.active, head.base, head.draft, head.fresh = number, number, None, False
        return self._outcome(number, activated=True)

    def _outcome(self, number: int | None, *, activated: bool) -> Released:
        kept: Manifest = {}
        released = number if activated else self.before.outcome.released if self.before else None
        if not activated:
            # Not by resource name: under one name, several objects may come and go.
            kept = {f"{record.kind}/{record.key}": record.row() for record in self.gone}
        return Released(number, released, activated, kept)

    # ---------------------------------------------------------------- comment

    def _is_comment_alone(self, head: Head) -> bool:
        before = self.before
        return bool(
            before
            and before.objects == self.wish.objects
            and before.outcome.activated
            and self.wish.activate
            and head.active
            and not before.outcome.kept
        )

    def _comment_alone(self, head: Head) -> Released:
        number = head.active or 0
        if self.before and self.before.comment != self.wish.comment:
            self._put_comment(number, head.comment(number))
        # What is active was not verified now, so the number that was is kept.
        return Released(number, self.before.outcome.released if self.before else None, activated=True)

    def _put_comment(self, number: int, now: str) -> None:
        text, found = markers.split(now)
        ours = found if found and found.owner == self.work.owner and found.number == number else None
        if text != self.wish.comment:
            self.work.put_comment(number, markers.join(self.wish.comment, ours) if ours else self.wish.comment)

    # ---------------------------------------------------------------- removals

    def _find(self, head: Head, record: Record) -> Row | None:
        return _find(self.work.objects(head.number, record.schema), record.schema, record.key)

    def _refuse_protected(self, head: Head) -> None:
        held = [r for r in self.gone if r.protect and not self._was_made_anew(head, r)]
        if held:
            raise ProtectedObject(
                f"{_list(held)} is protected, and is not in the program any more: put it back without protect, "
                "run `pulumi up`, then remove it",
                (r.named for r in held),
            )

    def _was_made_anew(self, head: Head, record: Record) -> bool:
        """Whether the program still has it, under a new id."""
        is_named = record.object_id is not None and (record.kind, record.name) in self.names
        return is_named and self._find(head, record) is None

    def _refuse_undeclared(self, head: Head) -> None:
        """A Version that is created knows of no earlier manifest, so it must not guess what nobody manages."""
        base = self._read_all([(head.base, name) for name in collections()])
        found: list[tuple[Named, str]] = []
        for schema, rows in _by_kind(base[head.base]):
            for key, row in present(schema, rows).items():
                if (schema.kind, key) in self.wanted:
                    continue
                named = (schema.kind, schema.name_of(row)) in self.names
                if named and _find(self.work.objects(head.number, schema), schema, key) is None:
                    continue  # made anew under its name, in the draft
                found.append(((schema.kind, key), schema.describe(schema.name_of(row))))
        if found:
            raise UndeclaredObjects(
                f"version {head.base} of service {self.work.service_id} has objects that the program does not "
                f"declare: {', '.join(sorted(text for _, text in found))}. Declare them, or leave them as they are "
                "with Release(adopt=True). To have one removed: declare it, run `pulumi up`, then take it out",
                (named for named, _ in found),
            )

    def _remove(self, head: Head) -> None:
        todo = [record for record in self.gone if self._is_to_be_removed(head, record)]
        for record in todo:
            row = self._find(head, record) if record.object_id else None
            try:
                self.work.delete(head, record.schema, row["name"] if row else record.name)
            except FastlyError as error:
                if not (isinstance(error, NotFound) and error.is_gone):
                    raise

    def _is_to_be_removed(self, head: Head, record: Record) -> bool:
        if record.retain:
            return False
        schema = record.schema
        if schema.identity is Identity.NAME and not schema.constants:
            known = self._rows_before_removal(head, schema)
            return known is None or any(row["name"] == record.name for row in known)
        row = present(schema, self.work.objects(head.number, schema)).get(record.key)
        if row is None:
            self._refuse_lost_items(head, record)
            return False
        if not record.force_destroy:
            self._refuse_items(schema, row, head.number)
        return True

    def _rows_before_removal(self, head: Head, schema: KindSchema) -> list[Row] | None:
        """What the head has; ``None`` where that needs no look, since this Version verified it when it was released.

        A leftover draft may lack the object; deleting by path what is gone answers 404.
        """
        recorded = self.before.outcome.released if self.before else None
        known = self.work.known_rows(head.number, schema.collection)
        if known is None and head.draft is None and head.base != recorded:
            return self.work.rows(head.number, schema.collection)
        return known

    def _refuse_items(self, schema: KindSchema, row: Row, number: int) -> None:
        if self.work.holds_items(schema, row, number):
            what = schema.describe(row["name"])
            raise ContainerNotEmpty(
                f"{what} still holds items, which its removal would lose: put it back with force_destroy=True, "
                "run `pulumi up`, then remove it",
                [(schema.kind, row["id"])],
            )

    def _refuse_lost_items(self, head: Head, record: Record) -> None:
        """The draft lacks a container that the base has: made anew there by a program that is not this one."""
        if not record.schema.items or record.force_destroy or not (head.draft and head.base):
            return
        resource_key = self.was[record.named][0]
        allowed = any(
            new.force_destroy and new.kind == record.kind and (new.name == record.name or key == resource_key)
            for key, new in self.records.items()
        )
        row = None if allowed else _find(self.work.objects(head.base, record.schema), record.schema, record.key)
        if row is not None:
            self._refuse_items(record.schema, row, head.base)

    # ---------------------------------------------------------------- an activation that the state does not know

    def _chain(self, head: Head) -> int | None:
        """The version this resource recorded, where markers of ours lead from the base back to it."""
        recorded = self.before.outcome.released if self.before else None
        if not recorded or not head.base or head.versions is None:
            return None
        number = head.base
        while number != recorded:
            found = head.marker(number)
            if not found or found.owner != self.work.owner or found.abandoned or found.base >= number:
                return None
            number = found.base
        return number if number != head.base else None

    def _remove_unknown_since(self, head: Head, chain: int) -> None:
        """What neither the recorded version nor the manifest has, is of an update that the state lost."""
        names = collections()
        lists = self._read_all([(number, name) for number in (head.base, chain) for name in names])
        for schema, rows in _by_kind(lists[head.base]):
            old = present(schema, lists[chain][schema.collection])
            for key, row in present(schema, rows).items():
                if (schema.kind, key) not in self.wanted and key not in old:
                    self._refuse_items(schema, row, head.number)
                    self.work.delete(head, schema, row.get("name", ""))

    # ---------------------------------------------------------------- verification

    def _read_all(self, wanted: Iterable[tuple[int, str]]) -> dict[int, Rows]:
        """Lists, read now and in parallel."""
        keys = list(dict.fromkeys(wanted))
        return _by_version(keys, self.work.process.together([partial(self.work.read_rows, *key) for key in keys]))

    def _nothing_to_activate(self, head: Head) -> Released:
        names = self._collections()
        self.work.process.together([partial(self.work.rows, head.number, name) for name in names])
        wrong = self._differing(head, {name: self.work.rows(head.number, name) for name in names})
        if wrong:
            raise self._needs_refresh(head.number, wrong)
        if head.active is None:
            return self._outcome(None, activated=False)
        self._put_comment(head.active, head.comment(head.active))
        return self._outcome(head.active, activated=True)

    def _collections(self) -> list[str]:
        """The lists that the old and the new manifest are about."""
        records = [*self.records.values(), *(record for _, record in self.was.values())]
        return list(dict.fromkeys(record.schema.collection for record in sorted(records, key=lambda r: r.kind)))

    def _verify(self, head: Head, number: int, chain: int | None) -> VersionInfo:
        """Reads anew what would go live, clears leftovers of failed updates away, and compares."""
        cloned_here = self.work.opened == number and chain is None
        names = self._collections() if cloned_here or self.work.created else collections()
        # A draft that this run cloned is compared with what was read of the base before the clone.
        known = {name: self.work.known_rows(head.base, name) for name in names} if cloned_here else {}
        versions, lists = self._read_draft(head, number, chain, names, with_base=not cloned_here)
        draft = lists[number]
        base: dict[str, list[Row] | None] = {
            name: (known[name] if cloned_here else lists[head.base][name]) if head.base else empty_rows(name)
            for name in names
        }
        older: dict[str, list[Row] | None] = {name: lists[chain][name] for name in names} if chain else base
        info = self._refuse_moved(head, number, versions)
        self._clear_leftovers(head, draft, base, older)
        wrong = (
            self._differing(head, draft)
            | self._not_removed(draft)
            | self._changed_others(draft, base, older)
            | self._unexplained(number, draft, base)
        )
        if wrong:
            occupied = self._occupants(draft)
            self.work.abandon(head)
            raise NameOccupied(occupied, wrong) if occupied else self._needs_refresh(number, wrong)
        return info

    def _read_draft(
        self, head: Head, number: int, chain: int | None, names: list[str], *, with_base: bool
    ) -> tuple[list[VersionInfo], dict[int, Rows]]:
        """The service and the lists, in one round trip."""
        numbers = [number, *([head.base] if with_base else []), *([chain] if chain else [])]
        keys = list(dict.fromkeys((n, name) for n in numbers for name in names))
        calls: list[Callable[[], Any]] = [self.work.read_service]
        calls += [partial(self.work.read_rows, *key) for key in keys]
        service, *got = self.work.process.together(calls)
        return VersionInfo.of(service), _by_version(keys, got)

    def _refuse_moved(self, head: Head, number: int, versions: list[VersionInfo]) -> VersionInfo:
        """The active version must still be the one that the draft was opened on."""
        active = next((info.number for info in versions if info.active), None)
        info = next(info for info in versions if info.number == number)
        if active == head.active and not info.locked:
            return info
        if info.locked:
            self.work.forget()
        else:
            self.work.abandon(head)
        raise NeedsRefresh(
            f"service {self.work.service_id}: version {active} was activated by somebody else since this draft was "
            f"opened on version {head.active}; nothing was activated: {REFRESH}"
        )

    def _clear_leftovers(
        self, head: Head, draft: Rows, base: Mapping[str, list[Row] | None], older: Mapping[str, list[Row] | None]
    ) -> None:
        """What is in our draft and in neither base nor manifest would go live, or block validation for ever."""
        order = removal_order()
        for schema, rows in sorted(_by_kind(draft), key=lambda pair: order[pair[0].kind]):
            before = older[schema.collection]
            if before is None:
                continue
            old = present(schema, before)
            for key, row in present(schema, rows).items():
                if (schema.kind, key) in self.wanted or key in old:
                    continue
                if key in present(schema, base[schema.collection] or []):
                    self._refuse_items(schema, row, head.number)
                self.work.delete(head, schema, row.get("name", ""))
                rows_left = [r for r in draft[schema.collection] if r is not row]
                draft[schema.collection] = rows_left or (
                    [schema.defaults()] if schema.identity is Identity.SINGLETON else []
                )

    def _differing(self, head: Head, rows: Rows) -> set[Named]:
        """Objects of the manifest that are not there as their revision says."""
        index = {
            (schema.kind, schema.key_of(row)): row
            for schema, found in _by_kind(rows)
            for row in found
            if schema.is_ours(row)
        }
        wrong: set[Named] = set()
        for record in self.records.values():
            row = index.get(record.named)
            matches = row is not None and record.schema.digest(record.schema.from_row(row)) == revision_digest(
                record.revision
            )
            if not matches or not head.holds(revision_number(record.revision)):
                wrong.add(record.named)
        return wrong

    def _not_removed(self, draft: Rows) -> set[Named]:
        """Objects that were taken out of the program, and are still there."""
        there = {(schema.kind, key) for schema, rows in _by_kind(draft) for key in present(schema, rows)}
        return there & {record.named for record in self.gone if not record.retain}

    def _changed_others(
        self, draft: Rows, base: Mapping[str, list[Row] | None], older: Mapping[str, list[Row] | None]
    ) -> set[Named]:
        """Objects that nobody manages and that are not as they are in the base."""
        dropped = {record.named for record in self.gone if not record.retain}
        wrong: set[Named] = set()
        for schema, rows in _by_kind(draft):
            in_base, in_older = base[schema.collection], older[schema.collection]
            if in_base is None or in_older is None:
                continue
            have, had = present(schema, rows), present(schema, in_base)
            for key in {*have, *present(schema, in_older)}:
                named = (schema.kind, key)
                row, old = have.get(key), had.get(key)
                if named in self.wanted or (row is None and (old is None or named in dropped)):
                    continue
                if row is None and old is not None and (schema.kind, schema.name_of(old)) in self.names:
                    continue  # made anew under its name
                if row is None or old is None or _configuration(schema, row) != _configuration(schema, old):
                    wrong.add(named)
        return wrong

    def _unexplained(self, number: int, draft: Rows, base: Mapping[str, list[Row] | None]) -> set[Named]:
        """Objects whose revision is not of this draft, and that are not in every field as in the base."""
        wrong: set[Named] = set()
        for schema, rows in _by_kind(draft):
            in_base = base[schema.collection]
            if in_base is None:
                continue
            have = {schema.key_of(row): row for row in rows if schema.is_ours(row)}
            had = {schema.key_of(row): row for row in in_base if schema.is_ours(row)}
            for record in self.records.values():
                if record.kind != schema.kind or revision_number(record.revision) == number:
                    continue
                row, old = have.get(record.key), had.get(record.key)
                if (row is None) != (old is None) or (
                    row and old and _configuration(schema, row) != _configuration(schema, old)
                ):
                    wrong.add(record.named)
        return wrong

    def _occupants(self, draft: Rows) -> str:
        """Which unmanaged object had to give its name away, if that is what is wrong."""
        for schema, rows in _by_kind(draft):
            if schema.identity is not Identity.ID:
                continue
            for row in rows:
                if row["name"].startswith(TEMPORARY) and (schema.kind, row["id"]) not in self.wanted:
                    return (
                        f"a {schema.label} that this program does not declare (id {row['id']}) has a name that the "
                        "program wants: rename or remove it, or declare it"
                    )
        return ""

    def _needs_refresh(self, number: int, wrong: set[Named]) -> NeedsRefresh:
        texts = [f"{KINDS[kind].label} {self._name(kind, key)}" for kind, key in sorted(wrong)]
        return NeedsRefresh(
            f"version {number} of service {self.work.service_id} is not what this program made of it: "
            f"{', '.join(texts)} was changed by somebody else or by an earlier update. Nothing was activated: "
            f"{REFRESH}",
            wrong,
        )

    def _name(self, kind: str, key: str) -> str:
        names = [record.name for record in self.records.values() if record.named == (kind, key)]
        return f"'{names[0] if names else key}'"

    # ---------------------------------------------------------------- validation

    def _validate(self, number: int) -> None:
        answer = self.work.client.get(self.work.version_path(number, "validate"))
        if answer.get("status") != "ok":
            text = " ".join((answer.get("msg") or "; ".join(map(str, answer.get("errors") or []))).split("\n"))
            raise InvalidVersion(
                f"version {number} of service {self.work.service_id} does not compile, and was not activated: {text}"
            )


def _by_version(keys: Iterable[tuple[int, str]], lists: Iterable[list[Row]]) -> dict[int, Rows]:
    result: dict[int, Rows] = defaultdict(dict)  # a release may have no object, and so no list
    for (number, name), rows in zip(keys, lists, strict=True):
        result[number][name] = rows
    return result


def _by_kind(lists: Rows) -> list[tuple[KindSchema, list[Row]]]:
    return [(schema, rows) for name, rows in lists.items() for schema in kinds_of(name)]


def _find(rows: Iterable[Row], schema: KindSchema, key: str) -> Row | None:
    return next((row for row in rows if schema.is_ours(row) and schema.key_of(row) == key), None)


def _configuration(schema: KindSchema, row: Row) -> Row:
    """The fields that make a difference. An id does only where it identifies: others may change with each clone."""
    left_out = NOT_CONFIGURATION if schema.identity is Identity.ID else NOT_CONFIGURATION | {"id"}
    return {key: value for key, value in row.items() if key not in left_out and value is not None and value != ""}


def _list(records: Iterable[Record]) -> str:
    return ", ".join(map(str, records))
