"""Mistakes in the user's program, reported while it runs."""

import sys
from pathlib import Path

import pulumi

OURS = str(Path(__file__).parents[1])
"""The folder of this package: frames there are not the user's."""
LAUNCHER = "pulumi-language-python-exec"
"""Pulumi's script that runs the program: its frame is the outermost one, also after the program has ended."""


class ProgramError(pulumi.RunError):
    """Shown by Pulumi as one line, without a traceback. Says what to change, and where the user's call is.

    ``place`` is for a mistake that is found later than at that call.
    """

    def __init__(self, text: str, place: str | None = None) -> None:
        place = users_line() if place is None else place
        super().__init__(f"{text} ({place})" if place else text)


class WrongArgument(ProgramError, TypeError):
    """An argument is unknown, missing or not of the right type: what Python raises, without the traceback."""


def an(name: str) -> str:
    """Returns a name of a class with its indefinite article."""
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
