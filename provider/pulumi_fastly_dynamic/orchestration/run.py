"""One run of a release: its inputs, what the state has, and what follows from both."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..schema import ObjectRef, removal_order
from .manifest import Manifest, Record, parse_manifest
from .session import ServiceSession
from .snapshot import Snapshot
from .version_differences import uncovered
from .versions import Head

Items = Mapping[str, Mapping[str, bool]]
"""The flags of resources with live items, by ``kind/resource name``."""


@dataclass(frozen=True)
class VersionInputs:
    """The inputs of a Version."""

    objects: Manifest
    comment: str = ""
    activate: bool = True
    adopt: bool = False
    service_is_adopted: bool = False
    items: Items = field(default_factory=dict)


@dataclass(frozen=True)
class ReleaseOutcome:
    """The outputs of a Version."""

    number: int | None
    """The version that serves, as far as the state knows; a refresh brings it up to date."""
    released: int | None
    """The last version that this resource activated or found to match; a refresh leaves it alone."""
    activated: bool
    kept: Manifest = field(default_factory=dict)
    """Records of objects that were taken out of the program while ``activate`` is off."""


@dataclass(frozen=True)
class VersionState:
    """What the state has of the Version."""

    objects: Manifest
    outcome: ReleaseOutcome
    comment: str = ""
    items: Items = field(default_factory=dict)


@dataclass
class ReleaseRun:
    """What the steps of one release share. Only the last two change on the way."""

    session: ServiceSession
    inputs: VersionInputs
    previous: VersionState | None
    removed_again: frozenset[ObjectRef] = frozenset()
    """Objects that a rollback brought back, and that were removed in the draft."""
    warnings: set[str] = field(default_factory=set)
    """What Fastly warned of, and the user was told."""

    @property
    def head(self) -> Head:
        """The head as it is now."""
        return self.session.head(service_is_adopted=self.inputs.service_is_adopted)

    @property
    def service_id(self) -> str:
        """The service."""
        return self.session.service_id

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """The objects that the program declares."""
        return parse_manifest(self.inputs.objects)

    @cached_property
    def refs(self) -> frozenset[ObjectRef]:
        """Their kinds and keys."""
        return frozenset(record.ref for record in self.records)

    @cached_property
    def names(self) -> frozenset[tuple[str, str]]:
        """Their kinds and names."""
        return frozenset((record.kind, record.name) for record in self.records)

    @cached_property
    def previous_records(self) -> Mapping[ObjectRef, Record]:
        """The objects that this Version managed before."""
        if self.previous is None:
            return {}
        known = (*parse_manifest(self.previous.outcome.kept), *parse_manifest(self.previous.objects))
        return {record.ref: record for record in known}

    @cached_property
    def dropped(self) -> tuple[Record, ...]:
        """The objects that were taken out of the program: what refers to others comes first."""
        order = removal_order()
        dropped = [record for ref, record in self.previous_records.items() if ref not in self.refs]
        return tuple(sorted(dropped, key=lambda record: (order[record.kind], record.name)))

    @property
    def removed(self) -> frozenset[ObjectRef]:
        """The objects that must not be in what goes live."""
        return frozenset(record.ref for record in self.dropped if not record.retain) | self.removed_again

    @cached_property
    def collections(self) -> tuple[str, ...]:
        """The lists that the old and the new manifest are about."""
        records = (*self.records, *self.previous_records.values())
        return tuple(sorted({record.schema.collection for record in records}))

    @property
    def recorded(self) -> int | None:
        """The version that this resource released last."""
        return self.previous.outcome.released if self.previous else None

    def compared(self, earlier: int, later: int) -> tuple[Snapshot, Snapshot]:
        """Two versions that cannot change any more, with the lists in which they may differ."""
        names = {*self.session.differences(earlier, later), *uncovered()}
        return self.session.snapshot(earlier, names), self.session.snapshot(later, names)

    def unrecorded_since(self) -> int | None:
        """The version after which activations of our drafts are unknown to the state.

        The process was killed right after one, or a person activated a draft of ours. ``None`` if what serves is
        known, or is someone else's.
        """
        active = self.head.active
        if self.previous is None or active is None or active == self.recorded:
            return None
        lineage = tuple(self.head.versions.lineage(active))
        if self.recorded is None:
            return lineage[-1] if lineage else None
        return self.recorded if self.recorded in lineage else None

    def outcome(self, number: int | None, *, activated: bool) -> ReleaseOutcome:
        """The outputs; while nothing is activated, the records of dropped objects are kept."""
        kept: Manifest = {}
        if not activated:
            # Not by resource name: under one name, several objects may come and go.
            kept = {f"{record.kind}/{record.ref.key}": record.row() for record in self.dropped}
        return ReleaseOutcome(number, number if activated else self.recorded, activated, kept)
