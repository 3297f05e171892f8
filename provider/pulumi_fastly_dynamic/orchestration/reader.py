"""What one process has read of one service.

What is read is kept for the process. It is replaced after each write of this process, and dropped after a write of
unknown outcome.
"""

import threading
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from ..api import BadRequest, FastlyError, NotFound, path
from ..schema import KindSchema, Presence, Row, singleton_of
from .owner import Owner
from .shared import SECOND_LOOKS, OnceCache, SharedState
from .snapshot import ObjectList, Snapshot, VersionObject, initial_objects, objects_of
from .version_differences import ALL_DIFFER, COVERED, Differences, differences
from .versions import FirstVersion, Head, VersionTable

if TYPE_CHECKING:
    from ..api.client import Client


class ServiceReader:
    """Reads of one service, for one owner of drafts."""

    def __init__(self, shared: SharedState, service_id: str, owner: Owner) -> None:
        self.shared = shared
        self.service_id = service_id
        self.owner = owner
        self._is_new = False
        self._service_is_adopted = True
        self._cloned: int | None = None
        self._reading = threading.Lock()
        self._head: Head | None = None
        self._gone: FastlyError | None = None
        self._details: OnceCache[int, Row] = OnceCache()
        self._lists: OnceCache[tuple[int, str], ObjectList] = OnceCache()

    @property
    def client(self) -> "Client":
        """The process's client."""
        return self.shared.client

    def path(self, number: int, *segments: str | int) -> str:
        """A path below a version."""
        return path("service", self.service_id, "version", number, *segments)

    @property
    def is_new(self) -> bool:
        """Whether this process created the service, and so knows all that is in it."""
        return self._is_new

    def was_created(self) -> None:
        """This process created the service just now, so it is known to be empty."""
        self._is_new = True

    def read_service(self) -> Row:
        """The service with its versions, read now."""
        return self.client.get_object(path("service", self.service_id), keys=("versions",))

    def read_details(self, number: int) -> Row:
        """Fastly's overview of a version, with the service's versions, read now."""
        url = path("service", self.service_id, "details")
        return self.client.get_object(url, {"version": number}, keys=("versions", "version"))

    def details_of(self, number: int) -> Row:
        """The overview of a version that cannot change, read once in the process."""
        return self._details.get_or_make(number, partial(self.read_details, number))

    def read_versions(self) -> VersionTable:
        """The versions, read now."""
        return VersionTable.parse(self.read_service(), self.owner.fingerprint)

    def head(self, *, service_is_adopted: bool) -> Head:
        """The head; the first call in the process reads the service."""
        with self._reading:
            self._service_is_adopted = service_is_adopted
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
            return Head(VersionTable.of_new_service(self.owner.fingerprint), FirstVersion())
        table = self._read_settled()
        if table.service.get("deleted_at"):  # it may still be read for a while
            url = path("service", self.service_id)
            raise BadRequest("GET", url, 400, "Bad request", f"Service '{self.service_id}' is deleted")
        return Head.find(table, service_is_adopted=self._service_is_adopted, cloned=self._cloned)

    def _read_settled(self) -> VersionTable:
        """The versions. Where a newer version of ours does not serve, the API may be late: it is asked again."""
        table = self.read_versions()
        for seconds in SECOND_LOOKS:
            acknowledged = self.shared.acknowledged.get(self.service_id)
            if table.is_acknowledged(acknowledged, service_is_adopted=self._service_is_adopted):
                break
            if not table.is_behind(service_is_adopted=self._service_is_adopted):
                break
            self.shared.sleep(seconds)
            table = self.read_versions()
        return table

    def read_list(self, number: int, collection: str) -> ObjectList:
        """A list of a version, read now."""
        if number == 0:  # before version 1 there was nothing
            return initial_objects(collection)
        url = self.path(number, *collection.split("/"))
        singleton = singleton_of(collection)
        if singleton is not None:
            return self._read_singleton(singleton, url)
        return objects_of(collection, self.client.get_list(url, keys=("name",)))

    def _read_singleton(self, schema: KindSchema, url: str) -> ObjectList:
        """A list of one object, or of none."""
        try:
            return objects_of(schema.collection, [self.client.get_object(url)])
        except NotFound as error:
            # How Fastly says that settings were never written is not documented; its own clients take any 404 for that.
            is_unwritten = schema.presence is Presence.ONCE_WRITTEN
            is_deleted = schema.presence is Presence.CREATED and error.is_missing
            if not (is_unwritten or is_deleted):
                raise
            return initial_objects(schema.collection)

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
            answer = self.client.get_object(path("service", self.service_id, "diff", "from", base, "to", number))
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
            info = self.client.get_object(self.path(number, schema.collection, row["id"], "info"), keys=("item_count",))
            return bool(info["item_count"])
        url = path("service", self.service_id, schema.collection, row["id"], schema.items)
        return bool(self.client.get_list(url, {"page": 1, "per_page": 1}))

    def forget(self) -> None:
        """Drops what is known: a write had an unknown outcome, or the draft is abandoned."""
        with self._reading:
            self._head = None
            self._lists = OnceCache()
            self._details = OnceCache()
            self._is_new = False
