"""What one provider process knows."""

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from .owner import Owner
from .session import ServiceSession
from .shared import SharedState

if TYPE_CHECKING:
    from ..api.client import Client


class ProviderState(SharedState):
    """All that this process knows. One per provider process, for all resources of a stack; tests make their own."""

    def __init__(self, connect: "Callable[[], Client]", sleep: Callable[[float], None] = time.sleep) -> None:
        super().__init__(connect, sleep)
        self._lock = threading.Lock()
        self._write_locks: dict[str, threading.RLock] = {}
        self._sessions: dict[tuple[str, Owner], ServiceSession] = {}

    def session(self, service_id: str, owner: Owner) -> ServiceSession:
        """The work on one service, for one owner of drafts."""
        with self._lock:
            lock = self._write_locks.setdefault(service_id, threading.RLock())
            new = ServiceSession(self, service_id, owner, lock)
            return self._sessions.setdefault((service_id, owner), new)
