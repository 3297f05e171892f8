"""Live objects: items of dictionaries and entries of ACLs. No version holds them; they are written at once.

A resource owns the keys it declares and no others. Writes are batches of at most 1,000 operations
(https://www.fastly.com/documentation/reference/api/dictionaries/dictionary-item/ and
https://www.fastly.com/documentation/reference/api/acls/acl-entry/).
"""

import contextlib
import ipaddress
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from ..api import FastlyError, JsonBody, NotFound, RateLimited, path
from ..schema import Entries, ObjectRef, Row
from ..terminal import info
from .release_errors import ObjectExists
from .session import ServiceSession

BATCH = 1000

Entry = dict[str, Any]
"""What a key holds, as the form fields of the API."""
Operation = dict[str, Any]


class Container(ABC):
    """A dictionary or an ACL: how its rows are keyed, compared and written."""

    kind: ClassVar[str]
    names_keys: ClassVar[bool]
    """Whether messages may name keys: addresses may be secret to the user."""
    batch_name: ClassVar[str]
    """The JSON key of a batch."""

    def __init__(self, session: ServiceSession, container_id: str) -> None:
        self.session = session
        self.container_id = container_id

    @property
    @abstractmethod
    def url(self) -> str:
        """The path of its rows, for reading and for batches."""

    @abstractmethod
    def key(self, row: Row) -> str:
        """The key of a row."""

    @abstractmethod
    def entry(self, row: Row) -> Entry:
        """What a row holds."""

    @abstractmethod
    def needs_rows(self, before: Entries, after: Entries) -> bool:
        """Whether the rows that are there must be read to tell the operations."""

    @abstractmethod
    def operations(self, before: Entries, after: Entries, rows: Mapping[str, Row] | None) -> list[Operation]:
        """What makes ``after`` of ``before``, or of the rows that are there where they were read."""

    def read(self) -> dict[str, Row]:
        """The rows that are there, by key; read now."""
        return {self.key(row): row for row in self.session.client.pages(self.url)}

    def known(self) -> dict[str, Row]:
        """The rows that are there, read once in the process: many resources share a container."""
        return self.session.shared.live_rows.get_or_make(self.container_id, self.read)

    def write(
        self, before: Entries, after: Entries, *, is_ours: bool, may_overwrite: bool = False, secret: bool = False
    ) -> None:
        """Writes what differs between the entries of the state and those of the program.

        In a container that this program did not make (``is_ours``), entries that the state does not know are looked up
        first: with the same value they are not written, with another one they are refused unless the release adopts
        (``may_overwrite``). What a write-only dictionary (``secret``) holds cannot be looked at.
        """
        self.session.refuse_if_unacknowledged()
        added = {key: entry for key, entry in after.items() if key not in before}
        if added and not is_ours and not secret:
            there = {key: self.entry(row) for key, row in self.read().items()}
            if not may_overwrite:
                self.refuse_conflicts(there, added)
            before = {**before, **{key: there[key] for key in added if key in there}}
        elif added and not is_ours and not may_overwrite:
            info(
                f"{self.kind} {self.container_id} is write-only: its items cannot be compared, and those of the "
                "program are written"
            )
        if before != after:
            self.apply(before, after, secret=secret)

    def refuse_conflicts(self, there: Entries, after: Entries, container: str = "") -> None:
        """Refuses to overwrite entries that someone else made."""
        conflicts = sorted(key for key, entry in after.items() if key in there and there[key] != entry)
        if conflicts:
            which = f" ({', '.join(conflicts[:5])})" if self.names_keys else ""
            raise ObjectExists(
                f"{container or f'{self.kind} {self.container_id}'} has {len(conflicts)} of the {self.batch_name} with "
                f"another value{which}. They are live, and this program did not make them. Nothing was written: "
                "declare them as they are, or set Release(adopt=True) to overwrite them",
                [ObjectRef(self.kind, self.container_id)],
            )

    def apply(self, before: Entries, after: Entries, *, secret: bool = False) -> None:
        """Writes what differs. Keys that another resource declares are left to it."""
        with self.session.lock:
            declared = self.session.shared.declared_keys.get(self.container_id, set())
            mine = {key: entry for key, entry in before.items() if key in after or key not in declared}
            rows = self.read() if self.needs_rows(mine, after) else None
            self.session.shared.live_rows.discard(self.container_id)
            try:
                self._send(self.operations(mine, after, rows), secret=secret)
            except FastlyError as error:
                if isinstance(error, RateLimited) or error.status in {401, 403}:
                    raise
            else:
                return
            # Part of it may be done, or a row was not as expected.
            self.recover(mine, after, secret=secret)

    def recover(self, before: Entries, after: Entries, *, secret: bool) -> None:
        """Looks, and sends what is left."""
        self._send(self.operations(before, after, self.read()), secret=secret)

    def _send(self, operations: list[Operation], *, secret: bool) -> None:
        for start in range(0, len(operations), BATCH):
            chunk = operations[start : start + BATCH]
            secrets = [str(row["item_value"]) for row in chunk if secret and row.get("item_value")]
            self.session.client.patch(self.url, JsonBody({self.batch_name: chunk}), secrets=secrets)


