"""Times that users give."""

from datetime import UTC, datetime

from .arguments import WrongLookup


def instant(argument: str, moment: datetime | str) -> datetime:
    """The time, in UTC. A text without an offset is in UTC; a datetime without a time zone is refused."""
    if isinstance(moment, str):
        try:
            return instant_of_text(moment)
        except ValueError:
            raise WrongLookup(
                f"{argument} is {moment!r}: give a datetime, or a text such as '2026-11-25' or '2026-11-25T17:04:05Z'"
            ) from None
    if moment.tzinfo is None:
        raise WrongLookup(f"{argument} is a datetime without a time zone: use datetime.now(UTC), for example")
    return moment.astimezone(UTC)


def instant_of_text(text: str) -> datetime:
    """The time that a text in ISO 8601 says, in UTC. Raises ``ValueError``."""
    moment = datetime.fromisoformat(text)
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError as error:  # at the ends of what a datetime can say
        raise ValueError(text) from error


def utc_text(moment: datetime) -> str:
    """A time in UTC as the API takes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
