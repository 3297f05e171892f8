"""Markdown, as comments on GitHub and GitLab read it.

What is not ours stands in code spans and fenced blocks alone: there, neither Markdown nor HTML, mentions, issue numbers
or bare links mean anything.
"""

import re
from html import escape

from ..document import Code, Diff, Document, Heading, Paragraph, Point, Points, Row, Span, Strong, Table, Text
from ..engine_values import inline, visible

OPEN_LINES = 40
"""A diff of more lines is folded."""
LINE = 300
"""Characters of a message that stays in its line."""

_BARS = re.compile(r"(?<=\\)\|")
_RUNS = re.compile(r"`+")
_SPECIAL = re.compile(r"([\\`*_\[\]|~#@])")


def markdown(document: Document) -> str:
    """The document in Markdown."""
    parts = [_block(block) for block in document.blocks]
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Heading | Paragraph | Points | Table | Diff) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {_text(text)}"
        case Paragraph(text):
            return _text(text)
        case Points(points):
            return "\n".join(map(_point, points))
        case Table():
            return _table(block)
        case Diff():
            return _diff(block)


def _text(text: Text, *, in_table: bool = False) -> str:
    return "".join(_span(span, in_table=in_table) for span in text)


def _span(span: Span, *, in_table: bool) -> str:
    match span:
        case Code(text):
            return _code(inline(text), in_table=in_table)
        case Strong(text):
            return f"**{_ours(text)}**"
        case str():
            return _ours(span)


def _ours(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", escape(text, quote=False))


def _code(text: str, *, in_table: bool) -> str:
    if not in_table:
        return _code_span(text)
    # A bar in a table wants a backslash, even in code. Renderers disagree on one that has a backslash in front of it
    # already, so that one stands alone, as a number.
    parts = _BARS.split(text)
    return "<code>&#124;</code>".join(_code_span(part).replace("|", "\\|") if part else "" for part in parts)


def _code_span(text: str) -> str:
    if not text.strip(" "):
        return f"<code>{'&nbsp;' * len(text)}</code>"
    fence = "`" * (_longest_run(text) + 1)
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in _RUNS.findall(text)), default=0)


def _fenced(text: str, language: str, indent: str = "") -> str:
    fence = "`" * max(3, _longest_run(text) + 1)
    lines = [f"{fence}{language}", *text.split("\n"), fence]
    return "\n".join(f"{indent}{line}" for line in lines)


def _point(point: Point) -> str:
    head = f"- {_text(point.text)}"
    if not point.quote:
        return head
    if "\n" not in point.quote and len(point.quote) <= LINE:
        return f"{head}: {_code(inline(point.quote), in_table=False)}"
    return f"{head}:\n{_fenced(visible(point.quote), 'text', '  ')}"


def _table(table: Table) -> str:
    head = f"| {' | '.join(map(_ours, table.columns))} |"
    line = f"|{' --- |' * len(table.columns)}"
    return "\n".join([head, line, *map(_row, table.rows)])


def _row(row: Row) -> str:
    cells = ("<br>".join(_text(line, in_table=True) for line in cell) for cell in row.cells)
    return f"| {' | '.join(cells)} |"


def _diff(diff: Diff) -> str:
    block = _fenced(visible("\n".join(diff.lines)), "diff")
    if len(diff.lines) <= OPEN_LINES:
        return f"{_text(diff.title)}\n\n{block}"
    title = "".join(_html(span) for span in diff.title)
    return f"<details><summary>{title} ({len(diff.lines):,} lines)</summary>\n\n{block}\n\n</details>"


def _html(span: Span) -> str:
    """For a summary, which is HTML and no Markdown up to the next empty line."""
    match span:
        case Code(text):
            return f"<code>{escape(inline(text))}</code>"
        case Strong(text):
            return f"<strong>{escape(text)}</strong>"
        case str():
            return escape(span)
