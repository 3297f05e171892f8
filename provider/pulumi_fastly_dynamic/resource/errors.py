"""Mistakes in the user's program, told while it runs."""

import pulumi


class ProgramError(pulumi.RunError):
    """Shown by Pulumi as one line, without a traceback. Says what to change."""


class WrongArgument(ProgramError, TypeError):
    """An argument is unknown, missing or not of the right type: what Python raises, without the traceback."""
