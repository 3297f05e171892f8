"""What the emulator knows: services, versions, objects, live content. Plain data, nothing of HTTP.

Objects are never changed in place: a write puts a new dict in the old one's place. So a clone shares its objects with
its source, and costs the same for one backend and for a thousand.
"""

import time
from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]
"""An object as the API answers it, without ``service_id`` and ``version``."""

DEFAULT_SETTINGS: Record = {
    "general.default_host": "",
    "general.default_pci": 0,
    "general.default_ttl": 3600,
    "general.stale_if_error": False,
    "general.stale_if_error_ttl": 43200,
}
"""As in recordings. See https://www.fastly.com/documentation/reference/api/vcl-services/settings/"""


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings of an account; ``None`` is no ceiling. The defaults are the raised ones: services can be large."""

    max_backends: int | None = None
    """Backends in a version; 5 where Fastly did not raise it."""
    max_domains: int | None = None
    """Domains in a version; 10 where Fastly did not raise it."""
    max_items: int | None = 25_000
    """Items in a dictionary; 1,000 where Fastly did not raise it."""
    max_entries: int | None = 10_000
    """Entries in an ACL; 1,000 where Fastly did not raise it."""
    max_operations: int = 1_000
    """Operations in a batch."""
    refused_products: frozenset[str] = frozenset()
    """Products that the account may not switch."""


@dataclass(slots=True)
class Version:
    """A version of a service.

    See https://www.fastly.com/documentation/reference/api/services/version/
    """

    number: int
    created_at: str
    updated_at: str
    comment: str = ""
    active: bool = False
    locked: bool = False
    settings: Record = field(default_factory=lambda: dict(DEFAULT_SETTINGS))
    singletons: dict[str, Record] = field(default_factory=dict)
    """What there is once at the most, beside the settings, by the word in the path; to be replaced, never changed."""
    objects: dict[str, dict[str, Record]] = field(default_factory=dict)
    """Objects by kind (the word in the path, ``backend``) and name, in order of creation."""

    def of(self, kind: str) -> dict[str, Record]:
        """The objects of a kind, by name; to be read only."""
        return self.objects.get(kind, {})


@dataclass(slots=True)
class Service:
    """A service.

    See https://www.fastly.com/documentation/reference/api/services/service/
    """

    id: str
    name: str
    created_at: str
    updated_at: str
    comment: str = ""
    type: str = "vcl"
    deleted_at: str | None = None
    versions: dict[int, Version] = field(default_factory=dict)
    items: dict[str, dict[str, Record]] = field(default_factory=dict)
    """Dictionary items by dictionary id and key."""
    entries: dict[str, dict[str, Record]] = field(default_factory=dict)
    """ACL entries by ACL id and entry id."""
    contents: dict[str, Record] = field(default_factory=dict)
    """Content of dynamic snippets by snippet id."""
    products: dict[str, Record] = field(default_factory=dict)
    """The configuration of each product that is on."""

    @property
    def active(self) -> Version | None:
        """The version that serves."""
        return next((version for version in self.versions.values() if version.active), None)

    @property
    def last(self) -> Version:
        """The version with the highest number."""
        return self.versions[max(self.versions)]

    def version(self, number: str) -> Version | None:
        """The version with the number that a path has."""
        found = whole_number(number)
        return self.versions.get(found) if found is not None else None

    def is_write_only(self, dictionary_id: str) -> bool:
        """Whether the items of a dictionary can only be written."""
        return any(
            record["id"] == dictionary_id and record["write_only"]
            for version in self.versions.values()
            for record in version.of("dictionary").values()
        )

    def holds(self, kind: str, identifier: str) -> bool:
        """Whether any version has an object of that kind with that id."""
        return any(
            record.get("id") == identifier for version in self.versions.values() for record in version.of(kind).values()
        )


@dataclass(slots=True, eq=False)
class Account:
    """What survives a restart."""

    seed: str
    """What ids are made from."""
    ids_made: int = 0
    services: dict[str, Service] = field(default_factory=dict)
    """Services by id; deleted ones stay, with ``deleted_at`` set."""
    records: dict[str, dict[str, Record]] = field(default_factory=dict)
    """What belongs to no service, by kind (the word in the path, ``user``) and id, in order of creation.

    Deleted ones stay, with ``deleted_at`` set.
    """
    events: list[Record] = field(default_factory=list)
    """The audit log, the oldest first; only its ends change."""
    events_made: int = 0
    """Their ids have a sequence of their own: what else is created does not depend on them."""


_MOST_DIGITS = 18
"""Python itself refuses to read numbers of some thousand digits."""


def whole_number(text: str) -> int | None:
    """The number that a path or a query names, if it is one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None


def timestamp(second: int) -> str:
    """An epoch as ``YYYY-MM-DDTHH:MM:SSZ``."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(second))
