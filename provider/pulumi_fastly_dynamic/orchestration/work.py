"""What one process knows of one service, and the draft it fills.

Read once, kept for the process, brought up to date after each own write, dropped after a write of unknown
outcome. Fastly may lose writes to one service that overlap, so there is one lock a service for them.
"""

import threading
from collections.abc import Callable, Hashable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..api import BadRequest, FastlyError, path
from ..schema import Identity, KindSchema, Row, collections, kinds_of
from . import marker as markers
from .errors import DraftUnavailable
from .marker import Marker

if TYPE_CHECKING:
    from ..api.client import Client


T = TypeVar("T")
Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result")


@dataclass(frozen=True)
class VersionInfo:
    """One row of a service's versions."""

    number: int
    active: bool
    locked: bool
    comment: str

    @property
    def marker(self) -> Marker | None:
        """The marker, if it is this version's own and not a cloned comment."""
        found = markers.split(self.comment)[1]
        return found if found and found.number == self.number else None

    @classmethod
    def of(cls, service: Row) -> "list[VersionInfo]":
        """The versions of a service, as the API answers it."""
        return [cls.parse(row) for row in service["versions"]]

    @classmethod
    def parse(cls, row: Row) -> "VersionInfo":
        """From the API's answer, which may have nulls for flags."""
        return cls(int(row["number"]), bool(row.get("active")), bool(row.get("locked")), row.get("comment") or "")


@dataclass
class Head:
    """The draft if there is one, else the base."""

    versions: dict[int, VersionInfo] | None
    """``None`` for a service that this process created."""
    active: int | None
    draft: int | None
    base: int
    """0 where there is nothing to clone from: the first version of a new service."""
    fresh: bool = False
    """The draft is version 1 of a service that this program created: no clone, no marker."""
    service: Row = field(default_factory=dict)

    @property
    def number(self) -> int:
        """The head's version."""
        return self.draft or self.base

    def comment(self, number: int) -> str:
        """The comment of a version, as it was read."""
        info = (self.versions or {}).get(number)
        return info.comment if info else ""

    def marker(self, number: int) -> Marker | None:
        """The own marker of a version."""
        info = (self.versions or {}).get(number)
        return info.marker if info else None

    def holds(self, number: int) -> bool:
        """Whether what was written to this version may be in the head.

        Not if that version was never active and is not the draft: it was left behind.
        """
        if self.versions is None or number in {self.draft, self.base, self.active}:
            return True
        return number <= self.base and number in self.versions and self.versions[number].locked


class Once(Generic[Key, Result]):
    """Results made once a key, by whichever thread comes first; the others wait. A failure is not kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._locks: dict[Key, threading.Lock] = {}
        self._results: dict[Key, Result] = {}

    def get(self, key: Key, make: Callable[[], Result]) -> Result:
        """The result for the key, made if need be."""
        with self._lock:
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            if key not in self._results:
                self._results[key] = make()
            return self._results[key]

    def set(self, key: Key, result: Result) -> None:
        """Stores a result."""
        self._results[key] = result

    def peek(self, key: Key) -> Result | None:
        """The result if it was made."""
        return self._results.get(key)

    def drop(self, key: Key) -> None:
        """Forgets a result."""
        self._results.pop(key, None)

    def made(self) -> list[Key]:
        """The keys that have a result."""
        return list(self._results)


class Claims:
    """Which resource holds which id, in this process: by create, by update, by a diff that says no change."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holders: dict[str, str] = {}

    def take(self, object_id: str, holder: str) -> bool:
        """Claims the id; false if another resource holds it."""
        with self._lock:
            return self._holders.setdefault(object_id, holder) == holder

    def is_free(self, object_id: str, holder: str) -> bool:
        """Whether no other resource holds the id."""
        with self._lock:
            return self._holders.get(object_id, holder) == holder

    def drop(self, object_id: str) -> None:
        """The object is gone."""
        with self._lock:
            self._holders.pop(object_id, None)


class Process:
    """All that this process knows. One a provider process; unit tests make their own."""

    def __init__(self, connect: Callable[[], "Client"]) -> None:
        self._connect = connect
        self.claims = Claims()
        self.updating = False
        """Whether the program's resources were checked. A refresh checks none: its diffs say nothing of the program."""
        self.used: set[str] = set()
        """Services that resources of the program hold."""
        self.declared: dict[str, set[str]] = {}
        """Keys of live items that the program declares, by container."""
        self.live_rows: Once[str, dict[str, Row]] = Once()
        """Live items that were read, by container."""
        self._lock = threading.Lock()
        self._write_locks: dict[str, threading.RLock] = {}
        self._works: dict[tuple[str, str], Work] = {}
        self._pool = ThreadPoolExecutor(max_workers=8, thread_name_prefix="fastly-read")

    @cached_property
    def client(self) -> "Client":
        """The client, made when the first call is: a run that makes none needs no key."""
        return self._connect()

    def work(self, service_id: str, owner: str) -> "Work":
        """The work on a service."""
        with self._lock:
            lock = self._write_locks.setdefault(service_id, threading.RLock())
            return self._works.setdefault((service_id, owner), Work(self, service_id, owner, lock))

    def together(self, calls: Iterable[Callable[[], T]]) -> list[T]:
        """Runs reads that do not depend on each other in parallel: one round trip."""
        todo = list(calls)
        return [future.result() for future in [self._pool.submit(call) for call in todo]]

    def close(self) -> None:
        """Ends the threads."""
        self._pool.shutdown()


