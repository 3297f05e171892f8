"""How values travel: the API answers int, string or null for the same field; a program means one type.

Canonical values: ``str``, ``int``, ``bool``, ``list[str]`` or ``None``. Null and "" are the same, ``None``, except in
``WORDS`` and ``TEXT``.
"""

import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, cast

Value = str | int | bool | list[str] | None
Form = dict[str, str | list[str]]
"""A form, by field; a list is sent as one field per element."""


class ValueType(StrEnum):
    """The type a field has in programs."""

    STRING = "string"
    TEXT = "text"
    """A string that may be empty, which is not the same as null: null is what a program does not manage."""
    INTEGER = "integer"
    BOOLEAN = "boolean"
    STRINGS = "strings"
    """Header lines, sent as one JSON array. Their order makes no difference."""
    SET = "set"
    """Words, sent as one ``field[]`` each. Neither their order nor a repetition makes a difference."""
    WORDS = "words"
    """Words, sent as one text with spaces between them. Their order makes no difference. An empty text is no word, and
    null is the default."""
    OTHER = "other"
    """Not a field of a versioned object: live items, which travel as they are declared."""


def canonical(kind: ValueType, value: Any) -> Value:
    """The canonical form of a value, whether it comes from a program or from the API."""
    if kind is ValueType.OTHER:
        return cast("Value", value)
    if value is None or (value == "" and kind not in {ValueType.WORDS, ValueType.TEXT}):
        return None
    return _CANONICAL[kind](value)


def form_value(value: Value) -> str:
    """A canonical value as a form field; ``None`` is the empty field that clears."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list):
        return json.dumps(value)
    return str(value)


def _text(value: Any) -> str:
    text = str(value)
    # PEM blocks come back without the space at their end.
    return text.rstrip() if text.startswith("-----BEGIN ") else text


def _spaced(header: str) -> str:
    name, colon, value = header.partition(":")
    return f"{name.strip()}: {value.strip()}" if colon else header


def _flag(value: Any) -> Value:
    return value if isinstance(value, bool) else str(value).lower() in {"1", "1.0", "true"}


def _lines(value: Any) -> Value:
    rows = json.loads(value) if isinstance(value, str) else value
    # The API sorts them and adds the space, but not in the answer to every call.
    return sorted(_spaced(str(row)) for row in rows) or None


_CANONICAL: Mapping[ValueType, Callable[[Any], Value]] = {
    ValueType.BOOLEAN: _flag,
    ValueType.INTEGER: lambda value: int(float(value)),
    ValueType.STRINGS: _lines,
    ValueType.SET: lambda value: sorted({str(row) for row in value}) or None,
    ValueType.WORDS: lambda value: sorted(set(value.split() if isinstance(value, str) else value)),
    ValueType.STRING: _text,
    ValueType.TEXT: _text,
}
