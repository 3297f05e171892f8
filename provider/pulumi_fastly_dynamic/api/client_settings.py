"""Where key, endpoints and limits come from, and the clients that are made of them."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..failure import Failure
from ..terminal import info

if TYPE_CHECKING:
    from .client import Client


class InvalidConfiguration(Failure):
    """A value of the stack's configuration is not usable."""


@dataclass(frozen=True)
class Settings:
    """What the stack's configuration and the environment say about the API."""

    key: str = field(repr=False)
    key_source: str
    endpoint: str
    endpoint_source: str
    realtime_endpoint: str
    """Empty unless it is set."""
    realtime_source: str
    max_wait: float | None
    tell: Callable[[str], None] = info
    """Shows the user a line, such as that a call waits."""

    @classmethod
    def read(cls, get: Callable[[str], Any]) -> "Settings":
        """Reads them; ``get`` gives the value of a key of the stack's configuration."""
        return cls(
            *_from(get, "fastly:apiKey", "FASTLY_API_KEY"),
            *_from(get, "fastly:endpoint", "FASTLY_API_URL"),
            *_from(get, "fastly:realtimeEndpoint", "FASTLY_REALTIME_URL"),
            _seconds(get("fastly:maxWait")),
        )

    def connect(self) -> "Client":
        """A client for the API."""
        return self._client(self.key, self.endpoint, self.endpoint_source)

    def connect_without_key(self) -> "Client":
        """A client for the few reads that need no key: none is sent."""
        return self._client(None, self.endpoint, self.endpoint_source)

    def connect_realtime(self) -> "Client":
        """A client for realtime statistics, which Fastly serves elsewhere. An emulator answers both."""
        from .client import REALTIME_ENDPOINT  # noqa: PLC0415 - as in _client

        if self.realtime_endpoint:
            return self._client(self.key, self.realtime_endpoint, self.realtime_source)
        # Whoever names another API than Fastly's must not have its key sent to Fastly.
        if self.endpoint:
            return self._client(self.key, self.endpoint, self.endpoint_source)
        return self._client(self.key, REALTIME_ENDPOINT, "")

    def _client(self, key: str | None, endpoint: str, source: str) -> "Client":
        from . import client  # noqa: PLC0415 - most runs make no call, and are quicker without an HTTP library

        return client.Client(
            key,
            endpoint or client.DEFAULT_ENDPOINT,
            max_wait=client.DEFAULT_MAX_WAIT_SECONDS if self.max_wait is None else self.max_wait,
            key_source=self.key_source,
            endpoint_source=source,
            tell=self.tell,
        )


def _from(get: Callable[[str], Any], setting: str, variable: str) -> tuple[str, str]:
    """The value and where it is from: the stack's configuration takes precedence over the environment."""
    configured = get(setting)
    return (str(configured), setting) if configured else (os.environ.get(variable) or "", variable)


def _seconds(value: Any) -> float | None:
    if value in {None, ""}:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = -1
    if not seconds >= 0:  # nan is neither
        raise InvalidConfiguration(f"fastly:maxWait is {value!r}: it must be a number of seconds, 0 or more")
    return seconds
