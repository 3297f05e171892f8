"""How VCL is spelt: names, strings, times, blocks."""

import re
from collections.abc import Iterable
from itertools import count
from textwrap import dedent
from urllib.parse import quote

Lines = list[str]
"""Statements and the braces around them. A line may hold line feeds: what it is made of is then kept as it is."""

_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_]")
_NEEDS_LONG_STRING = re.compile(r'["%\n\r]')
"""What a short string cannot hold: it ends at a quote and at the end of the line, and decodes ``%22``."""
_MILLISECONDS = 1000
_PRINTABLE = "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) not in '"%')


def vcl_name(name: str) -> str:
    """A name as generated VCL spells it."""
    return _NOT_IN_A_NAME.sub("_", name)


def string(text: object) -> str:
    """A string in the short form where that is enough."""
    value = str(text)
    return long_string(value) if _NEEDS_LONG_STRING.search(value) else f'"{value}"'


def long_string(text: object) -> str:
    """A long string; what would end it gets a delimiter around it."""
    value = str(text)
    delimiter = next(each for each in ("X" * length for length in count()) if f'"{each}}}' not in value)
    return f'{{{delimiter}"{value}"{delimiter}}}'


def raw(text: str) -> str:
    """A string of what its writer took for VCL already, such as a pattern: ``%22`` in it is a quote."""
    return long_string(text) if '"' in text or "\n" in text else f'"{text}"'


def short_string(text: str) -> str:
    """A string in the short form, for a place that takes no other."""
    return f'"{quote(text, safe=_PRINTABLE)}"'


def seconds(milliseconds: int | str) -> str:
    """A time as VCL has it: ``1s``, ``0.5s``."""
    whole, rest = divmod(int(milliseconds), _MILLISECONDS)
    return f"{whole}.{rest:03}".rstrip("0").rstrip(".") + "s"


def comment(text: str) -> str:
    """A comment of one line, whatever the text holds."""
    return f"# {' '.join(text.split())}"


def text(vcl: str) -> Lines:
    """Statements that are always the same."""
    return dedent(vcl).strip("\n").split("\n")


def indented(lines: Iterable[str]) -> Lines:
    """The lines inside of a block. What follows a line feed in one stays as it is: it may be in a string."""
    return [f"  {line}" if line else line for line in lines]


def block(head: str, lines: Iterable[str]) -> Lines:
    """A block with what stands before its brace: ``if (x)``, ``sub x``, nothing."""
    return [f"{head} {{".lstrip(), *indented(lines), "}"]


def either(test: str, lines: Iterable[str], otherwise: Iterable[str]) -> Lines:
    """An ``if`` with its ``else``."""
    return [f"if ({test}) {{", *indented(lines), "} else {", *indented(otherwise), "}"]
