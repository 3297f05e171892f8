"""The state file: one JSON document, replaced as a whole after each write.

A write to a service with a thousand backends must not serialise the other 999, so the text of everything that did not
change is kept: of an object by its identity (objects are replaced, never changed in place), of a version, a container
and a service until something in it changes. Fields that have their kind's default are left out of the file.
"""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .kinds import KINDS
from .state import Account, Record, Service, Version

FORMAT = 1
"""Version of the file's form."""

_ABSENT = object()
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Store:
    """Reads and writes the state file of one account."""

    def __init__(self, path: str | Path) -> None:
        """Remembers the path; nothing is read yet."""
        self.path = Path(path)
        self._objects: dict[int, tuple[Record, str]] = {}
        self._versions: dict[tuple[str, int], str] = {}
        self._containers: dict[str, str] = {}
        self._services: dict[str, str] = {}
        self._events = _GrowingList()

    def forget(self, service_id: str, number: int | None, container: str | None) -> None:
        """Forgets the text of what changed."""
        self._services.pop(service_id, None)
        if number is not None:
            self._versions.pop((service_id, number), None)
        if container is not None:
            self._containers.pop(container, None)

    def forget_all(self) -> None:
        """Forgets all texts."""
        self._objects.clear()
        self._versions.clear()
        self._containers.clear()
        self._services.clear()
        self._events = _GrowingList()

    def save(self, account: Account) -> None:
        """Writes everything to a temporary file beside the old one, then puts it in the old one's place."""
        services = _members((key, self._service(service)) for key, service in account.services.items())
        head = f'"format":{FORMAT},"seed":{_encode(account.seed)},"ids_made":{account.ids_made}'
        head += f',"records":{_encode(account.records)}'
        head += f',"events_made":{account.events_made},"services":{services},"events":['
        self.path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.path.with_name(f"{self.path.name}.{os.getpid()}.tmp")
        # No fsync: a killed emulator loses nothing, and a machine that loses power has other worries than this file.
        # It holds keys and private items, so nobody else may read it.
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, _MODE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(f"{{{head}".encode())
            file.write(self._events.rows(account.events))
            file.write(b"]}\n")
        temporary.replace(self.path)

    def load(self, account: Account) -> None:
        """Fills an empty account from the file, if there is one; a ValueError if it is another sort of file."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return
        try:
            read = _read_account(json.loads(data))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise ValueError(
                f"{self.path} is not a state file of this version of the emulator; move it away or name another file"
            ) from None
        self.path.chmod(_MODE)
        account.seed, account.ids_made = read.seed, read.ids_made
        account.services, account.records = read.services, read.records
        account.events, account.events_made = read.events, read.events_made

    def _service(self, service: Service) -> str:
        text = self._services.get(service.id)
        if text is None:
            self._prune()
            own = _encode({name: getattr(service, name) for name in _SERVICE_FIELDS})
            versions = _members((str(each.number), self._version(service, each)) for each in service.versions.values())
            items, entries = self._live(service.items), self._live(service.entries)
            rest = f'"contents":{_encode(service.contents)},"products":{_encode(service.products)}'
            text = f'{own[:-1]},"versions":{versions},"items":{items},"entries":{entries},{rest}}}'
            self._services[service.id] = text
        return text

    def _version(self, service: Service, version: Version) -> str:
        key = (service.id, version.number)
        text = self._versions.get(key)
        if text is None:
            own = _encode({name: getattr(version, name) for name in _VERSION_FIELDS})
            objects = _members(
                (kind, _members((name, self._object(kind, record)) for name, record in records.items()))
                for kind, records in version.objects.items()
            )
            text = self._versions[key] = f'{own[:-1]},"objects":{objects}}}'
        return text

    def _object(self, kind: str, record: Record) -> str:
        cached = self._objects.get(id(record))
        if cached is not None:
            return cached[1]
        defaults = KINDS[kind].defaults
        text = _encode({name: value for name, value in record.items() if not _same(defaults.get(name, _ABSENT), value)})
        # The record is kept beside its text, so that no other one can get its identity.
        self._objects[id(record)] = (record, text)
        return text

    def _live(self, containers: Mapping[str, dict[str, Record]]) -> str:
        texts = []
        for key, records in containers.items():
            text = self._containers.get(key)
            if text is None:
                text = self._containers[key] = _encode(records)
            texts.append((key, text))
        return _members(texts)

    def _prune(self) -> None:
        # Replaced records pile up; starting over now and then is cheaper than counting who still uses which.
        if len(self._objects) > _MOST_TEXTS:
            self._objects.clear()


class _GrowingList:
    """The text of a list to which records are appended, and from whose front they may go: each is encoded once."""

    def __init__(self) -> None:
        self._first: Record | None = None
        self._count = 0
        self._rows = bytearray()

    def rows(self, records: list[Record]) -> bytearray:
        """The list as JSON, without its brackets."""
        first = records[0] if records else None
        if self._first is not first:
            self._first, self._count, self._rows = first, 0, bytearray()
        for record in records[self._count :]:
            self._rows += (b"," if self._rows else b"") + _encode(record).encode()
        self._count = len(records)
        return self._rows


_MODE = 0o600
_MOST_TEXTS = 50_000
_SERVICE_FIELDS = ("id", "name", "created_at", "updated_at", "comment", "type", "deleted_at")
_VERSION_FIELDS = ("number", "created_at", "updated_at", "comment", "active", "locked", "settings", "singletons")


def _same(default: object, value: object) -> bool:
    return type(default) is type(value) and default == value


def _members(pairs: Iterable[tuple[str, str]]) -> str:
    return "{" + ",".join(f"{_encode(key)}:{text}" for key, text in pairs) + "}"


def _read_account(document: dict[str, Any]) -> Account:
    if document["format"] != FORMAT:
        raise ValueError(document["format"])
    services = {key: _read_service(value) for key, value in document["services"].items()}
    # Files of earlier versions have no records, or no events.
    records = {kind: dict(by_id) for kind, by_id in document.get("records", {}).items()}
    events, events_made = list(document.get("events", [])), int(document.get("events_made", 0))
    return Account(str(document["seed"]), int(document["ids_made"]), services, records, events, events_made)


def _read_service(value: dict[str, Any]) -> Service:
    versions = {int(number): _read_version(version) for number, version in value.pop("versions").items()}
    return Service(versions=versions, **value)


def _read_version(value: dict[str, Any]) -> Version:
    value["objects"] = {
        kind: {name: {**KINDS[kind].defaults, **record} for name, record in records.items()}
        for kind, records in value["objects"].items()
    }
    return Version(**value)
