"""Checks of a lookup's arguments."""

import inspect
import types
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, Union, get_args, get_origin

import pulumi

from ..failure import Failure
from ..resource import Release
from ..resource.program_error import WrongArgument, an, refuse_wrong_arguments

WORDS = {
    str: "text",
    int: "a whole number",
    bool: "True or False",
    float: "a number",
    datetime: "a datetime",
    type(None): "None",
}
IDS = frozenset({"service_id", "dictionary_id", "acl_id"})
"""Arguments that resources have an attribute for, of the same name."""


class WrongLookup(Failure):
    """Arguments that do not say what to look up."""


def within_range(argument: str, value: int, least: int, most: int | None = None) -> None:
    """Refuses other numbers."""
    if value < least or (most is not None and value > most):
        limits = f"{least} or more" if most is None else f"from {least} to {most}"
        raise WrongLookup(f"{argument} is {value}: it must be {limits}")


def exactly_one(**given: object) -> None:
    """Refuses none and more than one of these arguments."""
    named = [name for name, value in given.items() if value is not None]
    if len(named) != 1:
        choices = " or ".join(given)
        raise WrongLookup(f"give {choices}" + (f", not {' and '.join(named)}" if named else ""))


def checked(
    function: str,
    signature: inspect.Signature,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    place: str | None = None,
) -> None:
    """Refuses arguments that are unknown, missing or of a wrong type, at the user's line.

    The name of a function that takes outputs ends in ``_output``. What is an output is checked again once it is known;
    ``place`` is then where the user's call was.
    """
    given = _bound(function, signature, args, kwargs)
    for name, value in given.items():
        if isinstance(value, pulumi.Output) and function.endswith("_output"):
            continue
        problem = _problem(function, name, value, signature.parameters[name].annotation)
        if problem:
            raise WrongArgument(f"{function}: {name} takes {problem}", place)


def _bound(
    function: str, signature: inspect.Signature, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> dict[str, Any]:
    """The arguments by name."""
    refuse_wrong_arguments(function, (), kwargs, signature.parameters)
    positional = [each.name for each in signature.parameters.values() if each.kind is not each.KEYWORD_ONLY]
    if len(args) > len(positional):
        named = [name for name in signature.parameters if name not in positional]
        hint = f": write {named[0]}=..." if named else ""
        raise WrongArgument(f"{function} takes at most {len(positional)} positional arguments, not {len(args)}{hint}")
    given = dict(zip(positional, args, strict=False))
    twice = given.keys() & kwargs.keys()
    if twice:
        raise WrongArgument(f"{function} got two values for the argument {min(twice)!r}")
    given |= kwargs
    for each in signature.parameters.values():
        if each.default is each.empty and each.name not in given:
            raise WrongArgument(f"{function} is missing the required argument {each.name!r}")
    return given


def _problem(function: str, name: str, value: Any, annotation: Any) -> str:
    """What the argument takes, and what it got instead; nothing if it may have the value."""
    choices = _choices(annotation)
    if not choices or any(_fits(value, choice) for choice in choices):
        return ""
    *words, last = [WORDS.get(choice) or repr(choice) for choice in choices if choice is not type(None)]
    takes = f"{', '.join(words)} or {last}" if words else last
    is_other_text = isinstance(value, str) and any(isinstance(choice, str) for choice in choices)
    return f"{takes}, not {'another text' if is_other_text else _described(function, name, value)}"


def _choices(annotation: Any) -> tuple[Any, ...]:
    """Types and literals that an annotation consists of; nothing if it has others."""
    if get_origin(annotation) in {Union, types.UnionType}:
        parts = [_choices(part) for part in get_args(annotation)]
        return () if not all(parts) else tuple(choice for part in parts for choice in part)
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return (annotation,) if annotation in WORDS else ()


def _fits(value: Any, choice: Any) -> bool:
    if not isinstance(choice, type):
        return type(value) is type(choice) and value == choice
    if isinstance(value, bool):  # which is an int, too
        return choice is bool
    return isinstance(value, choice) or (choice is float and isinstance(value, int))


def _described(function: str, name: str, value: Any) -> str:
    """What was given instead. Never its value, which may be a secret that was put in the wrong place."""
    takes_outputs = function.endswith("_output")
    use = "" if takes_outputs else f"use {function}_output"
    if isinstance(value, pulumi.Output):
        return f"an Output: {use}"
    if isinstance(value, pulumi.Resource | Release):
        label = type(value).__name__
        attribute = _attribute_of(value, name)
        if not attribute:
            return an(label)
        return f"{an(label)}: write {name}={_variable(value)}.{attribute}" + (f", and {use}" if use else "")
    return "None" if value is None else type(value).__name__


def _attribute_of(resource: Any, name: str) -> str:
    """Where on a resource the argument's value is; nothing if it has none."""
    if isinstance(resource, Release):
        return {"service_id": "service.service_id", "version": "version.number"}.get(name, "")
    if name == "version" and isinstance(getattr(type(resource), "number", None), property):
        return "number"
    return name if name in IDS and hasattr(type(resource), name) else ""


def _variable(resource: Any) -> str:
    """A name that the resource may have in the program."""
    named = getattr(resource, "_name", "") or getattr(resource, "resource_name", "")
    return named if str(named).isidentifier() else type(resource).__name__.lower()
