"""What Fastly's compiler says, and which objects it is about.

It names lines of the VCL that Fastly generates, which no program has, and quotes them: ``at: (input Line 7 Pos 3)``,
the line, and a row of ``-`` and ``#``.
"""

import re
from collections.abc import Iterable, Iterator

from .snapshot import VersionObject

VCL = {"snippet": "content", "vcl": "content", "condition": "statement", "header": "src"}
"""By kind, the property that holds VCL."""
EXPRESSIONS = ("condition", "header")
"""Kinds whose VCL is an expression: the quoted line holds more than that."""
PLACE = r"\([^()\n]+ Line \d+ Pos \d+\)"
"""Of any source, so that the code of a file with another name is not repeated either."""
QUOTE = re.compile(rf"(at: {PLACE})\n(.*)\n[-#]+(?=\n|$)", re.IGNORECASE)


def is_compiler_error(text: str) -> bool:
    """Whether a text is of the compiler."""
    return re.search(PLACE, text) is not None


def without_quotes(text: str) -> str:
    """The text in one line, without the code in it: that may be secret."""
    return " ".join(QUOTE.sub(r"\1", text).split())


def place(text: str, objects: Iterable[VersionObject]) -> str:
    """Where the quoted code probably comes from: ``in Snippet 's', line 3``. Empty if nothing has such code."""
    quoted = [line.strip() for _, line in QUOTE.findall(text) if line.strip()]
    code = [(found, number, line) for found in objects for number, line in _code(found)]
    places = [(found, number) for found, number, line in code if line in quoted]
    if not places:
        inside = [row for row in code if row[0].schema.kind in EXPRESSIONS and any(row[2] in line for line in quoted)]
        longest = max((len(line) for _, _, line in inside), default=0)
        places = [(found, number) for found, number, line in inside if len(line) == longest]
    return " or ".join(dict.fromkeys(f"in {found}, line {number}" for found, number in places))


def _code(found: VersionObject) -> Iterator[tuple[int, str]]:
    code = found.values.get(VCL.get(found.schema.kind, ""))
    for number, line in enumerate(str(code or "").split("\n"), 1):
        if line.strip():
            yield number, line.strip()
