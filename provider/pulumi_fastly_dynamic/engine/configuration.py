"""Stack configuration of the provider process, and the one ``ProviderState`` it works with."""

import os
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..failure import Failure
from ..orchestration import ProviderState

if TYPE_CHECKING:
    from ..api.client import Client


class InvalidConfiguration(Failure):
    """A value of the stack's configuration is not usable."""


_lock = threading.Lock()
_process: ProviderState | None = None


def configure(get: Callable[[str], Any]) -> None:
    """Called by the engine once a provider; the first call counts, as the configuration is the stack's."""
    global _process  # noqa: PLW0603 - one a provider process
    # The user gets "ErrorClass: message" and no traceback. Only here: in the program's process it hangs the program.
    sys.tracebacklimit = 0
    key, key_source = _from(get, "fastly:apiKey", "FASTLY_API_KEY")
    endpoint, endpoint_source = _from(get, "fastly:endpoint", "FASTLY_API_URL")
    max_wait = _seconds(get("fastly:maxWait"))
    with _lock:
        if _process is None:
            _process = ProviderState(lambda: _connect(key, endpoint, max_wait, (key_source, endpoint_source)))


def _from(get: Callable[[str], Any], setting: str, variable: str) -> tuple[str, str]:
    """The value and where it is from: the stack's configuration takes precedence over the environment."""
    configured = get(setting)
    return (str(configured), setting) if configured else (os.environ.get(variable) or "", variable)


def _connect(key: str, endpoint: str, max_wait: float | None, sources: tuple[str, str]) -> "Client":
    from ..api import client  # noqa: PLC0415 - most runs make no call, and are quicker without an HTTP library

    return client.Client(
        key,
        endpoint or client.DEFAULT_ENDPOINT,
        max_wait=client.DEFAULT_MAX_WAIT_SECONDS if max_wait is None else max_wait,
        key_source=sources[0],
        endpoint_source=sources[1],
    )


def use(process: ProviderState | None) -> None:
    """Sets the process that providers work with; for tests."""
    global _process  # noqa: PLW0603 - one a provider process
    _process = process


def process() -> ProviderState:
    """The process, shared by all resources of the stack."""
    if _process is None:
        raise Failure("the provider was not configured")
    return _process


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
