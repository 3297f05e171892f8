"""What happens to each resource: one change of each, however many steps the engine takes for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pulumi_fastly_dynamic  # noqa: F401 - importing the package fills the schema table
from pulumi_fastly_dynamic.schema import KINDS, Group, Identity, KindSchema, Presence

from .ops import OPS, Op, weight
from .preview import State, Step, name_of
from .property_changes import FLAGS, Property, name_property, properties_of

PREFIX = "pulumi-python:dynamic/fastly:"
RELEASE = "fastly:index:Release"
INTERNAL = ("pulumi:pulumi:", "pulumi:providers:")
"""Types of resources that are the engine's own."""

_SCHEMAS = {schema.label: schema for schema in KINDS.values()}


@dataclass(frozen=True)
class Change:
    """What happens to one resource."""

    op: Op
    label: str
    """Its class."""
    name: str
    """Its name in Fastly, or in the program where Fastly gives it none."""
    step: Step
    schema: KindSchema | None = None
    properties: tuple[Property, ...] = ()
    was: str = ""
    """The name it had in the program, where only that changes."""

    @property
    def is_object(self) -> bool:
        """Whether it is an object of a version."""
        return self.schema is not None and self.schema.group is Group.OBJECT

    @property
    def is_logging(self) -> bool:
        """Whether it is a logging endpoint."""
        return self.schema is not None and self.schema.is_logging

    @property
    def is_record(self) -> bool:
        """Whether it is an object of the account, such as a user."""
        return self.schema is not None and self.schema.group is Group.RECORD

    @property
    def is_recreated(self) -> bool:
        """Whether it is removed and made again in the draft, with another id."""
        schema = self.schema
        if schema is None or self.op not in {Op.CHANGED, Op.REPLACED}:
            return False
        immutable = {f.name for f in schema.fields if f.immutable}
        return any(p.name in immutable for p in self.properties)

    @property
    def needs_version(self) -> bool:
        """Whether it makes a version of the service necessary."""
        if not self.is_object or self.op is Op.UNMANAGED or self.schema is None:
            return False
        if self.op is not Op.CHANGED:
            return True
        if self.was and not self.properties:
            return False
        elsewhere = {f.name for f in self.schema.fields if f.unversioned or f.client_only} | {*FLAGS}
        # Without a property it is a change that only outputs show.
        return not self.properties or any(p.name not in elsewhere for p in self.properties)

    @property
    def live_properties(self) -> tuple[Property, ...]:
        """What changes at once."""
        return tuple(p for p in self.properties if p.live and not p.is_let_go) if self.op is Op.CHANGED else ()


@dataclass(frozen=True)
class Plan:
    """All steps, gathered by resource."""

    steps: Mapping[str, Step]
    """The step that says most, by URN; those that change nothing too."""
    changes: tuple[Change, ...] = ()

    def after(self, urn: str) -> State | None:
        """What the program wants of a resource, where the preview tells."""
        step = self.steps.get(urn)
        return step.new if step else None


def schema_of(type_: str) -> KindSchema | None:
    """The kind of a resource of the provider."""
    return _SCHEMAS.get(type_.removeprefix(PREFIX)) if type_.startswith(PREFIX) else None


def plan_of(steps: Iterable[Step]) -> Plan:
    """The plan, sorted."""
    gathered: dict[str, Step] = {}
    for step in steps:
        known = gathered.get(step.urn)
        if known is None or weight(step) < weight(known):
            gathered[step.urn] = step
    found = [_change(step) for step in gathered.values()]
    changes = sorted((change for change in found if change), key=order)
    return Plan(gathered, tuple(changes))


def order(change: Change) -> tuple[Any, ...]:
    """The order of the report, the same from run to run."""
    return list(Op).index(change.op), change.label, change.name, change.step.urn


def _change(step: Step) -> Change | None:
    op = OPS.get(step.op)
    if op is None or step.type.startswith(INTERNAL) or step.type == RELEASE:
        return None
    schema = schema_of(step.type)
    if schema and (schema.group is Group.TAKEOVER or (op is Op.CHANGED and _is_internal(schema, step))):
        return None
    state = step.new or step.old
    inputs = state.inputs if state else {}
    if op is Op.REMOVED and state and _is_left_in_place(schema, state):
        op = Op.UNMANAGED
    label = schema.label if schema else step.type
    change = Change(op, label, display_name(schema, step.urn, inputs), step, schema, properties_of(schema, step, op))
    # To the engine it is an update; to a reviewer, and to what it holds, it is not.
    return replace(change, op=Op.REPLACED) if change.is_recreated else change


def _is_internal(schema: KindSchema, step: Step) -> bool:
    """Whether only inputs change that the release hands over: no object differs. A Version says more with them."""
    known = {f.name for f in schema.fields} | {*FLAGS}
    return schema.group is not Group.VERSION and bool(step.changed) and not step.changed & known


def _is_left_in_place(schema: KindSchema | None, state: State) -> bool:
    """Whether what is taken out of the program stays in Fastly: asked for, taken over, or the account itself."""
    is_adopted = schema is not None and (
        schema.presence is Presence.ADOPTED or (schema.group is Group.SERVICE and bool(state.inputs.get("adopt_id")))
    )
    return is_adopted or state.retained or bool(state.inputs.get("retain_on_delete"))


def display_name(schema: KindSchema | None, urn: str, inputs: Mapping[str, Any]) -> str:
    """The name in Fastly, where it is known; else the one in the program."""
    if schema and schema.identity is Identity.SINGLETON:
        return ""
    name = inputs.get(name_property(schema)) if schema else None
    return name if isinstance(name, str) and name else name_of(urn)


# ---------------------------------------------------------------- the same object under another name in the program


def without_moves(changes: Iterable[Change]) -> list[Change]:
    """The changes of one release, where an object that is removed and added under one name in Fastly is one object."""
    rows = list(changes)
    removed = {(c.label, c.name): c for c in rows if c.op is Op.REMOVED and c.is_object}
    for index, change in enumerate(rows):
        counterpart = removed.get((change.label, change.name)) if change.op is Op.ADDED and change.is_object else None
        if counterpart:
            rows[index] = _moved(counterpart, change)
    gone = {change.was for change in rows if change.was}
    return [change for change in rows if not (change.op is Op.REMOVED and change.step.urn in gone)]


def _moved(removed: Change, added: Change) -> Change:
    step = replace(added.step, old=removed.step.old)
    rows = properties_of(added.schema, step, Op.CHANGED)
    return replace(added, op=Op.CHANGED, step=step, properties=rows, was=removed.step.urn)
