"""The manifest: one record per object of a release, as the Version's inputs and state hold it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..schema import KINDS, KindSchema, ObjectRef

Manifest = Mapping[str, Mapping[str, Any]]
"""Records by ``kind/resource name``."""


@dataclass(frozen=True)
class Revision:
    """A write of an object: the version it was written to, or found in, and the digest of what was asked."""

    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.number}-{self.digest}"

    @classmethod
    def parse(cls, text: str) -> "Revision":
        """From its text in a state."""
        number, _, digest = text.partition("-")
        return cls(int(number), digest)


@dataclass(frozen=True)
class Record:
    """What the manifest says of one object."""

    kind: str
    name: str
    revision: Revision
    resource_key: str = ""
    """Kind and Pulumi name of the resource: ``backend/origin``."""
    object_id: str | None = None
    protect: bool = False
    retain: bool = False
    force_destroy: bool = False
    unmanaged: bool = False
    """It has live content of its own that the program leaves to others."""

    @property
    def schema(self) -> KindSchema:
        """The kind."""
        return KINDS[self.kind]

    @property
    def ref(self) -> ObjectRef:
        """Kind and key."""
        return ObjectRef(self.kind, self.object_id or self.name)

    def __str__(self) -> str:
        return self.schema.describe(self.name)

    @classmethod
    def parse(cls, resource_key: str, row: Mapping[str, Any]) -> "Record":
        """From one entry of a manifest."""
        return cls(
            kind=resource_key.partition("/")[0],
            name=row["name"],
            revision=Revision.parse(row["revision"]),
            resource_key=resource_key,
            object_id=row.get("id"),
            protect=bool(row.get("protect")),
            retain=bool(row.get("retain_on_delete")),
            force_destroy=bool(row.get("force_destroy")),
            unmanaged=bool(row.get("unmanaged")),
        )

    def row(self) -> dict[str, Any]:
        """The entry of a manifest."""
        row = {
            "name": self.name,
            "revision": str(self.revision),
            "id": self.object_id,
            "protect": self.protect,
            "retain_on_delete": self.retain,
            "force_destroy": self.force_destroy,
            "unmanaged": self.unmanaged,
        }
        return {key: value for key, value in row.items() if value}


def parse_manifest(manifest: Manifest) -> tuple[Record, ...]:
    """The records of a manifest."""
    return tuple(Record.parse(key, row) for key, row in manifest.items())
