"""The table of logging endpoints: where lines go, and which."""

from collections.abc import Iterator

from .changes import Change
from .document import Block, Code, Table, Text
from .engine_values import Special
from .ops import Op
from .phrases import cut
from .property_changes import is_secret
from .tables import details, diffs_of, old_and_new, row_of

COLUMNS = ("Change", "Logging endpoint", "Destination", "Format", "Placement", "Condition", "Other properties")
FORMAT, PLACEMENT, CONDITION = "format", "placement", "response_condition"
NO_DESTINATION = {"format", "name", "user"}
"""Properties that every endpoint needs, or that say who sends lines and not where to."""


def logging_table(changes: list[Change]) -> Iterator[Block]:
    """A row for each endpoint, then the diffs of what is too long for it."""
    if not changes:
        return
    rows = []
    for change in changes:
        where = _destination(change)
        lines = [_cell(change, name) for name in where]
        named = [(Code(name), ": ", *line) for name, line in zip(where, lines, strict=True)]
        columns = [(_cell(change, name),) for name in (FORMAT, PLACEMENT, CONDITION)]
        others = details(change, {*where, FORMAT, PLACEMENT, CONDITION})
        rows.append(row_of(change, tuple(named if len(where) > 1 else lines), *columns, others))
    yield Table(COLUMNS, tuple(rows))
    yield from diffs_of(changes)


def _destination(change: Change) -> list[str]:
    """The properties that an endpoint cannot do without, and that are no secret: its bucket, URL, address, ..."""
    fields = change.schema.fields if change.schema else ()
    return [f.name for f in fields if f.required and not f.secret and f.name not in NO_DESTINATION]


def _cell(change: Change, name: str) -> Text:
    """A property: how it changes, or what it is."""
    row = next((row for row in change.properties if row.name == name), None)
    if row is not None:
        return old_and_new(change, row)
    old, new = (state.inputs if state else {} for state in (change.step.old, change.step.new))
    found = Special.SECRET if is_secret(name, old, new) else (new or old).get(name, Special.ABSENT)
    if name == FORMAT:
        return ("unchanged" if change.op in {Op.CHANGED, Op.REPLACED} else "default",)
    return cut(found, "")
