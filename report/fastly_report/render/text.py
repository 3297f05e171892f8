"""Plain text, for logs and terminals."""

from ..document import Code, Diff, Document, Heading, Paragraph, Point, Points, Row, Table, Text
from ..values import inline, visible

UNDERLINES = {2: "=", 3: "-"}


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
            return "\n".join(map(_row, rows))
        case Diff(title, lines):
            return "\n".join([f"{_line(title)}:", *(f"  {visible(line)}" for line in lines)])


def _line(words: Text) -> str:
    return "".join(
        inline(span.text) if isinstance(span, Code) else span if isinstance(span, str) else span.text for span in words
    )


def _point(point: Point) -> str:
    quote = "".join(f"\n    {line}" for line in visible(point.quote).split("\n")) if point.quote else ""
    return f"* {_line(point.text)}{':' if quote else ''}{quote}"


def _row(row: Row) -> str:
    """The first line of each cell in one line; more lines of the last cell below it."""
    first = "  ".join(part for cell in row.cells[:-1] for part in [" ".join(map(_line, cell))] if part)
    rest = [_line(line) for line in row.cells[-1] if line]
    return "\n".join([first, *(f"      {line}" for line in rest if line)])