class Items(Container):
    """The items of a dictionary, by key."""

    kind = "dictionary"
    names_keys = True
    batch_name = "items"

    @property
    @override
    def url(self) -> str:
        return path("service", self.session.service_id, "dictionary", self.container_id, "items")

    @override
    def key(self, row: Row) -> str:
        return str(row["item_key"])

    @override
    def entry(self, row: Row) -> Entry:
        return {"item_value": row.get("item_value")}

    @override
    def needs_rows(self, before: Entries, after: Entries) -> bool:
        return False

    @override
    def operations(self, before: Entries, after: Entries, rows: Mapping[str, Row] | None) -> list[Operation]:
        have = before if rows is None else {key: self.entry(row) for key, row in rows.items()}
        # Deletes come first, since a container holds only so many.
        operations: list[Operation] = [
            {"op": "delete", "item_key": key} for key in before if key not in after and key in have
        ]
        changed = {key: entry for key, entry in after.items() if have.get(key) != entry}
        return operations + [{"op": "upsert", "item_key": key, **entry} for key, entry in changed.items()]

    @override
    def recover(self, before: Entries, after: Entries, *, secret: bool) -> None:
        """The items of a write-only dictionary (``secret``) cannot be looked at."""
        if not secret:
            super().recover(before, after, secret=secret)
            return
        self._send(self.operations({}, after, None), secret=secret)
        for key in before.keys() - after.keys():
            item = path("service", self.session.service_id, "dictionary", self.container_id, "item", key)
            with contextlib.suppress(NotFound):
                self.session.client.delete(item)


class AclEntries(Container):
    """The entries of an ACL, by network (``ip`` or ``ip/subnet``)."""

    kind = "acl"
    names_keys = False
    batch_name = "entries"

    @property
    @override
    def url(self) -> str:
        return path("service", self.session.service_id, "acl", self.container_id, "entries")

    @override
    def key(self, row: Row) -> str:
        subnet = row.get("subnet")
        return network(str(row["ip"]), None if subnet in {None, ""} else int(str(subnet)))

    @override
    def entry(self, row: Row) -> Entry:
        return {"negated": int(str(row.get("negated") or 0)), "comment": row.get("comment") or ""}

    @override
    def needs_rows(self, before: Entries, after: Entries) -> bool:
        return any(after.get(key) != entry for key, entry in before.items())

    @override
    def operations(self, before: Entries, after: Entries, rows: Mapping[str, Row] | None) -> list[Operation]:
        there = rows or {}
        operations: list[Operation] = [
            {"op": "delete", "id": there[key]["id"]} for key in before if key not in after and key in there
        ]
        for key, entry in after.items():
            row = there.get(key)
            if row is None and (rows is not None or key not in before):
                operations.append({"op": "create", **address(key), **entry})
            elif row is not None and self.entry(row) != entry:
                operations.append({"op": "update", "id": row["id"], **address(key), **entry})
        return operations


CONTAINERS: dict[str, type[Container]] = {"dictionary": Items, "acl": AclEntries}
"""How the items of each kind of container are written."""


def network(ip: str, subnet: int | None) -> str:
    """The canonical text of an address or network: ``192.0.2.0/24``. The API keeps host bits, and so does this."""
    with contextlib.suppress(ValueError):  # what another client wrote is a key as it stands
        ip = str(ipaddress.ip_address(ip))
    return ip if subnet is None else f"{ip}/{subnet}"


def address(key: str) -> Operation:
    """The form fields of a network."""
    ip, _, subnet = key.partition("/")
    return {"ip": ip, "subnet": int(subnet)} if subnet else {"ip": ip}
