"""What dictionaries and ACLs have in common: rows that are in no version, written one by one or in batches."""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable
from typing import Any, ClassVar

from . import api_error
from .calls import Call
from .state import Record, Service


class Container(ABC):
    """How the rows of one kind of container behave."""

    kind: ClassVar[str]
    """The word in the URL."""
    class_name: ClassVar[str]
    """The word in ``Couldn't find ...``."""
    rows: ClassVar[str]
    """The word in the URL of the list, and where the service keeps them."""
    row: ClassVar[str]
    """The word in the URL of a row."""
    row_class: ClassVar[str]
    """The word in ``Couldn't find ...`` for a row."""
    row_word: ClassVar[str]
    """The word in ``Duplicate ...``."""
    row_plural: ClassVar[str]
    """The word in ``Exceeding max_...``."""
    key: ClassVar[str]
    """The field by which rows are addressed."""
    limit: ClassVar[str]
    """The field of ``Limits`` with its ceiling."""
    operations: ClassVar[frozenset[str]]
    """What a batch may do."""
    counts_each_create: ClassVar[bool] = False
    """The ceiling holds within a batch too, and not only after it."""

    @abstractmethod
    def key_of(self, call: Call, sent: Record, /) -> str:
        """The key of a new row."""

    @abstractmethod
    def validate(self, old: Record | None, sent: Record) -> Record:
        """A row without its times as it is after a write, or refuses it.

        ``old`` is None for a new row; it is returned as it is if nothing of it was sent.
        """

    @abstractmethod
    def claim(self, row: Record) -> Hashable:
        """What no two rows of a container have in common."""

    def claim_text(self, row: Record) -> str:
        """The same for people."""
        return str(self.claim(row))

    def check_readable(self, service: Service, identifier: str) -> None:  # noqa: B027 - most can be read
        """Refuses to show rows that can only be written."""

    def in_order(self, operations: list[Record]) -> Iterable[Record]:
        """The operations of a batch in the order in which they take effect."""
        return operations

    def shown(self, service: Service, identifier: str, row: Record) -> Record:
        """A row as reads answer it."""
        return {**row, f"{self.kind}_id": identifier, "service_id": service.id}

    def written(self, service: Service, identifier: str, row: Record) -> Record:
        """A row as writes answer it."""
        return self.shown(service, identifier, row)

    def find(self, service: Service, identifier: str, held: dict[str, Record], key: str) -> Record:
        """A row, or refuses."""
        row = held.get(key)
        if row is None:
            # Assumed, for ACL entries: the keys that are listed.
            keys: dict[str, Any] = {f"{self.kind}_id": identifier, self.key: key, "service": service.id}
            raise api_error.missing(self.row_class, **keys)
        return row


class Rows:
    """The rows of one container while a request changes them."""

    def __init__(self, container: Container, call: Call, service: Service, identifier: str) -> None:
        self._container = container
        self._call = call
        self._service = service
        self._identifier = identifier
        self._before = held_by(container, service, identifier)
        self.after = dict(self._before)
        self._claims = {container.claim(row): key for key, row in self.after.items()}

    def create(self, sent: Record) -> Record:
        """Adds a row."""
        container, now = self._container, self._call.emulator.now()
        key = container.key_of(self._call, sent)
        row = {container.key: key, **container.validate(None, sent)}
        if container.claim(row) in self._claims:
            raise self._duplicate(row)
        if container.counts_each_create:
            self._check_ceiling(len(self.after) + 1)
        self._claims[container.claim(row)] = key
        self.after[key] = {**row, "created_at": now, "updated_at": now}
        return self.after[key]

    def update(self, sent: Record) -> Record:
        """Changes a row."""
        container = self._container
        old = self._find(sent)
        key = old[container.key]
        changes = container.validate(old, sent)
        if changes is old:
            return old
        row = {**old, **changes}
        if self._claims.get(container.claim(row), key) != key:
            raise self._duplicate(row)
        del self._claims[container.claim(old)]
        self._claims[container.claim(row)] = key
        self.after[key] = {**row, "updated_at": self._call.emulator.now()}
        return self.after[key]

    def upsert(self, sent: Record) -> Record:
        """Changes a row, or adds it."""
        return self.update(sent) if self._key(sent) in self.after else self.create(sent)

    def delete(self, sent: Record) -> None:
        """Removes a row."""
        old = self._find(sent)
        del self._claims[self._container.claim(old)]
        del self.after[old[self._container.key]]

    def keep(self) -> None:
        """Puts the rows in the service, unless there are too many now."""
        if len(self.after) > len(self._before):
            self._check_ceiling(len(self.after))
        getattr(self._service, self._container.rows)[self._identifier] = self.after
        self._call.emulator.changed(self._service, container=self._identifier)

    def _key(self, sent: Record) -> str:
        return str(sent.get(self._container.key) or "")

    def _find(self, sent: Record) -> Record:
        return self._container.find(self._service, self._identifier, self.after, self._key(sent))

    def _duplicate(self, row: Record) -> api_error.ApiError:
        return api_error.duplicate(self._container.row_word, self._container.claim_text(row))

    def _check_ceiling(self, count: int) -> None:
        ceiling = getattr(self._call.emulator.limits, self._container.limit)
        if ceiling is not None and count > ceiling:
            # Assumed: the wording.
            raise api_error.bad_request(f"Exceeding max_{self._container.row_plural}: {ceiling}")


def held_by(container: Container, service: Service, identifier: str) -> dict[str, Record]:
    """The rows of a container, by key; to be read only."""
    held: dict[str, Record] | None = getattr(service, container.rows).get(identifier)
    if held is None:
        # Assumed: the keys that are listed.
        raise api_error.missing(container.class_name, id=identifier, service=service.id)
    return held
