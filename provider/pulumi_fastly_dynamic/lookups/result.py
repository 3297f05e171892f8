"""Rows of the API as typed results."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from ..failure import Failure

if TYPE_CHECKING:
    from pydantic import TypeAdapter

R = TypeVar("R")


class UnexpectedAnswer(Failure):
    """Fastly's answer does not have the fields that a result needs."""


def result_of(result: type[R], row: Mapping[str, Any] | list[Any]) -> R:
    """The row as a result: numbers and flags may come as texts; other fields are ignored."""
    from pydantic import ValidationError  # noqa: PLC0415 - most programs look nothing up

    kind: Any = result  # mypy takes no class for hashable
    try:
        validated: R = _adapter(kind).validate_python(row)
    except ValidationError as error:
        # Not the values: any may be secret.
        where = sorted({".".join(map(str, each["loc"])) or "the answer" for each in error.errors(include_input=False)})
        raise UnexpectedAnswer(
            f"Fastly's answer for {result.__name__} has no usable {', '.join(where)}: please report this as a bug of "
            "pulumi-fastly-dynamic"
        ) from None
    return validated


@cache
def _adapter(result: Any) -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter  # noqa: PLC0415 - as above

    return TypeAdapter(result)
