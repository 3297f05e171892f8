"""What is sent again, and when."""

from collections.abc import Callable
from http import HTTPStatus

import tenacity

from .fastly_error import ConnectionFailed, FastlyError, RateLimit

ATTEMPTS = 4
REPEATED_STATUSES = {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}
LONGEST_STEP = 60.0


def attempts(*, repeatable: bool, sleep: Callable[[float], None]) -> tenacity.Retrying:
    """The attempts of one call: several after a failure, if the call may be repeated or was not sent."""
    return tenacity.Retrying(
        retry=tenacity.retry_if_exception(lambda error: _is_repeated(error, repeatable=repeatable)),
        stop=tenacity.stop_after_attempt(ATTEMPTS),
        wait=tenacity.wait_exponential(multiplier=0.5, max=8) + tenacity.wait_random(0, 0.5),
        sleep=sleep,
        reraise=True,
    )


def _is_repeated(error: BaseException, *, repeatable: bool) -> bool:
    if isinstance(error, ConnectionFailed):
        return repeatable or not error.sent
    return repeatable and isinstance(error, FastlyError) and error.status in REPEATED_STATUSES


class Patience:
    """How long one call may still wait for the rate limit, and in which steps.

    Each step is longer than the one before, up to a minute, so that no reset, whatever it says, causes a flood of
    requests.
    """

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self._step = 1.0

    def wait(self, limit: RateLimit | None) -> float | None:
        """Seconds to wait before the next try; ``None`` if that is too long."""
        until = limit.seconds if limit else None
        seconds = self._step if until is None else max(self._step, until + 1)
        if seconds > self._left:
            return None
        self._left -= seconds
        self._step = min(2 * self._step, LONGEST_STEP)
        return seconds
