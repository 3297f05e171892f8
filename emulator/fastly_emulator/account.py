"""The emulated account: its services, its ids, its clock."""

from __future__ import annotations

import hashlib
import secrets
import time
from typing import TYPE_CHECKING

from fastly_emulator.control_state import Control
from fastly_emulator.state import Account, Limits, timestamp
from fastly_emulator.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fastly_emulator.state import Service, Version

__all__ = ["CUSTOMER_ID", "Emulator"]

CUSTOMER_ID = "x4xCwxxJxGCx123Rx5xTx0"
"""The one account there is; the id is the one of the documents' examples, made 22 characters long."""

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ID_LENGTH = 22


class Emulator(Account):
    """The emulated account and everything in it.

    `state_file`: where it survives a restart. `token`: the one `Fastly-Key` that is accepted; any without it.
    `seed`: makes the ids the same in every run; without it no two emulators hand out the same id.
    """

    def __init__(
        self,
        state_file: str | Path | None = None,
        token: str | None = None,
        *,
        seed: str | None = None,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Start from the state file if it exists, else with an empty account."""
        super().__init__(seed or secrets.token_hex(8))
        self.token = token
        self.limits = limits or Limits()
        self.clock = clock
        self.control = Control()
        self._dirty = False
        self._now = (0, "")
        self._store = Store(state_file) if state_file is not None else None
        if self._store is not None:
            self._store.load(self)

    @property
    def state_file(self) -> Path | None:
        """Return where it survives a restart."""
        return self._store.path.resolve() if self._store is not None else None

    def now(self) -> str:
        """Return the time as the API writes it."""
        second = int(self.clock())
        if self._now[0] != second:
            self._now = (second, timestamp(second))
        return self._now[1]

    def new_id(self) -> str:
        """Return an id that was never handed out before: 22 characters of [0-9A-Za-z]."""
        self.ids_made += 1
        rest = int.from_bytes(hashlib.sha256(f"{self.seed}:{self.ids_made}".encode()).digest(), "big")
        letters = []
        for _ in range(_ID_LENGTH):
            rest, digit = divmod(rest, 62)
            letters.append(_ALPHABET[digit])
        return "".join(letters)

    def changed(self, service: Service, version: Version | None = None, *, container: str | None = None) -> None:
        """Note what a write touched; a version's `updated_at` moves with every write into it."""
        self._dirty = True
        if version is not None:
            version.updated_at = self.now()
        if self._store is not None:
            self._store.forget(service.id, version.number if version else None, container)

    def save(self) -> None:
        """Write the state file if anything changed; called before a write is answered."""
        if self._dirty:
            self._dirty = False
            if self._store is not None:
                self._store.save(self)

    def reset(self) -> None:
        """Empty everything; ids already handed out are not handed out again."""
        self.services.clear()
        self.control.reset()
        self._dirty = True
        if self._store is not None:
            self._store.forget_all()
        self.save()
