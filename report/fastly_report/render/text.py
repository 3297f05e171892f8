"""Plain text, for logs and terminals."""

from ..document import Code, Diff, Document, Heading, Paragraph, Point, Points, Row, Table, Text
from ..engine_values import inline, visible

UNDERLINES = {2: "=", 3: "-"}
NARROW = 3
"""Columns."""


def text(document: Document) -> str:
    """The document as plain text."""
    return "\n\n".join(_block(block) for block in document.blocks) + "\n"


def _block(block: Heading | Paragraph | Points | Table | Diff) -> str:
    match block:
        case Heading(level, words):
            line = _line(words)
            return f"{line}\n{UNDERLINES.get(level, '-') * len(line)}"
        case Paragraph(words):
            return _line(words)
        case Points(points):
            return "\n".join(map(_point, points))
        case Table(_, rows):
            return "\n".join(_row(block, row) for row in rows)
        case Diff(title, lines):
            return "\n".join([f"{_line(title)}:", *(f"  {visible(line)}" for line in lines)])


def _line(words: Text) -> str:
    return "".join(
        inline(span.text) if isinstance(span, Code) else span if isinstance(span, str) else span.text for span in words
    )


def _point(point: Point) -> str:
    quote = "".join(f"\n    {line}" for line in visible(point.quote).split("\n")) if point.quote else ""
    return f"* {_line(point.text)}{':' if quote else ''}{quote}"


def _row(table: Table, row: Row) -> str:
    """Who and what in one line; the rest below it, or in a wide table beside it, with the names of its columns."""
    cells = [" ".join(map(_line, cell)) for cell in row.cells]
    if len(cells) > NARROW:
        named = [f"{column.lower()}: {cell}" for column, cell in zip(table.columns[2:], cells[2:], strict=True) if cell]
        return "  ".join(part for part in [*cells[:2], *named] if part)
    rest = [f"      {_line(line)}" for line in row.cells[-1] if _line(line)]
    return "\n".join(["  ".join(part for part in cells[:-1] if part), *rest])
