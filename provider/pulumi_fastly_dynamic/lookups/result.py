"""Rows of the API as typed results."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar

from ..failure import Failure

if TYPE_CHECKING:
    from pydantic import TypeAdapter

R = TypeVar("R")


class UnexpectedAnswer(Failure):
    """Fastly's answer does not have the fields that a result needs."""

    @classmethod
    def of(cls, result: type[Any], what: str) -> "UnexpectedAnswer":
        """What is missing for a result."""
        return cls(
            f"Fastly's answer for {result.__name__} has no usable {what}: please report this as a bug of "
            "pulumi-fastly-dynamic"
        )


class Result:
    """The base of all results. They cannot be changed, neither can what they contain.

    ``get_x`` returns ``GetXResult``, also where it has one field with a tuple: so it is in every Pulumi package, and
    so a result can get further fields. Pulumi exports results as objects, and tuples as lists.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = {"coerce_numbers_to_str": True}

    def __post_init__(self) -> None:
        """Makes lists and mappings unchangeable, wherever they came from."""
        for name, value in vars(self).items():
            if isinstance(value, list | Mapping):
                object.__setattr__(self, name, frozen(value))


def result_of(result: type[R], row: Mapping[str, Any]) -> R:
    """The row as a result: numbers and flags may come as texts, null is the default, other fields are ignored."""
    from pydantic import ValidationError  # noqa: PLC0415 - most programs look nothing up

    kind: Any = result  # mypy takes no class for hashable
    try:
        validated: R = _adapter(kind).validate_python(_without_nulls(row))
    except ValidationError as error:
        # Not the values: any may be secret.
        where = sorted({".".join(map(str, each["loc"])) or "the answer" for each in error.errors(include_input=False)})
        raise UnexpectedAnswer.of(kind, ", ".join(where)) from None
    return validated


@cache
def _adapter(result: Any) -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter  # noqa: PLC0415 - as above

    return TypeAdapter(result)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_nulls(each) for name, each in value.items() if each is not None}
    return [_without_nulls(each) for each in value] if isinstance(value, list) else value


def rows_of(result: type[Any], data: Any) -> list[dict[str, Any]]:
    """What an answer has as ``data``, if it is a list of objects."""
    if not isinstance(data, list) or not all(isinstance(each, dict) for each in data):
        raise UnexpectedAnswer.of(result, "data")
    return data


def attributes_of(result: type[Any], documents: Any) -> list[dict[str, Any]]:
    """The attributes of JSON:API documents, each with its id."""
    given = [(each.get("attributes"), each.get("id")) for each in rows_of(result, documents)]
    return [{**(attributes if isinstance(attributes, dict) else {}), "id": id_} for attributes, id_ in given]


class FrozenMap(dict[str, Any]):
    """A mapping that cannot be changed. A dict, because Pulumi exports other mappings as lists of their keys."""

    if not TYPE_CHECKING:

        def _refuse(self, *_args: Any, **_kwargs: Any) -> NoReturn:
            raise TypeError("the result of a function cannot be changed: make a dict of it first")

        __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

        def __hash__(self) -> int:
            return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type["FrozenMap"], tuple[dict[str, Any]]]:
        return FrozenMap, (dict(self),)


def frozen(value: Any) -> Any:
    """JSON that cannot be changed."""
    if isinstance(value, FrozenMap):
        return value
    if isinstance(value, Mapping):
        return FrozenMap({name: frozen(each) for name, each in value.items()})
    return tuple(frozen(each) for each in value) if isinstance(value, list | tuple) else value
