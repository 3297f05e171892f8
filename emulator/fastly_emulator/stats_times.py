"""Spans of time as the statistics take them.

See https://www.fastly.com/documentation/reference/api/metrics-stats/historical-stats/ and recordings (2021, 2024).
"""

import calendar
import re
import time
from datetime import UTC, datetime

from .state import whole_number

SIZES = {"minute": 60, "hour": 3600, "day": 86400}
"""Seconds of a sample, by what ``by`` says."""
FIRST = {"minute": "30 minutes ago", "hour": "1 day ago", "day": "1 month ago"}
"""Where a span starts whose start is not said, as documented."""

_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_UNITS = {"second": 1, **SIZES, "week": 7 * 86400}
_AGO = re.compile(r"(?P<number>\w+) (?P<unit>second|minute|hour|day|week|month)s? ago")
_DATES = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d")
LATEST = 253_402_300_800
"""The year 10000, which no date has."""


def moment(text: str, now: float) -> float | None:
    """The epoch that a text means; None if it means none.

    Fastly reads anything that the Ruby library Chronic reads. Assumed: what is read here is enough.
    """
    text = " ".join(text.lower().split()) if "ago" in text.lower() else text.strip()
    epoch = whole_number(text)
    if epoch is not None:
        return float(epoch) if epoch < LATEST else None
    if text == "now":
        return now
    if text == "yesterday":
        return now // SIZES["day"] * SIZES["day"] - SIZES["day"]
    found = _AGO.fullmatch(text)
    if found is not None:
        return _ago(found["number"], found["unit"], now)
    return _date(text)


def _ago(word: str, unit: str, now: float) -> float | None:
    number = _NUMBERS.get(word) or whole_number(word)
    if number is None or number > now:
        return None
    if unit == "month":
        return _months_ago(number, now)
    return max(0.0, now - number * _UNITS[unit])


def _months_ago(number: int, now: float) -> float:
    """The same day and time in an earlier month, or that month's last day."""
    then = datetime.fromtimestamp(now, UTC)
    months = then.year * 12 + then.month - 1 - number
    year, month = max(1970, months // 12), months % 12 + 1
    day = min(then.day, calendar.monthrange(year, month)[1])
    return then.replace(year=year, month=month, day=day).timestamp()


def _date(text: str) -> float | None:
    for form in _DATES:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC).timestamp()
        except ValueError:
            continue
    return None


def month_of(year: int, month: int) -> tuple[float, float]:
    """Start and end of a month."""
    days = calendar.monthrange(year, month)[1]
    start = datetime(year, month, 1, tzinfo=UTC).timestamp()
    return start, start + days * SIZES["day"]


def shown(epoch: float) -> str:
    """A time as the statistics write it."""
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(epoch))
