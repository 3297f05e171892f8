"""What a response of the API says: a body of the expected shape, or an error."""

import time
from collections.abc import Collection
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import httpx

from .fastly_error import FastlyError, RateLimit, error_class
from .redaction import redact

LONGEST_LIMIT = 24 * 3600
"""The limit is hourly: a reset further away than a day is in another unit, or nonsense."""


@dataclass(frozen=True)
class Expected:
    """The shape that a successful response has if it comes from Fastly, rather than from a proxy or a login page."""

    is_object: bool = False
    is_list: bool = False
    """Of objects. If both are set, either will do."""
    is_array: bool = False
    """A list of anything."""
    is_text: bool = False
    """No JSON, but not HTML either: that of a login page or a proxy."""
    may_be_empty: bool = False
    """No body is as good as an object."""
    keys: tuple[str, ...] = ()
    """Keys that every object has."""

    def read(self, response: httpx.Response) -> Any:
        """The body. Raises ``ValueError``, whose text ends "is not ...", if it has another shape."""
        if not response.content and self.may_be_empty:
            return {}
        if self.is_text:
            if response.text.lstrip()[:1] in {"", "<"}:
                raise ValueError("is not plain text")
            return response.text
        try:
            body = response.json()
        except (ValueError, RecursionError):
            raise ValueError("is not JSON") from None
        if not self._fits(body):
            raise ValueError(f"is not {self}")
        return body

    def _fits(self, body: Any) -> bool:
        if isinstance(body, list):
            return self.is_array or (self.is_list and all(self._is_object(row) for row in body))
        return self.is_object and self._is_object(body)

    def _is_object(self, body: Any) -> bool:
        # No object of the API is without fields.
        return isinstance(body, dict) and bool(body) and all(key in body for key in self.keys)

    def __str__(self) -> str:
        kinds = ["a JSON object"] * self.is_object + ["a JSON list of objects"] * self.is_list
        kinds += ["a JSON list"] * self.is_array
        return " or ".join(kinds) + (f" with the keys {', '.join(self.keys)}" if self.keys else "")


def error_of(method: str, url: str, response: httpx.Response, secrets: Collection[str], key_source: str) -> FastlyError:
    """The error that a response with another status than 2xx is."""
    try:
        msg, detail = _words(response.json())
    except (ValueError, RecursionError):
        msg, detail = "", ""
    limit = _rate_limit(response)
    advice = ""
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        advice = _advice(limit)
    elif response.status_code == HTTPStatus.UNAUTHORIZED:
        advice = f"check {key_source}"
    elif response.status_code == HTTPStatus.FORBIDDEN:
        advice = f"check the role and scope of {key_source}"
    error = error_class(response.status_code)(
        method,
        url,
        response.status_code,
        redact(msg or response.reason_phrase or "error", secrets),
        "; ".join(part for part in (redact(detail, secrets), advice) if part) or None,
        limit,
    )
    error.is_worded = bool(msg)
    return error


def _words(body: Any) -> tuple[str, str]:
    """Message and detail of an error body; 5xx responses and problem+json (RFC 9457) have shapes of their own."""
    if not isinstance(body, dict):
        return "", ""
    errors = body.get("errors")
    if isinstance(errors, list) and errors and isinstance(errors[0], dict):
        return _text(errors[0].get("title")), _text(errors[0].get("detail"))
    return _text(body.get("msg") or body.get("title")), _text(body.get("detail"))


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _advice(limit: RateLimit) -> str:
    if limit.seconds is None:
        return "the response does not say when the limit resets; run the same command again later"
    return f"the limit resets at {limit.reset_time()}; run the same command again after that"


def _rate_limit(response: httpx.Response) -> RateLimit:
    reset = _number(response.headers.get("Fastly-RateLimit-Reset"))
    seconds = None if reset is None else reset - _clock(response)
    if seconds is not None and not 0 < seconds <= LONGEST_LIMIT:
        seconds = None
    return RateLimit(_number(response.headers.get("Fastly-RateLimit-Remaining")), reset, seconds)


def _clock(response: httpx.Response) -> float:
    """The time at the server, which counts where this machine's clock is wrong; else this machine's."""
    try:
        return parsedate_to_datetime(response.headers.get("Date", "")).timestamp()
    except (TypeError, ValueError, OverflowError):
        return time.time()


def _number(value: str | None) -> int | None:
    try:
        return int(value or "")
    except ValueError:
        return None
