"""Errors of the Fastly API, one class a status, all under ``FastlyError``.

FastlyError
├── BadRequest (400)
├── Unauthorized (401)
├── Forbidden (403)
├── NotFound (404)
├── Conflict (409)
├── Unprocessable (422)
├── RateLimited (429)
├── ServerError (5xx)
└── ConnectionFailed (no answer from Fastly)
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus

from typing_extensions import override

from ..failure import Failure

UNKNOWN_TIME = "an unknown time"


@dataclass(frozen=True)
class RateLimit:
    """What a response says about the hourly limit on writes: how many are left, and when it resets (Unix time)."""

    remaining: int | None = None
    reset: int | None = None
    seconds: float | None = field(default=None, compare=False)
    """Seconds from the response to the reset, by the server's clock; ``None`` unless they are plausible."""

    def reset_time(self) -> str:
        """The time of the reset in UTC, for messages."""
        if self.reset is None:
            return UNKNOWN_TIME
        try:
            return datetime.fromtimestamp(self.reset, UTC).strftime("%H:%M:%S UTC")
        except (ValueError, OverflowError, OSError):  # it is whatever the header said
            return UNKNOWN_TIME


class FastlyError(Failure):
    """An answer that is not 2xx, or none of Fastly's. Has the status, Fastly's own words and the request's line."""

    def __init__(
        self,
        method: str,
        path: str,
        status: int | None,
        msg: str,
        detail: str | None = None,
        rate_limit: RateLimit | None = None,
    ) -> None:
        self.method = method
        self.path = path
        self.status = status
        self.msg = msg
        self.detail = detail
        self.rate_limit = rate_limit
        self.is_worded = True
        """Whether the body says what is wrong, in one of the API's shapes; the page of a gateway does not."""
        words = f"{msg}: {detail}" if detail else msg
        answered = f"{status} " if status else ""
        super().__init__(f"{method} {path}: {answered}{' '.join(words.split())}")

    @property
    def outcome_unknown(self) -> bool:
        """Whether this write may or may not have been done: settle it by reading."""
        return False

    @property
    def is_gone(self) -> bool:
        """Whether the object, or its whole service, does not exist (any more)."""
        return False


class BadRequest(FastlyError):
    """400: a value that the API does not take; also its answer for a service that is deleted."""

    @property
    @override
    def is_gone(self) -> bool:
        return bool(self.detail and self.detail.startswith("Service '") and self.detail.endswith("is deleted"))


class Unauthorized(FastlyError):
    """401: the API key is missing or wrong."""


class Forbidden(FastlyError):
    """403: the API key lacks the scope or the role."""

    def naming(self, roles: Sequence[str], *, only_reads: bool = False) -> "Forbidden":
        """The error with the scope and the roles of which the key needs one; itself if no roles are known."""
        if not roles:
            return self
        scope = "global or global:read" if only_reads else "global"
        need = f"this needs an API key with the scope {scope}, of a user with the role {' or '.join(roles)}"
        detail = f"{self.detail}; {need}" if self.detail else need
        return Forbidden(self.method, self.path, self.status, self.msg, detail, self.rate_limit)


class NotFound(FastlyError):
    """404: there is no such object."""

    @property
    def is_missing(self) -> bool:
        """Whether Fastly itself says that nothing is at this path; the words differ from path to path."""
        return self.is_worded and not (self.detail or "").startswith("Cannot find")

    @property
    @override
    def is_gone(self) -> bool:
        # Not the 404 of a gateway on the way, nor "Cannot find ...": a path that the API does not have, or a service
        # to which the key is not bound. What counts as gone is dropped from the state.
        return self.msg == "Record not found" and bool(self.detail and self.detail.startswith("Couldn't find"))


class Conflict(FastlyError):
    """409: the name is taken."""


class Unprocessable(FastlyError):
    """422: the version is locked."""


class RateLimited(FastlyError):
    """429: the hourly limit on writes is used up, and waiting for ``fastly:maxWait`` seconds did not help."""


class ServerError(FastlyError):
    """5xx: something failed at Fastly."""

    @property
    @override
    def outcome_unknown(self) -> bool:
        return self.method != "GET"


class ConnectionFailed(FastlyError):
    """No answer from Fastly: the connection failed, timed out or broke, or something else answered."""

    def __init__(self, method: str, path: str, msg: str, *, sent: bool) -> None:
        super().__init__(method, path, None, msg)
        self.sent = sent

    @property
    @override
    def outcome_unknown(self) -> bool:
        return self.sent and self.method != "GET"


BY_STATUS: dict[int, type[FastlyError]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    422: Unprocessable,
    429: RateLimited,
}


def error_class(status: int) -> type[FastlyError]:
    """The class for a status; an unknown 4xx is a plain ``FastlyError``."""
    return ServerError if status >= HTTPStatus.INTERNAL_SERVER_ERROR else BY_STATUS.get(status, FastlyError)