class Work:
    """One service in one process."""

    def __init__(self, process: "Process", service_id: str, owner: str, lock: threading.RLock) -> None:
        self.process = process
        self.service_id = service_id
        self.owner = owner
        self.lock = lock
        self.created = False
        """This process created the service, and every write since had a known outcome."""
        self.opened: int | None = None
        """The draft that this process cloned."""
        self.released = False
        self._draft_failure: str | None = None
        self._reading = threading.Lock()
        self._head: Head | None = None
        self._gone: FastlyError | None = None
        self._rows: Once[tuple[int, str], list[Row]] = Once()
        self._index: Once[tuple[int, str], dict[str, Row]] = Once()

    @property
    def client(self) -> "Client":
        """The process's client."""
        return self.process.client

    # ---------------------------------------------------------------- reading

    def read_service(self) -> Row:
        """The service with its versions, read now."""
        service: Row = self.client.get(path("service", self.service_id))
        return service

    def head(self, *, created_here: bool) -> Head:
        """The head; the first call in the process reads the service."""
        with self._reading:
            if self._gone:
                raise self._gone
            if self._head is None:
                try:
                    self._head = self._new_head() if self.created else self._read_head(created_here=created_here)
                except FastlyError as error:
                    self._gone = error if error.is_gone else None  # asked once, however many objects
                    raise
            return self._head

    def peek(self) -> Head | None:
        """The head if it is known."""
        return self._head

    def _new_head(self) -> Head:
        head = Head(None, active=None, draft=1, base=0, fresh=True)
        for collection in collections():
            self._rows.set((1, collection), empty_rows(collection))
        return head

    def _read_head(self, *, created_here: bool) -> Head:
        service = self.read_service()
        if service.get("deleted_at"):  # it may still be read for a while
            url = path("service", self.service_id)
            raise BadRequest("GET", url, 400, "Bad request", f"Service '{self.service_id}' is deleted")
        versions = {info.number: info for info in VersionInfo.of(service)}
        active = next((n for n, info in versions.items() if info.active), None)
        first = versions.get(1)
        if active is None and created_here and len(versions) == 1 and first and not first.locked:
            return Head(versions, active=None, draft=1, base=0, fresh=True, service=service)
        base = self._base(versions, active)
        return Head(versions, active, self._leftover_draft(versions, base), base, service=service)

    def _base(self, versions: dict[int, VersionInfo], active: int | None) -> int:
        """What a draft is cloned from: the active one, else the highest locked, else the highest not ours."""
        if active:
            return active
        locked = [n for n, info in versions.items() if info.locked]
        if locked:
            return max(locked)
        return max(
            (n for n, info in versions.items() if not (info.marker and info.marker.owner == self.owner)), default=0
        )

    def _leftover_draft(self, versions: dict[int, VersionInfo], base: int) -> int | None:
        """A draft of ours that an earlier run left, if it is still good."""
        for number in sorted(versions, reverse=True):
            info = versions[number]
            found = info.marker
            if not info.locked and found and found.owner == self.owner and found.base == base and not found.abandoned:
                return number
        return None

    def read_rows(self, number: int, collection: str) -> list[Row]:
        """A list of a version, read now."""
        if number == 0:  # before version 1 there was nothing
            return empty_rows(collection)
        answer = self.client.get(path("service", self.service_id, "version", number, collection))
        return [answer] if isinstance(answer, dict) else list(answer)

    def rows(self, number: int, collection: str) -> list[Row]:
        """A list of a version, read once in the process."""
        return self._rows.get((number, collection), partial(self.read_rows, number, collection))

    def objects(self, number: int, schema: KindSchema) -> list[Row]:
        """The objects of a kind in a version."""
        return [row for row in self.rows(number, schema.collection) if schema.is_ours(row)]

    def find(self, number: int, schema: KindSchema, key: str) -> Row | None:
        """The object of a version that has this key. Quick also where a refresh asks for thousands."""
        index = self._index.get(
            (number, schema.kind), lambda: {schema.key_of(row): row for row in self.objects(number, schema)}
        )
        return index.get(key)

    def known_rows(self, number: int, collection: str) -> list[Row] | None:
        """A list if it was read before."""
        return self._rows.peek((number, collection))

    def holds_items(self, schema: KindSchema, row: Row, number: int) -> bool:
        """Whether a dictionary or ACL of a version holds live items, asked now."""
        if schema.items is None:
            return False
        if row.get("write_only"):  # its items cannot be listed, but counted
            return bool(self.client.get(self.version_path(number, schema.collection, row["id"], "info"))["item_count"])
        url = path("service", self.service_id, schema.collection, row["id"], schema.items)
        return bool(self.client.get(url, {"page": 1, "per_page": 1}))

    # ---------------------------------------------------------------- writing

    def forget(self) -> None:
        """Drops what is known: a write had an unknown outcome, or the draft is abandoned."""
        with self._reading:
            self._head = None
            self._rows = Once()
            self._index = Once()
            self.created = False

    def write(self, call: Callable[[], T]) -> T:
        """Makes a write; after an unknown outcome, nothing that was known holds."""
        self._index = Once()
        try:
            return call()
        except FastlyError as error:
            if error.outcome_unknown:
                self.forget()
            raise

    def settled(self, operation: Callable[[], T]) -> T:
        """Runs an operation that may be repeated, and once more where a write's outcome is unknown.

        The second run reads first, and so finds what the first one did.
        """
        with self.lock:
            try:
                return operation()
            except FastlyError as error:
                if not error.outcome_unknown:
                    raise
            self._draft_failure = None
            return operation()

    def version_path(self, number: int, *segments: str | int) -> str:
        """A path below a version."""
        return path("service", self.service_id, "version", number, *segments)

    def open_draft(self, head: Head) -> int:
        """The draft's number; clones the base if there is none. At most one clone a process."""
        if head.draft:
            return head.draft
        if self._draft_failure:
            raise DraftUnavailable(f"the draft could not be opened: {self._draft_failure}")
        try:
            number = int(self.write(partial(self.client.put, self.version_path(head.base, "clone")))["number"])
            text, _ = markers.split(head.comment(head.base))
            self.put_comment(number, markers.join(text, Marker(self.owner, number, head.base)))
        except FastlyError as error:
            self._draft_failure = str(error)
            self.forget()
            raise
        for base, collection in self._rows.made():
            if base == head.base:
                self._rows.set((number, collection), list(self._rows.get((base, collection), list)))
        head.draft = self.opened = number
        return number

    def put_comment(self, number: int, comment: str) -> None:
        """Sets a version's comment; the API takes that on locked and active versions too."""
        self.write(partial(self.client.put, self.version_path(number), {"comment": comment}, repeatable=True))

    def abandon(self, head: Head) -> None:
        """Marks the draft so that nothing builds on it again, and forgets it."""
        if head.draft and not head.fresh:
            text, found = markers.split(head.comment(head.draft) or head.comment(head.base))
            mark = Marker(self.owner, head.draft, found.base if found and found.number == head.draft else head.base)
            self.put_comment(head.draft, markers.join(text, mark.abandon()))
        self.forget()

    def post(self, head: Head, schema: KindSchema, form: dict[str, str], secrets: Sequence[str]) -> Row:
        """Creates an object in the draft."""
        url = self.version_path(self.open_draft(head), schema.collection)
        row: Row = self.write(partial(self.client.post, url, form, secrets=secrets))
        known = self.known_rows(head.number, schema.collection)
        if known is not None:
            known.append(row)
        return row

    def put(self, head: Head, schema: KindSchema, row: Row, form: dict[str, str], secrets: Sequence[str] = ()) -> Row:
        """Updates an object in the draft."""
        segments = [schema.collection] if schema.identity is Identity.SINGLETON else [schema.collection, row["name"]]
        url = self.version_path(self.open_draft(head), *segments)
        renames = "name" in form and form["name"] != row.get("name")
        answer: Row = self.write(partial(self.client.put, url, form, repeatable=not renames, secrets=secrets))
        rows = self.rows(head.number, schema.collection)
        rows[:] = [answer if other is row or _same(schema, other, row) else other for other in rows]
        return answer

    def delete(self, head: Head, schema: KindSchema, name: str) -> None:
        """Removes an object from the draft; a singleton goes back to the API's defaults."""
        number = self.open_draft(head)
        if schema.identity is Identity.SINGLETON:
            row = self.rows(number, schema.collection)[0]
            defaults = schema.from_row(schema.defaults())
            self.put(head, schema, row, schema.update_form(defaults, schema.from_row(row)))
            return
        self.write(partial(self.client.delete, self.version_path(number, schema.collection, name)))
        known = self.known_rows(number, schema.collection)
        if known is not None:
            known[:] = [row for row in known if row["name"] != name]

    def activate(self, number: int) -> Any:
        """Activates a version; a lost answer is settled by reading."""
        try:
            return self.client.put(self.version_path(number, "activate"))
        except FastlyError as error:
            if error.outcome_unknown:
                if any(info.active and info.number == number for info in VersionInfo.of(self.read_service())):
                    return {}
                self.forget()
            raise


def _same(schema: KindSchema, row: Row, other: Row) -> bool:
    return schema.is_ours(row) and schema.key_of(row) == schema.key_of(other)


def empty_rows(collection: str) -> list[Row]:
    """A list of a version that nobody wrote to."""
    return [schema.defaults() for schema in kinds_of(collection) if schema.identity is Identity.SINGLETON]


def present(schema: KindSchema, rows: Iterable[Row]) -> dict[str, Row]:
    """The objects that somebody made, by key: a singleton that has the API's defaults counts as none."""
    return {
        schema.key_of(row): row
        for row in rows
        if schema.is_ours(row)
        and not (schema.identity is Identity.SINGLETON and schema.is_default(schema.from_row(row)))
    }
