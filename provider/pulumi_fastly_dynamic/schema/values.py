"""How values travel: the API answers int, string or null for the same field; a program means one type.

Canonical values: ``str``, ``int``, ``bool``, ``list[str]`` or ``None``. Null and "" are the same, ``None``.
"""

import json
from enum import StrEnum
from typing import Any, cast

Value = str | int | bool | list[str] | None


class ValueType(StrEnum):
    """The type a field has in programs."""

    STRING = "string"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    STRINGS = "strings"
    OTHER = "other"
    """Not a field of a versioned object: live items, which travel as they are declared."""


def canonical(kind: ValueType, value: Any) -> Value:
    """The canonical form of a value, whether it comes from a program or from the API."""
    if kind is ValueType.OTHER:
        return cast("Value", value)
    if value is None or value == "":
        return None
    match kind:
        case ValueType.BOOLEAN:
            return value if isinstance(value, bool) else str(value).lower() in {"1", "1.0", "true"}
        case ValueType.INTEGER:
            return int(float(value))
        case ValueType.STRINGS:
            rows = json.loads(value) if isinstance(value, str) else value
            # The API sorts them and adds the space, but not in the answer to every call.
            return sorted(_spaced(str(row)) for row in rows) or None
        case ValueType.STRING:
            return _text(value)


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
