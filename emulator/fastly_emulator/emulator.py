"""The emulated account: its services, its ids, its clock."""

import hashlib
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from .control_state import Control
from .customer import CUSTOMER_ID, OWNER_ID, customer, owner
from .keys import OWN_TOKEN_ID, TOKENS, own_token
from .state import Account, Limits, Record, Service, Version, timestamp
from .store import Store

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ID_LENGTH = 22


class Emulator(Account):
    """The emulated account and everything in it.

    ``state_file``: where it survives a restart. ``token``: the one ``Fastly-Key`` that is accepted
    besides the tokens that were created; any without it.
    ``seed``: makes the ids the same in every run; without it no two emulators hand out the same id.
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
        """Starts from the state file if it exists, else with an empty account."""
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
        self._seed()

    def _seed(self) -> None:
        self.records.setdefault("user", {OWNER_ID: owner()})
        self.records.setdefault(TOKENS, {OWN_TOKEN_ID: own_token()})
        self.records.setdefault("customer", {CUSTOMER_ID: customer()})

    @property
    def state_file(self) -> Path | None:
        """Return where it survives a restart."""
        return self._store.path.resolve() if self._store is not None else None

    def now(self) -> str:
        """The time as the API writes it."""
        second = int(self.clock())
        if self._now[0] != second:
            self._now = (second, timestamp(second))
        return self._now[1]

    def new_id(self) -> str:
        """An id that was never handed out before: 22 characters of [0-9A-Za-z]."""
        self.ids_made += 1
        return _id_from(f"{self.seed}:{self.ids_made}")

    def changed(self, service: Service, version: Version | None = None, *, container: str | None = None) -> None:
        """Notes what a write touched; a version's ``updated_at`` moves with every write into it."""
        self._dirty = True
        if version is not None:
            version.updated_at = self.now()
        if self._store is not None:
            self._store.forget(service.id, version.number if version else None, container)

    def record_changed(self) -> None:
        """Notes a write to something that belongs to no service."""
        self._dirty = True

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether a write changed anything since the last ``save``."""
        return self._dirty

    def add_event(self, event: Record) -> None:
        """Adds an event to the audit log."""
        self.events_made += 1
        self.events.append({"id": _id_from(f"{self.seed}:event:{self.events_made}"), **event})
        self._dirty = True

    def save(self) -> None:
        """Writes the state file if anything changed; called before a write is answered."""
        if self._dirty:
            self._dirty = False
            if self._store is not None:
                self._store.save(self)

    def reset(self) -> None:
        """Empties everything; ids already handed out are not handed out again."""
        self.services.clear()
        self.records.clear()
        self.events.clear()
        self._seed()
        self.control.reset()
        self._dirty = True
        if self._store is not None:
            self._store.forget_all()
        self.save()


def _id_from(text: str) -> str:
    rest = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
    letters = []
    for _ in range(_ID_LENGTH):
        rest, digit = divmod(rest, 62)
        letters.append(_ALPHABET[digit])
    return "".join(letters)
