"""Mistakes in the user's program, reported while it runs."""

import difflib
import functools
import inspect
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar, cast

import pulumi

from .monitor import monitor

Constructor = TypeVar("Constructor", bound=Callable[..., None])

OURS = str(Path(__file__).parents[1])
"""The folder of this package: frames there are not the user's."""
LAUNCHER = "pulumi-language-python-exec"
"""Pulumi's script that runs the program: its frame is the outermost one, also after the program has ended."""

SYNONYMS = {"email": "login", "login": "email"}
"""Names of the same thing in other resources. An ``id`` may stand for the only argument that is one."""


class ProgramError(pulumi.RunError):
    """Shown by Pulumi as one line, without a traceback. Says what to change, and where the user's call is.

    ``place`` is for a mistake that is found later than at that call. Pulumi registers what a program declared before
    it failed; the resources of this package that wait for that fail with the first mistake instead.
    """

    def __init__(self, text: str, place: str | None = None) -> None:
        place = users_line() if place is None else place
        super().__init__(f"{text} ({place})" if place else text)
        engine = monitor()
        if engine is not None and engine.refusal is None:
            engine.refusal = self


class WrongArgument(ProgramError, TypeError):
    """An argument is unknown, missing or not of the right type: what Python raises, without the traceback."""


def refuse_wrong_arguments(what: str, positional: Iterable[Any], named: Iterable[str], known: Iterable[str]) -> None:
    """Refuses more than one positional argument, and unknown ones, in Python's words and with a suggestion."""
    if any(True for _ in positional):
        raise WrongArgument(f"{what} takes one positional argument, its name: write the others as name=value")
    known = list(known)
    for name in named:
        if name not in known:
            similar = difflib.get_close_matches(name, known, n=1) or [*_synonyms(name, known)]
            hint = f": did you mean {similar[0]!r}?" if len(similar) == 1 else ""
            raise WrongArgument(f"{what} got an unexpected keyword argument {name!r}{hint}")


def _synonyms(name: str, known: Iterable[str]) -> Iterable[str]:
    return (each for each in known if each == SYNONYMS.get(name) or (name == "id" and each.endswith("_id")))


def refuse_missing(what: str, name: str, value: Any) -> None:
    """Refuses a required argument that is not given."""
    if value is None:
        raise WrongArgument(f"{what} is missing the required argument {name!r}")


def check_name_and_options(constructor: Constructor) -> Constructor:
    """Reports a missing or wrong name of a resource, and options that no resource of this package can have."""

    @functools.wraps(constructor)
    def construct(self: object, *args: Any, **kwargs: Any) -> None:
        label = type(self).__name__
        resource_name, *others = args or (kwargs.pop("resource_name", None),)
        if not isinstance(resource_name, str) or not resource_name:
            meant = kwargs.get("name")
            example = meant if meant and isinstance(meant, str) else "example"
            raise WrongArgument(
                f"{label}: its first argument must be the resource's name, such as {label}({example!r}, ...)"
            )
        what, opts = f"{label}({resource_name!r})", kwargs.get("opts")
        if opts is not None and not isinstance(opts, pulumi.ResourceOptions):
            raise WrongArgument(f"{what}: opts must be pulumi.ResourceOptions, not {type(opts).__name__}")
        if opts is not None and opts.import_ is not None:
            raise ProgramError(
                f"{what}: the option import_ does not work with dynamic resources. Take a service over with "
                "Service(adopt_id=...) instead"
            )
        constructor(self, resource_name, *others, **kwargs)

    return cast(Constructor, construct)


def refuse_unreadable(what: str, name: str, value: Any) -> None:
    """Refuses a file or bytes where a text is meant, which Pulumi cannot send."""
    if isinstance(value, Path):
        raise WrongArgument(f"{what}.{name}: takes text, not a path: write {name}=path.read_text()")
    if isinstance(value, bytes):
        raise WrongArgument(f"{what}.{name}: takes text, not bytes: write {name}=value.decode()")


def clear_argument_errors(constructor: Constructor) -> Constructor:
    """Reports wrong arguments of a constructor with keyword-only parameters as those of kinds are reported."""
    parameters = list(inspect.signature(constructor).parameters.values())[2:]

    @functools.wraps(constructor)
    def construct(self: object, resource_name: str, *args: Any, **kwargs: Any) -> None:
        what = f"{type(self).__name__}({resource_name!r})"
        refuse_wrong_arguments(what, args, kwargs, [each.name for each in parameters])
        for each in parameters:
            if each.default is inspect.Parameter.empty:
                refuse_missing(what, each.name, kwargs.get(each.name))
        constructor(self, resource_name, *args, **kwargs)

    return cast(Constructor, construct)


def an(name: str) -> str:
    """A name of a class with its indefinite article."""
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


def users_line() -> str:
    """File and line of the innermost call outside of this package; nothing where only libraries are on the stack."""
    frame = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        file = Path(name).name
        if not name.startswith((OURS, "<", sys.base_prefix)) and "site-packages" not in name and file != LAUNCHER:
            return f"{file}:{frame.f_lineno}"
        frame = frame.f_back  # type: ignore[assignment]
    return ""
