"""One object as the program declares it, as the state has it, and as it was made so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..schema import Values
from .manifest import Revision
from .snapshot import VersionObject


@dataclass(frozen=True)
class DesiredObject:
    """An object as the program declares it."""

    inputs: Mapping[str, Any]
    owner_urn: str
    """Tells this resource from others, for the ownership of ids."""
    service_is_adopted: bool = False
    """The service existed before this program."""
    adopt: bool = False
    protect: bool = False
    force_destroy: bool = False
    secrets: frozenset[str] = frozenset()
    """Properties whose values the user marked as secret."""


@dataclass(frozen=True)
class PreviousObject:
    """What the state has of the object."""

    values: Mapping[str, Any]
    object_id: str | None = None
    protect: bool = False
    owned: bool = False


@dataclass(frozen=True)
class EnsuredObject:
    """An object as the head has it now."""

    found: VersionObject
    revision: Revision
    live: Values = field(default_factory=dict)
    """Its content that is in no version."""
    owned: bool = False
    """This program made it, so its live content is the program's to overwrite."""
    holds: bool = True
    """For a refresh: the revision of the state may still be in the head, and with it the secrets that were written."""
