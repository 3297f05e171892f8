"""What ``fastly-stats`` draws."""

from collections.abc import Sequence

from pulumi_fastly_dynamic.lookups import Measurements
from pulumi_fastly_dynamic.plain_text import plain
from rich.cells import cell_len
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from .sparkline import ASCII_BLOCKS, BLOCKS, per_bar, sparkline
from .stats_lines import Title, lines_of

_NUMBERS_WIDTH = 46
"""What the columns beside the curves take at the most."""
_NARROWEST = 8
_GAP = 2
_COLOURS = {"Requests": "cyan", "Hit ratio": "green", "Errors (5xx)": "red", "Bandwidth": "magenta"}


def curve_width(console: Console) -> int:
    """How many characters a curve may have, whatever the numbers beside it."""
    return max(_NARROWEST, console.width - _NUMBERS_WIDTH)


def table_of(console: Console, title: Title, samples: Sequence[Measurements | None], note: str = "") -> Group:
    """The measures as curves, with a line about what they are, and perhaps one about what is wrong."""
    lines = lines_of(samples)
    beside = [
        ["", *(line.name for line in lines)],
        ["Total", *(line.total for line in lines)],
        ["Peak", *(line.peak for line in lines)],
    ]
    room = console.width - sum(len(max(column, key=len)) + _GAP for column in beside)
    width = max(1, min(curve_width(console), room))
    table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="bold")
    table.add_column("", overflow="fold")
    table.add_column("", no_wrap=True)
    table.add_column("Total", justify="right", overflow="fold")
    table.add_column("Peak", justify="right", overflow="fold")
    blocks = BLOCKS if console.encoding.startswith("utf") else ASCII_BLOCKS
    for line in lines:
        curve = Text(sparkline(line.values, width, blocks, line.top), style=_COLOURS[line.name])
        table.add_row(line.name, curve, line.total, line.peak)
    head = _head(title, console.width, per_bar(len(samples), width))
    parts: list[Text | Table] = [Text(head, style="bold"), table]
    if not any(lines[0].values):
        parts.append(Text("No requests in this time."))
    if note:
        parts.append(Text(plain(note), style="yellow"))
    return Group(*parts)


def _head(title: Title, width: int, samples: int) -> str:
    """The title: on one line if there is room for it."""
    what = f"{title.what}, {samples} {title.unit}s per bar" if samples > 1 else title.what
    whole = f"{plain(title.service)}: {what}"
    return whole if cell_len(whole) <= width else f"{plain(title.service)}:\n{what}"
