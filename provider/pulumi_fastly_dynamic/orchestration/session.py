"""One service in one process: what was read of it, and the writes into its draft.

What is read is kept for the process and replaced after each write of its own; it is dropped after a write of unknown
outcome. Fastly may lose writes to one service that overlap, so there is one lock per service for them.
"""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ..api import BadRequest, FastlyError, path
from ..schema import Identity, KindSchema, ObjectRef, Row, Values
from . import marker as markers
from .errors import REFRESH, DraftUnavailable, NeedsRefresh
from .marker import Marker
from .owner import Owner
from .sections import ALL_DIFFER, COVERED, Differences, differences
from .shared import SECOND_LOOKS, OnceCache, SharedState
from .snapshot import ObjectList, Snapshot, VersionObject, initial_objects, objects_of
from .versions import FirstVersion, Head, OpenedNow, VersionInfo, VersionTable

if TYPE_CHECKING:
    from ..api.client import Client

T = TypeVar("T")


class Asked(NamedTuple):
    """What the program asked an object to be."""

    values: Values
    secrets: frozenset[str]
    """Properties whose values the user marked as secret."""


class ServiceSession:
    """Reads and writes of one service, for one owner of drafts."""

    def __init__(self, shared: SharedState, service_id: str, owner: Owner, lock: threading.RLock) -> None:
        self.shared = shared
        self.service_id = service_id
        self.owner = owner
        self.lock = lock
        self.released = False
        """A Version of this process released the service."""
        self.asked: dict[ObjectRef, Asked] = {}
        """What objects were asked to be in this run: for messages."""
        self._is_new = False
        self._created_here = False
        self._cloned: int | None = None
        self._draft_failure: str | None = None
        self._reading = threading.Lock()
        self._head: Head | None = None
        self._gone: FastlyError | None = None
        self._lists: OnceCache[tuple[int, str], ObjectList] = OnceCache()

    @property
    def client(self) -> "Client":
        """The process's client."""
        return self.shared.client

    def path(self, number: int, *segments: str | int) -> str:
        """A path below a version."""
        return path("service", self.service_id, "version", number, *segments)

    # ---------------------------------------------------------------- reading

    def was_created(self) -> None:
        """This process created the service just now, so it is known to be empty."""
        self._is_new = True

    @property
    def is_new(self) -> bool:
        """Whether this process created the service, and every write since had a known outcome."""
        return self._is_new

    def read_service(self) -> Row:
        """The service with its versions, read now."""
        service: Row = self.client.get(path("service", self.service_id))
        return service

    def read_details(self, number: int) -> Row:
        """Fastly's overview of a version, with the service's versions, read now."""
        details: Row = self.client.get(path("service", self.service_id, "details"), {"version": number})
        return details

    def read_versions(self) -> VersionTable:
        """The versions, read now."""
        return VersionTable.parse(self.read_service(), self.owner.mark)

    def head(self, *, created_here: bool) -> Head:
        """The head; the first call in the process reads the service."""
        with self._reading:
            self._created_here = created_here
            if self._gone:
                raise self._gone
            if self._head is None:
                try:
                    self._head = self._find_head()
                except FastlyError as error:
                    self._gone = error if error.is_gone else None  # asked once, however many objects
                    raise
            return self._head

    def known_head(self) -> Head | None:
        """The head, if it is known."""
        return self._head

    def set_head(self, head: Head) -> None:
        """The versions were read anew, or changed by a write of this process."""
        self._head = head

    def _find_head(self) -> Head:
        if self._is_new:
            return Head(VersionTable.of_new_service(self.owner.mark), FirstVersion())
        table = self._read_settled()
        if table.service.get("deleted_at"):  # it may still be read for a while
            url = path("service", self.service_id)
            raise BadRequest("GET", url, 400, "Bad request", f"Service '{self.service_id}' is deleted")
        return Head.find(table, created_here=self._created_here, cloned=self._cloned)

    def _read_settled(self) -> VersionTable:
        """The versions. Where a newer version of ours does not serve, the API may be late: it is asked again."""
        table = self.read_versions()
        for seconds in SECOND_LOOKS:
            acknowledged = self.shared.acknowledged.get(self.service_id)
            is_known = table.active is not None and table.active == acknowledged
            if is_known or not table.is_behind(created_here=self._created_here):
                break
            self.shared.sleep(seconds)
            table = self.read_versions()
        return table

    def read_list(self, number: int, collection: str) -> ObjectList:
        """A list of a version, read now."""
        if number == 0:  # before version 1 there was nothing
            return initial_objects(collection)
        answer = self.client.get(self.path(number, collection))
        return objects_of(collection, [answer] if isinstance(answer, dict) else answer)

    def list_of(self, number: int, collection: str) -> ObjectList:
        """A list of a version, read once in the process."""
        if self._is_new and number == 1 and self._lists.get((number, collection)) is None:
            self._lists.set((number, collection), initial_objects(collection))
        return self._lists.get_or_make((number, collection), partial(self.read_list, number, collection))

    def known_list(self, number: int, collection: str) -> ObjectList | None:
        """A list, if it was read before."""
        return self._lists.get((number, collection))

    def snapshot(self, number: int, collections: Iterable[str]) -> Snapshot:
        """Lists of a version, each read once in the process, in parallel."""
        names = list(dict.fromkeys(collections))
        lists = self.shared.together([partial(self.list_of, number, name) for name in names])
        return Snapshot(number, dict(zip(names, lists, strict=True)))

    def differences(self, base: int, number: int) -> Differences:
        """The lists in which two versions differ, asked now: a pointer to what is to be read and compared.

        Lists that Fastly's diff does not cover count as differing where this process has read them.
        """
        others = {collection for _, collection in self._lists.made()} - COVERED
        try:
            answer = self.client.get(path("service", self.service_id, "diff", "from", base, "to", number))
        except FastlyError as error:
            if error.status is None:
                raise
            return {**ALL_DIFFER, **dict.fromkeys(others)}
        return {**differences(answer), **dict.fromkeys(others)}

    def remember(self, snapshot: Snapshot) -> None:
        """Lists that were read anew take the place of what was known."""
        for collection, rows in snapshot.lists.items():
            self._lists.set((snapshot.number, collection), rows)

    def has_items(self, found: VersionObject, number: int) -> bool:
        """Whether a dictionary or ACL of a version holds live items, asked now."""
        schema, row = found.schema, found.row
        if schema.items is None:
            return False
        if row.get("write_only"):  # its items cannot be listed, but counted
            info = self.client.get(self.path(number, schema.collection, row["id"], "info"))
            return bool(info["item_count"])
        url = path("service", self.service_id, schema.collection, row["id"], schema.items)
        return bool(self.client.get(url, {"page": 1, "per_page": 1}))

    # ---------------------------------------------------------------- writing

    def forget(self) -> None:
        """Drops what is known: a write had an unknown outcome, or the draft is abandoned."""
        with self._reading:
            self._head = None
            self._lists = OnceCache()
            self._is_new = False

    def write(self, call: Callable[[], T]) -> T:
        """Makes a write; after an unknown outcome, nothing that was known can be relied on."""
        try:
            return call()
        except FastlyError as error:
            if error.outcome_unknown:
                self.forget()
            raise

    def retry_if_outcome_unknown(self, operation: Callable[[], T]) -> T:
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

    def open_draft(self, head: Head) -> Head:
        """The head with a draft; clones the base if there is none. At most one clone per process."""
        self._refuse_unacknowledged(head)
        if head.draft:
            return head
        if self._draft_failure:
            raise DraftUnavailable(f"the draft could not be opened: {self._draft_failure}")
        base = head.base
        try:
            number = int(self.write(partial(self.client.put, self.path(base, "clone")))["number"])
            text, _ = markers.split(head.versions.comment(base))
            comment = markers.join(text, Marker(self.owner.mark, number, base))
            self.put_comment(number, comment)
        except FastlyError as error:
            self._draft_failure = str(error)
            self.forget()
            raise
        for version, collection in self._lists.made():
            if version == base:
                self._lists.set((number, collection), self.list_of(base, collection))
        self._cloned = number
        table = head.versions.with_version(VersionInfo(number, comment=comment))
        self._head = Head(table, OpenedNow(number, base))
        return self._head

    def _refuse_unacknowledged(self, head: Head) -> None:
        """Nothing is written on top of an activation that neither this stack made nor a refresh has seen."""
        known = self.shared.acknowledged
        if (
            self.service_id in known
            and known[self.service_id] != head.active
            and not head.versions.is_expected(created_here=self._created_here)
        ):
            raise self.needs_refresh_of_active(head.active)

    def needs_refresh_of_active(self, active: int | None) -> NeedsRefresh:
        """The refusal to build on a version that the state does not know."""
        return NeedsRefresh(
            f"version {active} of service {self.service_id} serves, which this stack did not activate last: somebody "
            f"activated it or rolled back. Nothing was activated: {REFRESH}"
        )

    def put_comment(self, number: int, comment: str) -> None:
        """Sets a version's comment; the API takes that on locked and active versions too."""
        self.write(partial(self.client.put, self.path(number), {"comment": comment}, repeatable=True))

    def abandon(self, head: Head) -> None:
        """Marks the draft so that nothing builds on it again, and forgets it."""
        if head.draft and not isinstance(head.draft, FirstVersion):
            text, _ = markers.split(head.versions.comment(head.number) or head.versions.comment(head.base))
            mark = Marker(self.owner.mark, head.number, head.base).abandon()
            self.put_comment(head.number, markers.join(text, mark))
        self.forget()

    def post(self, head: Head, schema: KindSchema, form: Mapping[str, str], secrets: Sequence[str]) -> VersionObject:
        """Creates an object in the draft."""
        row: Row = self.write(
            partial(self.client.post, self.path(head.number, schema.collection), form, secrets=secrets)
        )
        made = VersionObject(schema, row)
        self._update_list(head.number, schema.collection, made)
        return made

    def put(
        self, head: Head, found: VersionObject, form: Mapping[str, str], secrets: Sequence[str] = ()
    ) -> VersionObject:
        """Updates an object in the draft."""
        schema = found.schema
        segments = [schema.collection] if schema.identity is Identity.SINGLETON else [schema.collection, found.name]
        renames = "name" in form and form["name"] != found.row.get("name")
        url = self.path(head.number, *segments)
        row: Row = self.write(partial(self.client.put, url, form, repeatable=not renames, secrets=secrets))
        changed = VersionObject(schema, row)
        self._update_list(head.number, schema.collection, changed, instead_of=found)
        return changed

    def delete(self, head: Head, schema: KindSchema, name: str) -> None:
        """Removes an object from the draft; a singleton goes back to the API's defaults."""
        if schema.identity is Identity.SINGLETON:
            (found,) = self.list_of(head.number, schema.collection).values()
            self.put(head, found, schema.update_form(schema.from_row(schema.defaults()), found.values))
            return
        self.write(partial(self.client.delete, self.path(head.number, schema.collection, name)))
        known = self.known_list(head.number, schema.collection)
        if known is not None:
            left = {ref: each for ref, each in known.items() if each.name != name}
            self._lists.set((head.number, schema.collection), left)

    def _update_list(
        self, number: int, collection: str, now: VersionObject, *, instead_of: VersionObject | None = None
    ) -> None:
        known = self.list_of(number, collection) if instead_of else self.known_list(number, collection)
        if known is not None:
            others = {ref: each for ref, each in known.items() if instead_of is None or ref != instead_of.ref}
            self._lists.set((number, collection), {**others, now.ref: now})

    def activate(self, number: int) -> Mapping[str, Any]:
        """Activates a version; a lost answer is settled by reading. The answer may hold warnings."""
        try:
            answer: Mapping[str, Any] = self.client.put(self.path(number, "activate"))
        except FastlyError as error:
            if not error.outcome_unknown:
                raise
            if self.read_versions().active != number:
                self.forget()
                raise
            answer = {}
        if self._head:
            self._head = replace(self._head, versions=self._head.versions.activated(number), draft=None)
        return answer
