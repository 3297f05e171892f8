"""What ``fastly-stats`` draws."""

from collections.abc import Sequence

from pulumi_fastly_dynamic.lookups import Measurements
from pulumi_fastly_dynamic.plain_text import plain
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from .sparkline import ASCII_BLOCKS, BLOCKS, sparkline
from .stats_lines import Line, lines_of

_NUMBERS_WIDTH = 46
"""What the columns beside the curves take."""
_NARROWEST = 8
_COLOURS = {"Requests": "cyan", "Hit ratio": "green", "Errors (5xx)": "red", "Bandwidth": "magenta"}


def curve_width(console: Console) -> int:
    """How many characters a curve may have."""
    return max(_NARROWEST, console.width - _NUMBERS_WIDTH)


def table_of(console: Console, title: str, samples: Sequence[Measurements | None], note: str = "") -> Group:
    """The measures as curves, with a line about what they are, and perhaps one about what is wrong."""
    lines = lines_of(samples)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("")
    table.add_column("", no_wrap=True)
    table.add_column("Total", justify="right")
    table.add_column("Peak", justify="right")
    for line in lines:
        table.add_row(line.name, _curve(console, line), line.total, line.peak)
    parts: list[Text | Table] = [Text(_encodable(console, title), style="bold"), table]
    if not any(lines[0].values):
        parts.append(Text("No requests in this time."))
    if note:
        parts.append(Text(_encodable(console, note), style="yellow"))
    return Group(*parts)


def _curve(console: Console, line: Line) -> Text:
    blocks = BLOCKS if console.encoding.startswith("utf") else ASCII_BLOCKS
    return Text(
        sparkline(line.values, curve_width(console), blocks, line.top), style=_COLOURS[line.name], overflow="crop"
    )


def _encodable(console: Console, text: str) -> str:
    """The text in the characters that the terminal has."""
    return plain(text).encode(console.encoding, "replace").decode(console.encoding)
