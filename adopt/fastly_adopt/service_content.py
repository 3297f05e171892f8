"""What a service holds, as the API answers it: what every input becomes, and all that a program is written from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pulumi_fastly_dynamic.schema import KINDS, KindSchema, Row, Value, Values


@dataclass(frozen=True)
class FoundObject:
    """One object of a version."""

    kind: str
    row: Row = field(repr=False)
    """As the API answers it."""
    live: Values = field(default_factory=dict, repr=False)
    """Its fields that are in no version, by property; empty where it has none, or they are left to others."""
    items: tuple[Row, ...] | None = field(default=None, repr=False)
    """Its items or entries; ``None`` where it has none, or they are left to others."""
    origin: str = ""
    """Its name in the tool that managed it before."""

    @property
    def schema(self) -> KindSchema:
        """Its kind."""
        return KINDS[self.kind]

    @property
    def name(self) -> str:
        """The name under which the API knows it."""
        return self.schema.name_of(self.row)

    @property
    def is_made(self) -> bool:
        """Whether someone made it: settings with the API's defaults are there in every version."""
        return not (self.schema.is_restored and self.schema.is_default(self.schema.from_row(self.row)))


@dataclass(frozen=True)
class LeftAlone:
    """Something that the program cannot declare."""

    what: str
    why: str
    is_in_version: bool = True
    """Whether it is an object of the version, which a release would remove."""

    def __str__(self) -> str:
        return f"{self.what}: {self.why}"


@dataclass(frozen=True)
class ServiceContent:
    """A service, and all objects of one of its versions."""

    service_id: str
    name: str
    comment: str
    version: int
    is_active: bool
    """Whether that version serves."""
    objects: tuple[FoundObject, ...]
    products: Mapping[str, Value] = field(default_factory=dict)
    """The properties of the products that are on."""
    left_alone: tuple[LeftAlone, ...] = ()
    origin: str = ""
    """Its name in the tool that managed it before."""
