"""Turns the blocks and attributes of a service in a Terraform state into objects as the API answers them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_fastly_dynamic.failure import Failure
from pulumi_fastly_dynamic.schema import KINDS, Field, Group, Identity, KindSchema, Row, Value, ValueType

from .names_elsewhere import (
    BLOCKS,
    COMPRESSIONS,
    COMPUTED,
    NOT_COVERED,
    PROPERTY_NAMES,
    SERVICE,
    UNSET_NUMBERS,
    nested_class,
    our_class,
    our_property,
)
from .service_content import FoundObject, LeftAlone

CLASS_OF_BLOCK = {terraform: cls for cls, (terraform, _) in BLOCKS.items()}
OF_THE_SERVICE = {"name", "comment", "force_destroy"}
LISTS = {ValueType.SET, ValueType.STRINGS, ValueType.WORDS}

HIDDEN = "[secret]"
"""What stands for a secret that the state does not show."""

Block = Mapping[str, Any]
NOT_MANAGED = "this package does not manage it"

SHOW_SECRETS = "write it with `pulumi stack export --show-secrets --file FILE`"


@dataclass
class StateObjects:
    """What a service in a state consists of."""

    blocks: list[tuple[FoundObject, Block]] = field(default_factory=list)
    """Each object, and the block that it is made of."""
    products: dict[str, Value] = field(default_factory=dict)
    left_alone: list[LeftAlone] = field(default_factory=list)


def objects_of(address: str, attributes: Mapping[str, Any]) -> StateObjects:
    """The objects of a service, from its attributes under their names in Terraform."""
    found = StateObjects()
    singletons: dict[str, Row] = {}
    for name, value in attributes.items():
        if name in CLASS_OF_BLOCK:
            where = f"{name} of {address}"
            _add_blocks(found, CLASS_OF_BLOCK[name], where, _blocks(where, value))
        elif name in SERVICE:
            _add_setting(found, singletons, name, value)
        elif value and name not in COMPUTED | OF_THE_SERVICE:
            found.left_alone.append(LeftAlone(name, "this package has no resource for it"))
    for kind, row in singletons.items():
        found.blocks.append((FoundObject(kind, row), {}))
    return found


def _add_setting(found: StateObjects, singletons: dict[str, Row], name: str, value: Any) -> None:
    """An attribute of the service itself that is part of an object here."""
    label, _, ours = SERVICE[name].ours.partition(".")
    if not label and SERVICE[name].why == NOT_COVERED and value:
        found.left_alone.append(LeftAlone(name, NOT_MANAGED, is_in_version=False))
    schema = next((each for each in KINDS.values() if each.label == label and each.group is Group.OBJECT), None)
    if schema is None or value is None:
        return
    if ours:
        [f] = [each for each in schema.fields if each.name == ours]
        row = _row(schema, {ours: _readable(f, name, value)})
        singletons[schema.kind] = {**singletons.get(schema.kind, {}), **row}
    elif value:
        singletons[schema.kind] = {}


def _add_blocks(found: StateObjects, cls: str, where: str, blocks: list[Block]) -> None:
    schema = _schema(cls)
    for block in blocks:
        values, unknown = values_of(cls, block)
        if schema.group is Group.PRODUCTS:
            found.products |= _products(schema, values)
            found.left_alone += [LeftAlone(f"product {name}", why, is_in_version=False) for name, why in unknown]
            continue
        if schema.identity is not Identity.SINGLETON and not values.get("name"):
            raise Failure(f"{where} has no name in the state")
        made = FoundObject(schema.kind, _row(schema, values))
        described = schema.describe(made.name)
        found.left_alone += [LeftAlone(f"{name} of {described}", why, is_in_version=False) for name, why in unknown]
        found.blocks.append((made, block))


def values_of(cls: str, block: Block) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """A block under our names, and the properties that cannot be managed, each with the reason."""
    fields = {f.name: f for f in _schema(cls).fields}
    values: dict[str, Any] = {}
    unknown: list[tuple[str, str]] = []
    for name, value in _with_compression(block).items():
        inner = nested_class(cls, name)
        if inner and not isinstance(value, bool):
            for each in _blocks(name, value):
                nested, more = values_of(inner, each)
                values |= nested
                unknown += [(f"{name}.{key}", why) for key, why in more]
            continue
        f = fields.get(our_property(cls, name))
        if value == HIDDEN and not (f and f.secret):
            raise Failure(f"{name} of {cls} {block.get('name', '')} is encrypted in the state: {SHOW_SECRETS}")
        if f is not None:
            given = None if value == UNSET_NUMBERS.get((cls, name)) else _as_listed(f, value)
            values[f.name] = _readable(f, f"{name} of {cls} {block.get('name', '')}", given)
        elif value and not _is_known(cls, name):
            unknown.append((name, NOT_MANAGED))
    return values, unknown


def _with_compression(block: Block) -> Block:
    """The block with the properties that one called `compression` stands for."""
    known = COMPRESSIONS.get(str(block.get("compression")))
    return block if known is None else {**block, "compression": None, **dict([known])}


def _is_known(cls: str, name: str) -> bool:
    """Whether it makes no difference that nothing stands here for it."""
    return (cls, name) in PROPERTY_NAMES and PROPERTY_NAMES[cls, name].why != NOT_COVERED


def _schema(cls: str) -> KindSchema:
    return next(each for each in KINDS.values() if each.label == our_class(cls))


def _as_listed(f: Field, value: Any) -> Any:
    """Some lists are texts there, such as `GET,POST`; an empty list is one that is not set."""
    if f.type not in LISTS:
        return value
    if isinstance(value, str):
        value = [each.strip() for each in value.split(",") if each.strip()]
    return value or None


def _readable(f: Field, where: str, value: Any) -> Any:
    """The value, if it can be one of that property."""
    try:
        f.canonical(value)
    except (ValueError, TypeError, AttributeError):
        raise Failure(f"{where} has an unexpected form in the state") from None
    return value


def _row(schema: KindSchema, values: Mapping[str, Any]) -> Row:
    """Values as the API answers them."""
    row: Row = {}
    for f in schema.fields:
        if f.name in values:
            outer, inner = f.wire_parts
            value = values[f.name]
            row[outer] = {**row.get(outer, {}), inner: value} if inner else value
    return row


def _products(schema: KindSchema, values: Mapping[str, Any]) -> dict[str, Value]:
    """The properties of products that are on; those of the others say nothing."""
    names = {f.wire: f.name for f in schema.fields}
    on = {product for product, name in names.items() if values.get(name) is True}
    found = {f.name: f.canonical(values.get(f.name)) for f in schema.fields if f.wire_parts[0] in on}
    return {name: value for name, value in found.items() if value is not None}


def _blocks(where: str, value: Any) -> list[Block]:
    """Blocks: a list of them, or one where there is one at the most."""
    listed = value if isinstance(value, list) else [] if value is None else [value]
    return list(_checked(where, listed))


def _checked(where: str, listed: list[Any]) -> Iterator[Block]:
    for each in listed:
        if not isinstance(each, Mapping):
            raise Failure(f"{where} has an unexpected form in the state: there should be a block with attributes")
        yield each
