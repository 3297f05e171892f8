"""A program before it is text: what it declares, in which order and under which names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_fastly_dynamic.schema import KINDS

from .families import Family


@dataclass(frozen=True)
class Literal:
    """A value."""

    value: Any


@dataclass(frozen=True)
class Variable:
    """An object that is declared above; by its name where it stands in another module."""

    variable: str
    name: str
    family: Family


@dataclass(frozen=True)
class Variables:
    """Several of them, in a list."""

    objects: "tuple[Variable | Literal, ...]"


@dataclass(frozen=True)
class SecretSetting:
    """A secret of the stack's configuration."""

    key: str


@dataclass(frozen=True)
class TextFile:
    """A text in a file."""

    file: str


@dataclass(frozen=True)
class DataFile:
    """JSON in a file."""

    file: str


@dataclass(frozen=True)
class Entry:
    """An entry of an ACL that has a comment."""

    arguments: Mapping[str, Any]


@dataclass(frozen=True)
class Entries:
    """Entries of an ACL: texts, and those with a comment."""

    entries: tuple[str | Entry, ...]


Argument = Literal | Variable | Variables | SecretSetting | TextFile | DataFile | Entries


@dataclass(frozen=True)
class Declaration:
    """A resource."""

    kind: str
    family: Family
    resource_name: str
    arguments: Mapping[str, Argument]
    variable: str = ""
    """Empty where nothing refers to it."""
    comments: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Its class."""
        return KINDS[self.kind].label


@dataclass(frozen=True)
class Secret:
    """A secret of the stack's configuration, and the property that it is for."""

    key: str
    kind: str
    object_name: str
    property: str
    value: str | None = field(repr=False)
    """``None`` where Fastly does not show it."""

    def __str__(self) -> str:
        return f"{self.property} of {KINDS[self.kind].describe(self.object_name)}"


@dataclass(frozen=True)
class ProgramPlan:
    """A whole program."""

    service_id: str
    name: str
    comment: str
    version: int
    is_active: bool
    resource_name: str
    project: str
    adopts: bool
    """Whether it overwrites what differs, and leaves alone what it does not declare."""
    declarations: tuple[Declaration, ...]
    products: Mapping[str, Any]
    secrets: tuple[Secret, ...]
    texts: Mapping[str, str] = field(repr=False)
    """Contents of files, by path."""
    data: Mapping[str, Any] = field(repr=False)
    left_alone: tuple[str, ...] = ()
    origin: str = ""
    """The name of the service in the tool that managed it before."""

    @property
    def resources(self) -> int:
        """The number of resources, with the service, its release and its products."""
        return len(self.declarations) + 2 + bool(self.products)
