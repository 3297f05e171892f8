"""Checks of arguments that several lookups have."""

from ..failure import Failure


class WrongLookup(Failure):
    """Arguments that do not say what to look up."""


def exactly_one(**given: object) -> None:
    """Refuses none and more than one of these arguments."""
    named = [name for name, value in given.items() if value is not None]
    if len(named) != 1:
        choices = " or ".join(given)
        raise WrongLookup(f"give {choices}" + (f", not {' and '.join(named)}" if named else ""))
