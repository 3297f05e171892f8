"""The little YAML in which the API writes a version: mappings, lists and scalars, spelled as in recordings."""

import json
import re
from collections.abc import Iterator
from typing import Any

from .state import Record

_PLAIN = re.compile(
    r"""
      [A-Za-z/_](?:[ -~]*[!-~])?
    | \d+\.\d+\.\d+\.\d+
    | \d[0-9A-Za-z]*[G-NP-WYZg-np-wyz][0-9A-Za-z]*  # an id: it has a letter that no number has
    """,
    re.VERBOSE,
)
_RESERVED = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
"""Words that YAML reads as something other than text."""


def entry(key: str, value: Any, indent: str = "") -> Iterator[str]:
    """Yield the lines of one key: null is nothing at all, a list is not indented, its records start with the name."""
    head = f"{indent}{key}:"
    if isinstance(value, list) and value:
        yield head
        for item in value:
            yield from _item(item, indent)
    elif isinstance(value, dict):
        yield head
        for name in sorted(value):
            yield from entry(name, value[name], f"{indent}  ")
    elif isinstance(value, str) and "\n" in value and _fits_block(value):
        yield from _block(head, value, f"{indent}  ")
    else:
        text = scalar(value)
        yield f"{head} {text}" if text else head


def scalar(value: Any) -> str:
    """A value on one line."""
    if not isinstance(value, str):
        return "" if value is None else json.dumps(value)
    if _is_plain(value):
        return value
    return "'" + value.replace("'", "''") + "'" if value.isprintable() else json.dumps(value)


def _is_plain(text: str) -> bool:
    if ": " in text or " #" in text or text.endswith(":") or text.lower() in _RESERVED:
        return False
    return _PLAIN.fullmatch(text) is not None


def _item(item: Record | str, indent: str) -> Iterator[str]:
    if not isinstance(item, dict):
        yield f"{indent}- {scalar(item)}"
        return
    first, *rest = sorted(item, key=lambda name: (name != "name", name))
    yield f"{indent}- {first}: {scalar(item[first])}"
    for name in rest:
        yield from entry(name, item[name], f"{indent}  ")


def _fits_block(text: str) -> bool:
    """Whether a block shows the text as it is: it keeps neither odd characters nor an indented first line."""
    return text[0] not in " \n" and all(line.replace("\t", "").isprintable() for line in text.split("\n"))


def _block(head: str, text: str, indent: str) -> Iterator[str]:
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    yield f"{head} |{('-', '', '+')[min(ends, 2)]}"
    for line in body.split("\n"):
        yield f"{indent}{line}" if line else ""
    yield from [""] * (ends - 1)
