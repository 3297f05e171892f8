"""What a refresh found to be otherwise than this stack left it, and what becomes of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pulumi_fastly_dynamic.schema import Group, KindSchema

from .changes import Plan, display_name, schema_of
from .engine_values import Special
from .live_items_changes import entries_of
from .preview import State, Step
from .property_changes import is_secret, property_of


@dataclass(frozen=True)
class Found:
    """One property, or one item, that someone else changed."""

    name: str
    left: Any
    """What this stack left."""
    found: Any
    planned: Any
    """What the program wants."""

    @property
    def stays(self) -> bool:
        """Whether the program says the same as was found."""
        return bool(self.found == self.planned) and self.found is not Special.SECRET


@dataclass(frozen=True)
class Drift:
    """What someone else did to one object."""

    label: str
    name: str
    urn: str
    rows: tuple[Found, ...] = ()
    is_gone: bool = False
    is_wanted: bool = True
    """Whether the program still has the object."""
    has_keys: bool = False
    """Whether the rows are live items rather than properties."""


def drift_of(refreshed: Iterable[Step], plan: Plan) -> list[Drift]:
    """The drift of every object of the provider, sorted."""
    found = (_drift(step, plan) for step in refreshed)
    return sorted((drift for drift in found if drift), key=lambda drift: (drift.label, drift.name, drift.urn))


def _drift(step: Step, plan: Plan) -> Drift | None:
    schema = schema_of(step.type)
    if schema is None or step.old is None:
        return None
    name = display_name(schema, step.urn, step.old.inputs)
    wanted = plan.after(step.urn)
    if step.new is None:
        return Drift(schema.label, name, step.urn, is_gone=True, is_wanted=wanted is not None)
    rows = tuple(_rows(schema, step, step.old, step.new, wanted))
    has_keys = schema.live_items is not None
    return Drift(schema.label, name, step.urn, rows, is_wanted=wanted is not None, has_keys=has_keys) if rows else None


def _rows(schema: KindSchema, step: Step, old: State, new: State, wanted: State | None) -> Iterable[Found]:
    if schema.group is Group.VERSION:
        yield from _active(old, new)
        return
    if schema.live_items:
        yield from _keys(schema, old, new, wanted)
        return
    for name in (f.name for f in schema.fields):
        row = property_of(schema, name, old.inputs, new.inputs, step.changed)
        if row is None:
            continue
        planned = wanted.inputs.get(name, Special.ABSENT) if wanted else row.new
        if row.new is Special.SECRET or row.old is Special.SECRET or is_secret(name, old.inputs, {name: planned}):
            planned = planned if planned is Special.ABSENT else Special.SECRET
        yield Found(name, row.old, row.new, planned)


def _active(old: State, new: State) -> Iterable[Found]:
    before, after = (state.outputs.get("number", Special.ABSENT) for state in (old, new))
    if before != after and Special.UNKNOWN not in (before, after):
        yield Found("number", before, after, Special.UNKNOWN)


def _keys(schema: KindSchema, old: State, new: State, wanted: State | None) -> Iterable[Found]:
    left, found = entries_of(schema, old.inputs), entries_of(schema, new.inputs)
    if left is None or found is None:
        return
    planned = (entries_of(schema, wanted.inputs) if wanted else found) or {}
    for key in sorted({*left, *found}):
        before, after = left.get(key, Special.ABSENT), found.get(key, Special.ABSENT)
        if before != after:
            yield Found(key, before, after, planned.get(key, Special.ABSENT))
