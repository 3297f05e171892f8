"""Values as the engine writes them: what is secret or unknown, and how the rest reads."""

import json
import re
from collections.abc import Mapping
from enum import Enum
from typing import Any

UNKNOWN_MARKER = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SIGNATURE = "4dabf18193072939515e22adb298388d"
"""The key of an object that stands for something: in previews always a secret, or a file."""
SECRET_MARKER = "[secret]"  # noqa: S105 - the word for one

_STYLE = re.compile(r"<\{%[^%\n]*%\}>|\x1b\[[0-9;]*[A-Za-z]")
"""The engine's and the terminal's codes for colours."""


class Special(Enum):
    """What stands where a value is not shown."""

    ABSENT = ""
    SECRET = "(secret)"  # noqa: S105 - the words for one
    UNKNOWN = "(known after apply)"


def plain(value: Any) -> Any:
    """The value with secrets and unknowns as ``Special``, and numbers as programs write them."""
    if value is None:
        return Special.ABSENT
    if isinstance(value, str):
        return _MARKERS.get(value, value)
    if isinstance(value, Mapping):
        if SIGNATURE in value:
            return Special.SECRET
        return {str(key): plain(row) for key, row in value.items() if key != "__provider"}
    if isinstance(value, list):
        return [plain(row) for row in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


_MARKERS: Mapping[str, Special] = {UNKNOWN_MARKER: Special.UNKNOWN, SECRET_MARKER: Special.SECRET}


def holds(value: Any, special: Special) -> bool:
    """Whether the special is anywhere in a plain value."""
    if isinstance(value, Special):
        return value is special
    if isinstance(value, Mapping):
        return any(holds(row, special) for row in value.values())
    return isinstance(value, list) and any(holds(row, special) for row in value)


def one_line(value: Any) -> str:
    """A plain value in one line; texts as they are, everything else as JSON."""
    if isinstance(value, Special):
        return str(value.value)
    if isinstance(value, str):
        return inline(value)
    return inline(_json(value))


def inline(text: str) -> str:
    """Text that is not ours in one line, with nothing in it that would not show."""
    return visible(text).replace("\n", "\\n").replace("\t", "\\t")


def lines_of(value: Any) -> list[str]:
    """A plain value over lines, to be compared line by line."""
    if isinstance(value, Special):
        return [] if value is Special.ABSENT else [str(value.value)]
    if isinstance(value, str):
        return visible(value).split("\n")
    if isinstance(value, list):
        return [one_line(row) for row in value]
    return visible(_json(value, indent=2)).split("\n")


def _json(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=indent, default=lambda special: special.value)


def visible(text: str) -> str:
    """The text with everything that would not show, or would lead the eye astray, written out; newlines stay.

    Control characters may drive a terminal, directional marks make code read otherwise than it runs, and a carriage
    return is the end of a line to Markdown.
    """
    return "".join(
        character if character in "\n\t" or character.isprintable() else _escape(character) for character in text
    )


def _escape(character: str) -> str:
    number = ord(character)
    if number < 0x100:  # noqa: PLR2004 - what two digits write
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"  # noqa: PLR2004


def without_style(text: str) -> str:
    """A message without codes for colours."""
    return _STYLE.sub("", text).strip()
