"""A preview as data, whichever form it was written in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class State:
    """A resource before or after a step."""

    inputs: Mapping[str, Any]
    """Without what the engine adds; values are plain (see ``values``)."""
    outputs: Mapping[str, Any]
    id: str = ""
    parent: str = ""
    owner: str = ""
    """The URN of what it goes away with: its service, or the container of live items. Documents alone have it."""
    retained: bool = False
    """Whether it stays when it is taken out of the program."""
    service: str = ""
    """The URN of its service. Documents alone have it."""


@dataclass(frozen=True)
class Step:
    """What the engine plans for a resource, or found when it refreshed it."""

    op: str
    urn: str
    type: str
    old: State | None = None
    new: State | None = None
    changed: frozenset[str] = frozenset()
    """Properties that the engine reports as changed. For secrets it is the only information."""

    @property
    def name(self) -> str:
        """The name of the resource in the program."""
        return name_of(self.urn)


@dataclass(frozen=True)
class Violation:
    """What a policy objects to."""

    rule: str
    pack: str
    level: str
    message: str
    urn: str = ""

    @property
    def is_mandatory(self) -> bool:
        """Whether it stops the update."""
        return self.level == "mandatory"


@dataclass(frozen=True)
class Remediation:
    """What a policy changed by itself."""

    rule: str
    pack: str
    urn: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True)
class Diagnostic:
    """What the engine, the program or a provider said."""

    severity: str
    message: str
    urn: str = ""


@dataclass
class Preview:
    """Everything the report needs."""

    streamed: bool
    """Whether it is the streaming form: the document has no policy results, and not all of the drift."""
    steps: list[Step] = field(default_factory=list)
    """In the order of the engine, which differs from run to run."""
    refreshed: list[Step] = field(default_factory=list)
    """What a refresh found, with the state before and after."""
    violations: list[Violation] = field(default_factory=list)
    remediations: list[Remediation] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    packs: list[str] = field(default_factory=list)
    failed: bool = False
    same: int = 0
    """How many resources stay as they are."""


def name_of(urn: str) -> str:
    """The name in a URN; it comes last, and may hold the separator itself."""
    return urn.split("::", 3)[-1]
