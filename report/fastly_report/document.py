"""A report in words, not yet in any format. Renderers know these few blocks and nothing of previews."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Code:
    """Text that is not ours: a name, a value, a message. Every format shows it as it is, and as nothing else."""

    text: str


@dataclass(frozen=True)
class Strong:
    """Words of ours that stand out."""

    text: str


Span = str | Code | Strong
Text = tuple[Span, ...]
"""A line: words of ours, and code."""


@dataclass(frozen=True)
class Leaf:
    """What can be left out when space is short."""

    rank: int = field(default=0, kw_only=True)
    """0 is never left out; the highest goes first."""
    kind: str = field(default="", kw_only=True)
    """What it is, in the plural."""


@dataclass(frozen=True)
class Heading:
    """A heading."""

    level: int
    text: Text


@dataclass(frozen=True)
class Paragraph:
    """A sentence or two."""

    text: Text


@dataclass(frozen=True)
class Point(Leaf):
    """One point of a list."""

    text: Text
    quote: str = ""
    """Lines that are not ours, below it."""


@dataclass(frozen=True)
class Points:
    """A list."""

    points: tuple[Point, ...]


@dataclass(frozen=True)
class Row(Leaf):
    """A row of a table; each cell has lines."""

    cells: tuple[tuple[Text, ...], ...]
    tone: str = ""
    """What happens, in one word, for formats with colours."""


@dataclass(frozen=True)
class Table:
    """A table."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Diff(Leaf):
    """Lines that begin with +, -, a blank, or @@."""

    title: Text
    lines: tuple[str, ...]


Block = Heading | Paragraph | Points | Table | Diff


@dataclass(frozen=True)
class Document:
    """A whole report."""

    title: str
    blocks: tuple[Block, ...]

    def leaves(self) -> Iterator[Leaf]:
        """Everything that can be left out, in order."""
        for block in self.blocks:
            match block:
                case Points():
                    yield from block.points
                case Table():
                    yield from block.rows
                case Diff():
                    yield block
                case _:
                    pass

    def keeping(self, kept: Sequence[bool]) -> "Document":
        """The document with those leaves alone; what is empty then goes too."""
        answers = iter(kept)
        blocks: list[Block] = []
        for block in self.blocks:
            match block:
                case Points(points):
                    left = tuple(point for point in points if next(answers))
                    blocks += [Points(left)] if left else []
                case Table(columns, rows):
                    some = tuple(row for row in rows if next(answers))
                    blocks += [Table(columns, some)] if some else []
                case Diff():
                    blocks += [block] if next(answers) else []
                case _:
                    blocks.append(block)
        return Document(self.title, tuple(blocks))


def flat(text: Text) -> str:
    """The words alone."""
    return "".join(span if isinstance(span, str) else span.text for span in text)
