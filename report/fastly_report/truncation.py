"""Keeps a report within a limit: the least important is left out, and the report says what."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from .document import Block, Diff, Document, Heading, Paragraph, Strong

Render = Callable[[Document], str]
SHORT_DIFF = 60
"""Lines of a diff that are kept at first."""


def truncated(document: Document, render: Render, limit: int) -> str:
    """The rendered document in at most ``limit`` bytes."""
    whole = render(document)
    if size(whole) <= limit:
        return whole
    cut, lines = _with_short_diffs(document)
    leaves = list(document.leaves())
    # The highest rank goes first, and of one rank what comes last.
    order = sorted((i for i, leaf in enumerate(leaves) if leaf.rank), key=lambda i: (-leaves[i].rank, -i))

    def without(number: int) -> str:
        dropped = set(order[:number])
        note = _note(limit, lines, Counter(leaves[i].kind for i in dropped))
        return render(_noted(cut.keeping([i not in dropped for i in range(len(leaves))]), note))

    number = _least(len(order), lambda tried: size(without(tried)) <= limit)
    text = without(number)
    return text if size(text) <= limit else _last_resort(document, render, limit)


def size(text: str) -> int:
    """Bytes; what sites call characters is never more."""
    return len(text.encode())


def _least(most: int, fits: Callable[[int], bool]) -> int:
    """The smallest number that fits, or ``most``."""
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(middle) else (middle + 1, high)
    return low


def _with_short_diffs(document: Document) -> tuple[Document, int]:
    blocks: list[Block] = []
    left_out = 0
    for block in document.blocks:
        more = len(block.lines) - SHORT_DIFF if isinstance(block, Diff) else 0
        if isinstance(block, Diff) and more > 1:
            blocks.append(replace(block, lines=(*block.lines[:SHORT_DIFF], f"@@ {more:,} more lines @@")))
            left_out += more
        else:
            blocks.append(block)
    return Document(document.title, tuple(blocks)), left_out


def _note(limit: int, lines: int, kinds: Counter[str]) -> Paragraph:
    parts = [f"{number:,} {kind}" for kind, number in sorted(kinds.items())]
    if lines:
        parts.append(f"{lines:,} lines of long diffs")
    what = ", ".join(parts) or "nothing"
    return Paragraph((Strong("Shortened"), f" to {limit:,} bytes. Left out: {what}."))


def _noted(document: Document, note: Paragraph) -> Document:
    """With the note at the top: below the title, if there is one."""
    blocks = document.blocks
    place = 1 if blocks and isinstance(blocks[0], Heading) else 0
    return Document(document.title, (*blocks[:place], note, *blocks[place:]))


def _last_resort(document: Document, render: Render, limit: int) -> str:
    """Whole blocks from the top, as many as fit."""
    note = Paragraph((Strong("Shortened"), f" to {limit:,} bytes: the rest of the report is left out."))

    def first(number: int) -> str:
        return render(_noted(Document(document.title, document.blocks[:number]), note))

    number = _least(len(document.blocks), lambda tried: size(first(len(document.blocks) - tried)) <= limit)
    return first(len(document.blocks) - number)
