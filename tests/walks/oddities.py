"""An API that is odd for a while: late, or not as asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastly_emulator.faults import Fault
from fastly_emulator.past import list_of

from .ledger import Ledger

STORED_INSTEAD: dict[str, dict[str, Any]] = {
    "backend": {"weight": "55"},
    "condition": {"priority": "55"},
    "snippet": {"priority": "55"},
}
"""By list, what the API stores instead of what was asked."""


@dataclass
class Oddities:
    """What is odd in the answers to one client; others see the truth."""

    ledger: Ledger
    actor: str
    lag: int = 0
    """How many reads see an activation of this client late."""
    stale: int = 0
    """How many lists are answered as before the last write, if that was of this client and this command."""
    stored: int = 0
    """How many writes store something else than asked."""
    written: set[str] = field(default_factory=set)
    """The lists that this client wrote to since the command began."""
    late: dict[str, tuple[int | None, int]] = field(default_factory=dict)
    """What the emulator would show late, by service."""

    @contextmanager
    def while_answering(self, name: str, request: httpx.Request) -> Iterator[None]:
        """Makes the emulator odd for one call."""
        control = self.ledger.emulator.control
        path = request.url.path
        collection = next(iter(path.split("/")[5:6]), "") if name in {"post", "put"} else ""
        if self.stored and collection in STORED_INSTEAD:
            self.stored -= 1
            control.faults.append(Fault(request.method, path, store=STORED_INSTEAD[collection]))
        elif self.stale and name == "list" and path in self.written and self.ledger.last_writer(path) == self.actor:
            self.stale -= 1
            control.faults.append(Fault("GET", path, stale=True))
        if name in {"post", "put", "delete"}:
            self.written.add(list_of(path) or "")
        control.past.lag, control.past.late = (self.lag if self._is_next(name, path) else 0), self.late
        try:
            yield
        finally:
            control.past.lag, control.past.late = 0, {}
            control.faults.clear()

    def _is_next(self, name: str, path: str) -> bool:
        """Whether a call activates a version after one of this client, or the first one.

        Nobody could tell a flag that is late from someone else's activation.
        """
        events = self.ledger.activations.get(path.split("/")[2], []) if name == "activate" else []
        return name == "activate" and (not events or events[-1].actor == self.actor)
