"""Times that users give."""

from datetime import UTC, datetime

from .arguments import WrongLookup


def utc_text(argument: str, moment: datetime | str) -> str:
    """A time as the API takes it. A text without an offset is in UTC."""
    if isinstance(moment, str):
        try:
            moment = datetime.fromisoformat(moment)
        except ValueError:
            raise WrongLookup(
                f"{argument} is {moment!r}: give a datetime, or a text such as '2026-11-25' or '2026-11-25T17:04:05Z'"
            ) from None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
    elif moment.tzinfo is None:
        raise WrongLookup(f"{argument} is a datetime without a time zone: use datetime.now(UTC), for example")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
