"""Stack configuration of the provider process, and the one ``Process`` it works with."""

import os
import sys
import threading
from collections.abc import Callable
from typing import Any

from ..api import Client
from ..api.client import DEFAULT_ENDPOINT, DEFAULT_MAX_WAIT_SECONDS
from ..failure import Failure
from ..orchestration import Process


class InvalidConfiguration(Failure):
    """A value of the stack's configuration is not usable."""


_lock = threading.Lock()
_process: Process | None = None


def configure(get: Callable[[str], Any]) -> None:
    """Called by the engine once a provider; the first call counts, as the configuration is the stack's."""
    global _process
    # The user gets "ErrorClass: message" and no traceback. Only here: in the program's process it hangs the program.
    sys.tracebacklimit = 0
    key = get("fastly:apiKey") or os.environ.get("FASTLY_API_KEY") or ""
    endpoint = get("fastly:endpoint") or os.environ.get("FASTLY_API_URL") or DEFAULT_ENDPOINT
    max_wait = _seconds(get("fastly:maxWait"))
    with _lock:
        if _process is None:
            _process = Process(lambda: Client(key, endpoint, max_wait=max_wait))


def use(process: Process | None) -> None:
    """Sets the process that providers work with; for tests."""
    global _process
    _process = process


def process() -> Process:
    """The process, shared by all resources of the stack."""
    if _process is None:
        raise Failure("the provider was not configured")
    return _process


def _seconds(value: Any) -> float:
    if value in {None, ""}:
        return DEFAULT_MAX_WAIT_SECONDS
    try:
        seconds = float(value)
    except ValueError:
        seconds = -1
    if seconds < 0:
        raise InvalidConfiguration(f"fastly:maxWait is {value!r}: it must be a number of seconds, 0 or more")
    return seconds
