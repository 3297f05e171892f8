"""How an object travels to the API: as a form or as JSON."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from .field import Field
from .values import Form, Value, ValueType


class Body(StrEnum):
    """How an object travels."""

    FORM = "form"
    JSON = "json"
    JSON_API = "json:api"


def form_of(sent: Iterable[Field], values: Mapping[str, Value]) -> Form:
    """Fields as a form."""
    return {name: value for f in sent for name, value in f.form(values[f.name]).items()}


def json_of(sent: Iterable[Field], values: Mapping[str, Value]) -> dict[str, Any]:
    """Fields as the members of a JSON object."""
    return {f.wire: _json_value(f, values[f.name]) for f in sent}


def _json_value(field: Field, value: Value) -> Any:
    return "" if value is None and field.type is ValueType.STRING else value
