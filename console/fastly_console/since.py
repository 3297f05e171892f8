"""How far back a command looks."""

import argparse
import re
from datetime import UTC, datetime, timedelta

from pulumi_fastly_dynamic.failure import Failure
from pulumi_fastly_dynamic.lookups.times import instant_of_text

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def add_since(parser: "argparse._ActionsContainer", default: str) -> None:
    """Adds ``--since`` to the options of a command."""
    help_ = (
        "how far back to look: 90m, 24h, 7d, 2w, or a time such as 2026-11-01, 2026-11-01T17:00Z or "
        f"2026-11-01T17:00+02:00 (in UTC without an offset; default: {default})"
    )
    parser.add_argument("--since", default=default, metavar="TIME", help=help_)


def since_of(text: str, now: datetime) -> datetime:
    """The time that ``--since`` says, in UTC."""
    try:
        if match := re.fullmatch(r"(\d{1,6})([mhdw])", text):
            return (now - timedelta(**{_UNITS[match[2]]: int(match[1])})).astimezone(UTC)
        return instant_of_text(text)
    except (ValueError, OverflowError):
        raise Failure(f"--since is {text!r}: give a time such as 24h, 7d, 2026-11-01 or 2026-11-01T17:00Z") from None
