"""Every class of results, found by introspection: it cannot be changed, and Pulumi exports it as people expect."""

import copy
import inspect
import pickle
import typing
from collections.abc import Iterator, Mapping
from dataclasses import FrozenInstanceError, fields, is_dataclass
from typing import Any

import pulumi_fastly_dynamic as fastly
import pytest
from pulumi.runtime.stack import massage
from pulumi_fastly_dynamic.lookups.lookup import Lookup
from pulumi_fastly_dynamic.lookups.result import Result

FUNCTIONS = [name for name in fastly.__all__ if isinstance(getattr(fastly, name), Lookup)]
NOT_IN_A_REPR = {"content", "diff", "metadata", "objects", "values"}
"""Texts of others, which may be long or secret, and what is too much to show."""


def returned(name: str) -> type[Any]:
    """The class of a function's result."""
    annotation = inspect.signature(getattr(fastly, name)).return_annotation
    assert isinstance(annotation, type), f"{name} returns {annotation}: the result of a function is one object"
    return annotation


def classes_in(annotation: Any) -> Iterator[type[Any]]:
    """The dataclasses that it names, and those that these contain."""
    if is_dataclass(annotation) and isinstance(annotation, type):
        yield annotation
        for hint in typing.get_type_hints(annotation).values():
            yield from classes_in(hint)
    for argument in typing.get_args(annotation):
        yield from classes_in(argument)


RESULTS = sorted({cls for name in FUNCTIONS for cls in classes_in(returned(name))}, key=lambda cls: cls.__name__)


def sample(annotation: Any) -> tuple[Any, Any]:
    """A value of a type, as the API's JSON has it where it is a list or a mapping, and what Pulumi exports of it."""
    plain: dict[Any, Any] = {str: "text", int: 1, float: 1.5, bool: True, Any: {"deep": [{"a": None}]}}
    if annotation in plain:
        return plain[annotation], plain[annotation]
    if is_dataclass(annotation):
        return sample_of(annotation)
    arguments = typing.get_args(annotation)
    value, exported = sample(arguments[-1] if issubclass(origin_of(annotation), Mapping) else arguments[0])
    if issubclass(origin_of(annotation), tuple):
        return [value, value], [exported, exported]
    return ({"key": value}, {"key": exported}) if issubclass(origin_of(annotation), Mapping) else (value, exported)


def origin_of(annotation: Any) -> type[Any]:
    """The class of a generic type; a union has one of its own."""
    origin: type[Any] = typing.get_origin(annotation)
    return origin if isinstance(origin, type) else object


def sample_of(cls: Any) -> tuple[Any, dict[str, Any]]:
    """An instance with all fields, and what Pulumi exports of it."""
    hints = typing.get_type_hints(cls)
    values = {field.name: sample(hints[field.name]) for field in fields(cls)}
    exported = {name: shown for name, (_, shown) in values.items()}
    return cls(**{name: value for name, (value, _) in values.items()}), exported


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_result_of_get_x_is_get_x_result(name: str) -> None:
    assert returned(name).__name__ == f"{name.title().replace('_', '')}Result"


def test_only_results_of_functions_are_called_so() -> None:
    named = {cls.__name__ for cls in RESULTS if cls.__name__.endswith("Result")}
    assert named == {returned(name).__name__ for name in FUNCTIONS}


@pytest.mark.parametrize("cls", RESULTS)
def test_it_has_the_common_base_and_can_be_imported(cls: Any) -> None:
    assert issubclass(cls, Result)
    assert getattr(fastly, cls.__name__) is cls
    assert cls.__name__ in fastly.__all__
    assert "https://www.fastly.com/documentation/reference/api/" in inspect.getdoc(cls)


@pytest.mark.parametrize("cls", RESULTS)
def test_what_pulumi_exports(cls: Any) -> None:
    result, expected = sample_of(cls)
    assert massage(result, []) == expected


@pytest.mark.parametrize("cls", RESULTS)
def test_it_cannot_be_changed(cls: Any) -> None:
    result, _ = sample_of(cls)
    for field in fields(cls):
        with pytest.raises(FrozenInstanceError):
            setattr(result, field.name, None)
        value = getattr(result, field.name)
        assert not isinstance(value, list)
        if isinstance(value, dict):
            with pytest.raises(TypeError, match="cannot be changed"):
                value["key"] = None
    same, _ = sample_of(cls)
    assert result == same == copy.deepcopy(result) == pickle.loads(pickle.dumps(result))
    assert hash(result) == hash(same)


@pytest.mark.parametrize("cls", RESULTS)
def test_its_repr(cls: Any) -> None:
    result, _ = sample_of(cls)
    text = repr(result)
    assert text == str(result)
    assert text.startswith(f"{cls.__name__}(")
    for field in fields(cls):
        assert field.repr is (field.name not in NOT_IN_A_REPR), field.name
