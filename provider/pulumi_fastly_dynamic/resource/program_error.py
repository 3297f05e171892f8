"""Mistakes in the user's program, reported while it runs."""

import sys
from pathlib import Path

import pulumi

OURS = str(Path(__file__).parents[1])
"""The folder of this package: frames there are not the user's."""


class ProgramError(pulumi.RunError):
    """Shown by Pulumi as one line, without a traceback. Says what to change, and where the user's call is."""

    def __init__(self, text: str) -> None:
        place = _users_line()
        super().__init__(f"{text} ({place})" if place else text)


class WrongArgument(ProgramError, TypeError):
    """An argument is unknown, missing or not of the right type: what Python raises, without the traceback."""


def _users_line() -> str:
    """File and line of the innermost call outside of this package; nothing where only libraries are on the stack."""
    frame = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        if not name.startswith((OURS, "<", sys.base_prefix)) and "site-packages" not in name:
            return f"{Path(name).name}:{frame.f_lineno}"
        frame = frame.f_back  # type: ignore[assignment]
    return ""
