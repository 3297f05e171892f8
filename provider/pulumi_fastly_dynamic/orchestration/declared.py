"""What a program declares, as far as it is known before anything is registered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..schema import KINDS, Entries, KindSchema


@dataclass(frozen=True)
class Declared:
    """One object as far as the program knows it before anything is registered."""

    kind: str
    name: str | None
    """``None`` if it is an output."""
    live: Mapping[str, Any] = field(default_factory=dict)
    """Its live fields, such as the content of a dynamic snippet."""
    entries: Entries = field(default_factory=dict)
    """Its live items, where it is a container."""

    @property
    def schema(self) -> KindSchema:
        """The kind."""
        return KINDS[self.kind]
