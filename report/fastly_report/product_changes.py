"""Products of a service: which of them the update switches, and what becomes of those that the program gives up."""

from collections.abc import Iterable, Iterator
from typing import Any

from pulumi_fastly_dynamic.schema import Field, Group

from .changes import Change
from .document import Block, Code, Point, Points, Text
from .engine_values import Special
from .ops import Op
from .phrases import ADDITION, CHANGE, LOSS, value
from .property_changes import Property

SWITCHED_ON = "switched_on"
"""The output that names the products which the resource switched on itself."""
OFF, LET_GO, ON = "off", "not managed any more, and left as it is", "on"


def is_of_products(change: Change) -> bool:
    """Whether it is a resource that switches products."""
    return change.schema is not None and change.schema.group is Group.PRODUCTS


def products_of(changes: Iterable[Change]) -> Iterator[Block]:
    """A line for each product."""
    points = [point for change in changes for point in _points(change)]
    if points:
        yield Points(tuple(points))


def number_of(changes: Iterable[Change]) -> int:
    """How many of them there is something to say of."""
    return sum(1 for change in changes for _ in _points(change))


def switched_off(change: Change) -> list[str]:
    """The products that go off."""
    fields = change.schema.fields if change.schema else ()
    rows = [row for row in change.properties if not _product(fields, row.name)[1]]
    return [_wire(change, row.name) for row in rows if _switch(change, row) == OFF]


def _points(change: Change) -> Iterator[Point]:
    fields = change.schema.fields if change.schema else ()
    for row in change.properties:
        product, option = _product(fields, row.name)
        if not option:
            word = _switch(change, row)
            words: Text = value(row.new) if row.new is Special.UNKNOWN else (word,)
            settings = [span for each in change.properties for span in _setting(fields, product, each)]
            text: Text = ("Product ", Code(product), ": ", *words, *(settings if word == ON else ()))
            yield Point(text, rank=LOSS if word == OFF else ADDITION, kind="products")
        elif not _is_switched(change, product):
            text = ("Product ", Code(product), ": ", Code(option), " ", *value(row.old), " → ", *value(row.new))
            yield Point(text, rank=CHANGE, kind="products")


def _switch(change: Change, row: Property) -> str:
    if row.new is True:
        return ON
    if row.new is False:
        return OFF
    old = change.step.old
    ours: Any = old.outputs.get(SWITCHED_ON) if old else None
    is_ours = change.op is not Op.UNMANAGED and isinstance(ours, list) and _wire(change, row.name) in ours
    return OFF if is_ours else LET_GO


def _setting(fields: Iterable[Field], product: str, row: Property) -> Text:
    """A part of the configuration, where the product is switched on with it."""
    of, option = _product(fields, row.name)
    return (", ", Code(option), " ", *value(row.new)) if of == product and option else ()


def _is_switched(change: Change, product: str) -> bool:
    return any(_wire(change, row.name) == product for row in change.properties)


def _wire(change: Change, name: str) -> str:
    return next((f.wire for f in change.schema.fields if f.name == name), name) if change.schema else name


def _product(fields: Iterable[Field], name: str) -> tuple[str, str]:
    """The product of a property, and the key of its configuration, if it is one."""
    return next((f.wire_parts for f in fields if f.name == name), (name, ""))
