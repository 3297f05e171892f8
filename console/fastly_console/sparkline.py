"""Numbers as short texts: curves of one line, counts, bytes, shares."""

import math
from collections.abc import Sequence

BLOCKS = "▁▂▃▄▅▆▇█"
ASCII_BLOCKS = "_.-=+*%#"
"""For terminals that cannot show the blocks."""
_THOUSAND = 1000
_SMALLEST_SHARE = 0.0005
_COUNTS = ("", "k", "M", "G", "T")
_BYTES = ("B", "kB", "MB", "GB", "TB", "PB")


def sparkline(values: Sequence[float | None], width: int, blocks: str = BLOCKS, top: float | None = None) -> str:
    """A curve of ``width`` characters at the most, from 0 to ``top``; a space is a value that is missing.

    Without ``top`` it is the highest value.
    """
    shown = _averages(values, width)
    highest = top or max((value for value in shown if value is not None), default=0)
    return "".join(" " if value is None else _block(value, highest, blocks) for value in shown)


def _block(value: float, highest: float, blocks: str) -> str:
    if not value:
        return blocks[0]
    # What is not zero is not shown as zero.
    return blocks[max(1, math.ceil(value / highest * len(blocks)) - 1)]


def per_bar(values: int, width: int) -> int:
    """How many values one character of a curve stands for; it shows their average."""
    return math.ceil(values / width)


def _averages(values: Sequence[float | None], width: int) -> list[float | None]:
    """As many values as fit: averages of neighbours, so that the curve keeps its shape."""
    size = per_bar(len(values), width)
    groups = [values[start : start + size] for start in range(0, len(values), size or 1)]
    known = [[value for value in group if value is not None] for group in groups]
    return [sum(group) / len(group) if group else None for group in known]


def count(value: float) -> str:
    """A number of things, such as ``1,234`` and ``12.3 M``."""
    return f"{value:,.0f}" if value < _THOUSAND * 100 else _scaled(value, _COUNTS)


def size(value: float) -> str:
    """A number of bytes, such as ``12.3 MB``."""
    return _scaled(value, _BYTES)


def share(value: float | None) -> str:
    """A share of 1 in per cent."""
    if value is None:
        return "-"
    # What is not zero is not shown as zero.
    return "<0.1 %" if 0 < value < _SMALLEST_SHARE else f"{100 * value:.1f} %"


def _scaled(value: float, units: Sequence[str]) -> str:
    step = 0
    while round(value, 1) >= _THOUSAND and step < len(units) - 1:
        value /= _THOUSAND
        step += 1
    return f"{value:,.1f} {units[step]}" if step else f"{value:,.0f} {units[0]}"
