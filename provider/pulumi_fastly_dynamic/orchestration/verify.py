"""The verdict on a draft: a pure function of what the program says, the draft, and the version it was cloned from.

Nothing goes live unless the verdict finds nothing. Each rule is one function; ``tests/orchestration/test_verify.py``
has a row for each.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ..schema import ObjectRef, has_resource, removal_order
from .manifest import Record
from .snapshot import Snapshot, VersionObject, has_temporary_name
from .versions import Draft, OpenedNow


@dataclass(frozen=True)
class Expected:
    """What the program says of the version."""

    records: tuple[Record, ...]
    """The objects that it declares."""
    removed: frozenset[ObjectRef] = frozenset()
    """Objects that it does not declare any more, and that must be gone."""
    digest_key: str = ""
    holds: Callable[[int], bool] = field(default=lambda _number: True)
    """Whether what was written to a version may be in the draft."""

    @property
    def refs(self) -> frozenset[ObjectRef]:
        """The declared objects."""
        return frozenset(record.ref for record in self.records)

    def recreated(self, base: Snapshot) -> frozenset[tuple[str, str]]:
        """Kind and name of the declared objects that the base lacks: one recreated under its name has another id."""
        return frozenset((record.kind, record.name) for record in self.records if record.ref not in base)


@dataclass(frozen=True)
class Verdict:
    """What is wrong with a draft."""

    leftovers: tuple[VersionObject, ...] = ()
    """Objects of a failed update: to be deleted, and the draft verified again. What refers to others comes first."""
    mismatched: frozenset[ObjectRef] = frozenset()
    """Declared objects that are not as the program says."""
    not_removed: frozenset[ObjectRef] = frozenset()
    """Objects that should be gone."""
    changed: frozenset[ObjectRef] = frozenset()
    """Objects that nobody declares, and that are not as in the base: someone else added, changed or removed them."""
    occupant: VersionObject | None = None
    """An object that nobody declares, and that had to give its name away."""

    @property
    def wrong(self) -> frozenset[ObjectRef]:
        """Every object because of which nothing may go live."""
        return self.mismatched | self.not_removed | self.changed

    @property
    def is_clean(self) -> bool:
        """Whether the draft may go live."""
        return not (self.wrong or self.leftovers)


def verify(expected: Expected, draft: Snapshot, base: Snapshot, situation: Draft) -> Verdict:
    """Judges the draft. Both snapshots hold the same lists: all in which something was written or may differ."""
    undeclared = draft.made - expected.refs
    added = undeclared - base.made - expected.removed
    leftovers = frozenset(ref for ref in added if _is_leftover(draft[ref], situation))
    return Verdict(
        leftovers=in_removal_order(draft[ref] for ref in leftovers),
        mismatched=_mismatched(expected, draft, base, situation.number),
        not_removed=undeclared & expected.removed,
        changed=_changed(expected, draft, base) | (added - leftovers),
        occupant=next((draft[ref] for ref in sorted(undeclared) if has_temporary_name(draft[ref])), None),
    )


def verify_in_place(expected: Expected, base: Snapshot) -> Verdict:
    """Judges a version that already serves: whether the declared objects are there as the program says."""
    return Verdict(mismatched=_mismatched(expected, base, base, base.number))


def _is_leftover(found: VersionObject, situation: Draft) -> bool:
    """Whether an object that is new in the draft is of a failed update, and not someone else's work.

    In a draft of this run nothing can have failed before. A kind without a resource class is never ours.
    """
    if has_temporary_name(found):
        return True
    return not isinstance(situation, OpenedNow) and has_resource(found.schema.collection)


def _mismatched(expected: Expected, draft: Snapshot, base: Snapshot, number: int) -> frozenset[ObjectRef]:
    return frozenset(
        record.ref
        for record in expected.records
        if not (
            _is_as_written(record, draft, expected.digest_key)
            and expected.holds(record.revision.number)
            and (record.revision.number == number or _is_as_in_base(record.ref, draft, base))
        )
    )


def _is_as_written(record: Record, draft: Snapshot, key: str) -> bool:
    """The object is there, and is what the program asked for."""
    found = draft.get(record.ref)
    return found is not None and found.schema.digest(found.values, key) == record.revision.digest


def _is_as_in_base(ref: ObjectRef, draft: Snapshot, base: Snapshot) -> bool:
    """What was not written to this draft equals the base in every field, also those the digest leaves out."""
    now, before = draft.get(ref), base.get(ref)
    if now is None or before is None:
        return now is before
    return now.configuration == before.configuration


def _changed(expected: Expected, draft: Snapshot, base: Snapshot) -> frozenset[ObjectRef]:
    """Objects of the base that nobody declares, and that are changed or gone."""
    wrong: set[ObjectRef] = set()
    recreated = expected.recreated(base)
    taken = _taken_flags(expected, draft)
    for ref in base.made - expected.refs:
        before = base[ref]
        if ref not in draft.made:
            allowed = ref in expected.removed or (ref.kind, before.name) in recreated
        else:
            allowed = ref in expected.removed or _configuration(draft[ref], taken) == _configuration(before, taken)
        if not allowed:
            wrong.add(ref)
    return frozenset(wrong)


def _taken_flags(expected: Expected, draft: Snapshot) -> frozenset[tuple[str, str]]:
    """Kind and property of flags that only one object can have, and a declared one has: others lose them by that."""
    declared = [draft[ref] for ref in expected.refs if ref in draft]
    return frozenset(
        (each.schema.kind, f.name) for each in declared for f in each.schema.exclusive if each.values[f.name]
    )


def _configuration(found: VersionObject, taken: frozenset[tuple[str, str]]) -> dict[str, object]:
    return {name: value for name, value in found.configuration.items() if (found.schema.kind, name) not in taken}


def in_removal_order(objects: Iterable[VersionObject]) -> tuple[VersionObject, ...]:
    """What refers to others comes first, kinds without a resource class before all."""
    order = removal_order()
    return tuple(sorted(objects, key=lambda each: (order.get(each.schema.kind, -1), each.name)))
