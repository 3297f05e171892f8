"""Tables and diffs: what happens to objects, to items, and what someone else did."""

import difflib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from pulumi_fastly_dynamic.schema import KINDS

from .changes import Change
from .document import Block, Code, Diff, Paragraph, Point, Points, Row, Strong, Table, Text
from .drift import Drift, Found
from .engine_values import Special, inline, lines_of, one_line
from .live_items_changes import Item, Items
from .ops import Op
from .phrases import (
    ADDITION,
    CHANGE,
    CHANGED_TEXT,
    ITEMS,
    LOSS,
    OTHER_TEXT,
    SHORT,
    cut,
    named,
    tally,
    value,
)
from .preview import name_of
from .property_changes import Property

SIGNS = {Op.REMOVED: "-", Op.REPLACED: "±", Op.CHANGED: "~", Op.ADDED: "+", Op.UNMANAGED: "○"}
HIDDEN = {Special.SECRET: "secret", Special.UNKNOWN: "known after apply"}
UNLISTED = {"secret": "secret, and changing"}
RANKS = {Op.REMOVED: LOSS, Op.REPLACED: LOSS, Op.CHANGED: CHANGE, Op.UNMANAGED: CHANGE, Op.ADDED: ADDITION}


def table_of(changes: list[Change]) -> Iterator[Block]:
    """A row for each change, then the diffs of what is too long for it."""
    if not changes:
        return
    yield Table(("Change", "Object", "Properties"), tuple(row_of(change, details(change)) for change in changes))
    yield from diffs_of(changes)


def row_of(change: Change, *cells: tuple[Text, ...]) -> Row:
    """The row of a change: what happens, which object it is, and these cells."""
    label = "Release" if change.label == "Version" else change.label
    word: Text = (f"{SIGNS[change.op]} {change.op.value}",)
    return Row(
        ((word,), (named(label, change.name),), *(cell or (("",),) for cell in cells)),
        tone=change.op.name.lower(),
        rank=RANKS[change.op],
        kind=f"{change.op.value} objects",
    )


def details(change: Change, elsewhere: Collection[str] = ()) -> tuple[Text, ...]:
    """The lines on a change: its properties, but for those that have cells of their own."""
    lines = [_property(change, row) for row in change.properties if row.name not in elsewhere]
    if change.was:
        now = name_of(change.step.urn)
        lines.insert(
            0, ("the same object: in the program it was ", Code(name_of(change.was)), ", now it is ", Code(now))
        )
    if change.is_recreated:
        lines.append(("recreated: the API cannot change this in place",))
    if not lines and not change.properties and change.op is Op.CHANGED:
        lines.append(("written again",))
    if not lines and change.schema and change.schema.live_items:
        lines.append(("its items",))
    return tuple(lines)


def diffs_of(changes: Iterable[Change]) -> Iterator[Diff]:
    """The diffs of what is too long for a cell."""
    for change in changes:
        is_kept = change.op in {Op.CHANGED, Op.REPLACED}
        rows = [row for row in change.properties if not (is_kept and row.is_let_go)]
        yield from (_diff(change, row) for row in rows if _is_long(change, row))


def _property(change: Change, row: Property) -> Text:
    if row.is_let_go and change.op in {Op.CHANGED, Op.REPLACED}:
        return (Code(row.name), ": not managed any more, and left as it is")
    is_live = row.live and change.op is Op.CHANGED
    return (Code(row.name), " (live): " if is_live else ": ", *old_and_new(change, row))


def old_and_new(change: Change, row: Property) -> Text:
    """What a property was and is, or a word where that is too long."""
    if _is_long(change, row):
        return ("see the diff",)
    if change.op is Op.ADDED:
        return _listed(row.new) if row.unordered else value(row.new)
    if change.op in {Op.REMOVED, Op.UNMANAGED}:
        return _listed(row.old) if row.unordered else value(row.old)
    if row.old is Special.SECRET and row.new is Special.SECRET:
        return ("a secret, which changes",)
    if _has_elements(row):
        lost, gained = _lost_and_gained(*(_elements(side) for side in (row.old, row.new)))
        parts = [(words, *_listed(some)) for words, some in (("removes ", lost), ("adds ", gained)) if some]
        if parts:
            return tuple(span for part in parts for span in ("; ", *part))[1:]
    return (*value(row.old), " → ", *value(row.new))


def _listed(side: Any) -> Text:
    """The elements of a list whose order does not count."""
    if not isinstance(side, list) or not side:
        return value(side)
    return tuple(span for element in side for span in (", ", *value(element)))[1:]


def _has_elements(row: Property) -> bool:
    """Whether both sides are lists of known elements, of which each can be gained or lost."""
    sides = (row.old, row.new)
    return row.unordered and all(
        side is Special.ABSENT or (isinstance(side, list) and not any(isinstance(each, Special) for each in side))
        for side in sides
    )


def _elements(side: Any) -> list[str]:
    return [one_line(element) for element in side] if isinstance(side, list) else []


