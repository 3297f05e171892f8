"""A table that fits a terminal of any width without losing characters. It needs the extra ``console``."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

GAP = 2
"""Spaces between columns."""
_NARROWEST = 4
_WORD = re.compile(r"\S+")
_PART = re.compile(r"[^\s/@]+[/@]?|[/@]")
_PIECE = re.compile(rf"\s+|{_PART.pattern}")


@dataclass(frozen=True)
class Column:
    """What is in a column, from top to bottom."""

    title: str
    cells: tuple[tuple[str, ...], ...]
    """Forms of each cell, the longest first. Where space is short, the next form takes its place."""
    is_number: bool = False
    is_whole: bool = False
    """Whether spaces in it are no good places to break it, as in a time."""

    @property
    def forms(self) -> int:
        """How many forms its cells have, at the most."""
        return max(map(len, self.cells), default=1)

    def texts(self, step: int) -> list[str]:
        """Its title and its cells after so many steps of shortening."""
        return [self.title, *(cell[min(step, len(cell) - 1)] for cell in self.cells)]


def table_of(columns: Sequence[Column], styles: Sequence[str], width: int) -> Table:
    """The table; ``styles`` are those of its rows."""
    texts, widths = _layout(columns, width - GAP * (len(columns) - 1))
    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False)
    lines = [
        [Text("\n".join(wrapped(text, size))) for text in column] for column, size in zip(texts, widths, strict=True)
    ]
    for column, shown, size in zip(columns, lines, widths, strict=True):
        table.add_column(shown[0], justify="right" if column.is_number else "left", width=size, no_wrap=True)
    for index, style in enumerate(styles, start=1):
        table.add_row(*(column[index] for column in lines), style=style)
    return table


def least_width(columns: int) -> int:
    """Below this width, the lines of a table with so many columns are longer than the terminal is wide."""
    return columns * (_NARROWEST + GAP) - GAP


def wrapped(text: str, width: int) -> list[str]:
    """Lines of that width: broken at spaces, else after ``/`` and ``@``, else anywhere."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if cell_len(lines[-1] + piece) <= width:
            lines[-1] += piece
        elif piece.isspace():
            lines.append("")
        elif cell_len(piece) <= width:
            lines.append(piece)
        else:
            for character in piece:
                if cell_len(lines[-1] + character) > width:
                    lines.append("")
                lines[-1] += character
    return [line.rstrip() for line in lines if line] or [""]


def _layout(columns: Sequence[Column], room: int) -> tuple[list[list[str]], list[int]]:
    """The texts of each column, and the widths of the columns: shortens before it breaks words."""
    step, last = 0, max(column.forms for column in columns) - 1
    while True:
        texts = [column.texts(step) for column in columns]
        whole = [_longest(column, cell_len) for column in texts]
        words = _chosen(columns, whole, [_longest(column, _longest_match(_WORD)) for column in texts])
        if step == last or sum(words) <= room:
            break
        step += 1
    parts = [_longest(column, _longest_match(_PART)) for column in texts]
    few = [min(_NARROWEST, most) for most in parts]
    widths = whole
    for least in (words, _chosen(columns, whole, parts), parts, _chosen(columns, parts, few), few):
        widths = _shrunk(widths, least, room)
    return texts, widths


def _chosen(columns: Sequence[Column], whole: Sequence[int], others: Sequence[int]) -> list[int]:
    """The first widths for columns that are best left whole, the second ones for the others."""
    return [a if column.is_whole else b for column, a, b in zip(columns, whole, others, strict=True)]


def _shrunk(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """The widest columns narrowed until all fit, but none to less than its least width."""
    found = list(widths)
    while sum(found) > room:
        over = [index for index, width in enumerate(found) if width > least[index]]
        if not over:
            break
        found[max(over, key=found.__getitem__)] -= 1
    return found


def _longest(texts: Sequence[str], measure: Callable[[str], int]) -> int:
    return max(map(measure, texts))


def _longest_match(pattern: re.Pattern[str]) -> Callable[[str], int]:
    def sizes(text: str) -> Iterator[int]:
        return (cell_len(each) for each in pattern.findall(text))

    return lambda text: max(sizes(text), default=0)
