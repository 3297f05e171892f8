"""Stack configuration of the provider process, and the one ``ProviderState`` it works with."""

import sys
import threading
from collections.abc import Callable
from typing import Any

from ..api import Settings
from ..failure import Failure
from ..orchestration import ProviderState

_lock = threading.Lock()
_process: ProviderState | None = None


def configure(get: Callable[[str], Any]) -> None:
    """Called by the engine once a provider; the first call counts, as the configuration is the stack's."""
    global _process  # noqa: PLW0603 - one a provider process
    # The user gets "ErrorClass: message" and no traceback. Only here: in the program's process it hangs the program.
    sys.tracebacklimit = 0
    settings = Settings.read(get)
    with _lock:
        if _process is None:
            _process = ProviderState(settings.connect)


def use(process: ProviderState | None) -> None:
    """Sets the process that providers work with; for tests."""
    global _process  # noqa: PLW0603 - one a provider process
    _process = process


def process() -> ProviderState:
    """The process, shared by all resources of the stack."""
    if _process is None:
        raise Failure("the provider was not configured")
    return _process