def _is_long(change: Change, row: Property) -> bool:
    sides = (row.old, row.new)
    if any(isinstance(side, str) and (len(side) > SHORT or "\n" in side.strip("\n")) for side in sides):
        return True
    compound = any(isinstance(side, list | dict) for side in sides)
    if not compound:
        return False
    if change.op in {Op.ADDED, Op.REMOVED, Op.UNMANAGED}:
        return any(len(one_line(side)) > SHORT for side in sides)
    lost, gained = _lost_and_gained(*map(_elements, sides))
    return not _has_elements(row) or sum(map(len, (*lost, *gained))) > SHORT


def _diff(change: Change, row: Property) -> Diff:
    old, new = (lines_of(side) for side in _without_last_newline(row.old, row.new))
    lines = _set_diff(old, new) if row.unordered else _line_diff(old, new)
    is_change = change.op in {Op.CHANGED, Op.REPLACED}
    return Diff(
        (*named(change.label, change.name), ": ", Code(row.name)),
        tuple(lines),
        rank=CHANGED_TEXT if is_change else OTHER_TEXT,
        kind="diffs",
    )


def _without_last_newline(old: Any, new: Any) -> tuple[Any, Any]:
    """Texts end in a newline or not; it is worth a line only where that is what changes."""
    if all(side in ("", Special.ABSENT) or (isinstance(side, str) and side.endswith("\n")) for side in (old, new)):
        old, new = (side.removesuffix("\n") if isinstance(side, str) else side for side in (old, new))
    return (Special.ABSENT if old == "" else old), (Special.ABSENT if new == "" else new)


def _line_diff(old: list[str], new: list[str]) -> list[str]:
    """A unified diff without its two lines of file names."""
    return [line.rstrip("\n") for line in difflib.unified_diff(old, new, lineterm="", n=3)][2:]


def _set_diff(old: list[str], new: list[str]) -> list[str]:
    """What a list without order loses and gains."""
    lost, gained = _lost_and_gained(old, new)
    rows = [(line, "-") for line in lost] + [(line, "+") for line in gained]
    return [f"{sign}{line}" for line, sign in sorted(rows)]


def _lost_and_gained(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    lost, gained = Counter(old) - Counter(new), Counter(new) - Counter(old)
    return sorted(lost.elements()), sorted(gained.elements())


def items_table(items: Items) -> Iterator[Block]:
    """What comes, goes and changes in a container."""
    noun = "Items" if items.container == KINDS["dictionary"].label else "Entries"
    title: Text = (f"{noun} of {items.container} ", Code(items.name))
    words = [f": {_words_of_items(items)}"]
    lines = [line for row in items.rows for line in _item(items, row)]
    if lines:
        yield Diff((*title, *words), tuple(lines), rank=ITEMS, kind="lists of items")
    else:
        yield Points((Point((*title, *words), rank=ITEMS, kind="lists of items"),))


def _words_of_items(items: Items) -> str:
    unlisted = " or ".join(HIDDEN[special] for special in HIDDEN if special in items.hidden)
    parts = [tally(row.op for row in items.rows)] if items.rows else []
    if unlisted:
        parts.append(f"and more that are {unlisted}" if items.rows else UNLISTED.get(unlisted, unlisted))
    if items.is_let_go:
        parts.append("and some are let go, and left in place" if parts else "let go, and left in place")
    return ", ".join(parts)


def _item(items: Items, row: Item) -> Iterator[str]:
    if row.old is Special.SECRET and row.new is Special.SECRET:
        yield f"!{inline(row.key)} (a secret, which changes)"
        return
    for sign, side in (("-", row.old), ("+", row.new)):
        if side is not Special.ABSENT:
            yield f"{sign}{inline(row.key)}{_content(items, side)}"


def _content(items: Items, side: Any) -> str:
    text = one_line(side)
    if items.container == KINDS["dictionary"].label:
        return f" = {text}"
    return f" ({text})" if text else ""


# ---------------------------------------------------------------- drift


def drift_table(drift: list[Drift]) -> Iterator[Block]:
    """A row for each property or item that someone else changed."""
    rows = [row for found in drift for row in _drift_rows(found)]
    if rows:
        yield Paragraph((Strong("Drift:"), " changed by someone else since the last update."))
        yield Table(("Object", "Property", "Was", "Found", "This update"), tuple(rows))


def _drift_rows(drift: Drift) -> Iterator[Row]:
    who = named("Release" if drift.label == "Version" else drift.label, drift.name)
    if drift.is_gone:
        outcome = "makes it again" if drift.is_wanted else "does not want it either"
        yield _drift_row(who, ("",), ("there",), ("gone",), (outcome,))
        return
    for row in drift.rows:
        if drift.label == "Version":
            yield _drift_row(who, ("active version",), value(row.left), value(row.found, "none"), ("",))
        else:
            absent = "not there" if drift.has_keys else "not set"
            cells = (cut(row.left, absent), cut(row.found, absent), _outcome(drift, row))
            yield _drift_row(who, (Code(row.name),), *cells)


def _drift_row(*cells: Text) -> Row:
    return Row(tuple((cell,) for cell in cells), rank=LOSS, kind="rows of drift")


def _outcome(drift: Drift, row: Found) -> Text:
    if not drift.is_wanted:
        return ("removes the object",)
    if row.stays:
        return ("leaves it: the program says the same",)
    if row.planned is Special.ABSENT:
        return ("overwrites it: takes it away",)
    return ("overwrites it: ", *cut(row.planned))
