"""What a command is about: the state, the options of a command, and what came of it."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field

from pulumi_fastly_dynamic.failure import Failure

from .objects import ID_PROPERTIES, Properties
from .program import Urn
from .walk_faults import Fault


class Violation(BaseException):
    """Something that must not happen, did. Not an ``Exception``: the product must not catch it."""

    def __init__(self, rule: str, text: str) -> None:
        self.rule = rule
        super().__init__(f"{rule}: {text}")


class EngineRefusal(Exception):
    """The engine stops, since a protected resource would be deleted."""

    def __init__(self, urns: Iterable[Urn]) -> None:
        self.objects = sorted(urns)
        super().__init__(f"protected: {self.objects}")


@dataclass
class Stored:
    """A resource in the state."""

    urn: Urn
    id: str
    inputs: Properties
    outputs: Properties
    protect: bool
    retain: bool
    deleted_with: Urn | None
    to_delete: bool = False
    """Replaced, and not yet deleted."""

    @property
    def kind(self) -> str:
        """The kind of resource."""
        return self.urn[0]

    @property
    def resource(self) -> str:
        """The resource's name."""
        return self.urn[1]

    @property
    def object_id(self) -> str | None:
        """The id of the object, where its kind has one."""
        return self.outputs.get(ID_PROPERTIES.get(self.kind, ""))

    def visible(self) -> Properties:
        """The outputs that a program sees."""
        return {**copy.deepcopy(self.outputs), "id": self.id}


State = list[Stored]


@dataclass
class Options:
    """How ``up`` is run."""

    refresh: bool = False
    one_process: bool = True
    """Refresh and update in one process: ``up --refresh --skip-preview``."""
    skip_preview: bool = False
    targets: frozenset[Urn] | None = None
    fault: Fault | None = None

    def hits(self, urn: Urn) -> bool:
        """Whether a resource is among the targets."""
        return self.targets is None or urn in self.targets

    def __str__(self) -> str:
        names = [name for name in ("refresh", "skip_preview") if getattr(self, name)]
        if self.targets is not None:
            names.append(f"targets {sorted(self.targets)}")
        return ", ".join([*names, *([str(self.fault)] if self.fault else [])])


@dataclass
class Result:
    """What came of it."""

    errors: list[Failure | EngineRefusal] = field(default_factory=list)
    killed: bool = False
    log: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether the command's exit code is not 0."""
        return bool(self.errors or self.killed)

    @property
    def activations(self) -> int:
        """How many activations were tried."""
        return sum(line.startswith("activate ") for line in self.log)

    @property
    def reasons(self) -> set[str]:
        """The classes of the errors."""
        return {type(error).__name__ for error in self.errors}

    @property
    def objects(self) -> set[tuple[str, str]]:
        """The objects that the refusals name, by kind and key."""
        return {named for error in self.errors for named in getattr(error, "objects", [])}

    def __str__(self) -> str:
        errors = [f"{type(error).__name__}: {error}" for error in self.errors]
        return " | ".join(["killed"] * self.killed + errors) or "ok"


# -------------------------------------------------------------------- running it


def live(state: State, urn: Urn) -> Stored | None:
    """The resource in the state, if it is there and not replaced."""
    return next((each for each in state if each.urn == urn and not each.to_delete), None)
