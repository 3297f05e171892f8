"""Mistakes in the user's program, told while it runs."""

import pulumi


class ProgramError(pulumi.RunError):
    """Shown by Pulumi as one line, without a traceback. Says what to change."""
