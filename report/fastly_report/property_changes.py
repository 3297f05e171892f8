"""Which properties of a resource change, and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_fastly_dynamic.schema import Field, Group, KindSchema, ValueType

from .engine_values import Special, holds
from .ops import Op
from .preview import Step

FLAGS = ("protect", "retain_on_delete")
"""Inputs of objects that the program's options set; no version knows them."""
_UNORDERED = {ValueType.STRINGS, ValueType.SET, ValueType.WORDS}


@dataclass(frozen=True)
class Property:
    """A property of a changed object."""

    name: str
    old: Any
    new: Any
    unordered: bool = False
    """Whether the order of its list does not count."""
    live: bool = False
    """Whether it changes at once, without a version."""

    @property
    def is_let_go(self) -> bool:
        """Whether it is live content that the program does not manage any more: it stays as it is."""
        return self.live and self.new is Special.ABSENT


def name_property(schema: KindSchema) -> str:
    """The property that names an object; records may share a ``name``, as people do."""
    return schema.record.key if schema.record else "name"


def properties_of(schema: KindSchema | None, step: Step, op: Op) -> tuple[Property, ...]:
    """The properties that differ, and that say something."""
    old = step.old.inputs if step.old else {}
    new = step.new.inputs if step.new else {}
    if op is Op.ADDED:
        old = {}
    elif op in {Op.REMOVED, Op.UNMANAGED}:
        new = {}
    found = [property_of(schema, name, old, new, step.changed) for name in _names(schema, old, new)]
    kept = (row for row in found if row and not _is_noise(schema, op, row))
    return tuple(kept)


def _names(schema: KindSchema | None, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    if schema is None:
        return sorted({*old, *new})
    if schema.live_items:
        return []  # see `items`
    return [*(f.name for f in schema.fields), *(FLAGS if schema.group is Group.OBJECT else ())]


def property_of(
    schema: KindSchema | None,
    name: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    changed: frozenset[str] = frozenset(),
) -> Property | None:
    """The property, if it differs. Of a secret, only the engine knows whether it does."""
    known = next((f for f in schema.fields if f.name == name), None) if schema else None
    before, after = old.get(name, Special.ABSENT), new.get(name, Special.ABSENT)
    is_live = bool(known and known.unversioned)
    if (known and known.secret) or is_secret(name, old, new):
        came_or_went = (before is Special.ABSENT) != (after is Special.ABSENT)
        if not came_or_went and name not in changed:
            return None
        return Property(name, _hidden(before), _hidden(after), live=is_live)
    if before == after or (known and _is_same(known, before, after)):
        return None
    return Property(
        name,
        before,
        after,
        unordered=bool(known and known.type in _UNORDERED),
        live=is_live,
    )


def _is_same(known: Field, before: Any, after: Any) -> bool:
    """Whether two values are one to the API: null is the empty text, and the order of some lists does not count."""
    if before is Special.UNKNOWN or after is Special.UNKNOWN:
        return False
    values = [None if value is Special.ABSENT else value for value in (before, after)]
    try:
        return known.canonical(values[0]) == known.canonical(values[1])
    except (TypeError, ValueError):  # of another release of the package
        return False


def is_secret(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether a value is secret on either side: a value that stops or starts being one is still the same value."""
    return any(holds(values.get(name), Special.SECRET) for values in (old, new))


def _hidden(value: Any) -> Any:
    return value if value is Special.ABSENT else Special.SECRET


def _is_noise(schema: KindSchema | None, op: Op, row: Property) -> bool:
    """Whether it is what a new or removed object has anyway: its name, a default, nothing."""
    if op not in {Op.ADDED, Op.REMOVED, Op.UNMANAGED}:
        return False
    value = row.new if op is Op.ADDED else row.old
    if schema is None:
        return value in ("", [], {})
    if row.name == name_property(schema) and isinstance(value, str):
        return True
    known = next((f for f in schema.fields if f.name == row.name), None)
    if known is None or isinstance(value, Special) or schema.group is Group.PRODUCTS:
        return False  # a product that is not named is left alone, which is neither on nor off
    return _is_same(known, value, known.default) or value in ("", False)
