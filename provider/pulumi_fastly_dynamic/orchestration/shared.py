"""What all services of one provider process share."""

import threading
import time
from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

from ..schema import Row
from .declared import Declared
from .versions import Acknowledged

if TYPE_CHECKING:
    from ..api.client import Client

T = TypeVar("T")
Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result")

MOST_READS = 32
"""Reads at the same time. A large release has that many lists, and each round trip takes some 0.2 seconds."""
SECOND_LOOKS = (1.0, 3.0)
"""Seconds to wait before what looks wrong is read again: the API may show a change late."""


class OnceCache(Generic[Key, Result]):
    """Results made once per key, by whichever thread comes first; the others wait. A failure is not kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._locks: dict[Key, threading.Lock] = {}
        self._results: dict[Key, Result] = {}

    def get_or_make(self, key: Key, make: Callable[[], Result]) -> Result:
        """The result for the key, made if it is not there."""
        with self._lock:
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            if key not in self._results:
                self._results[key] = make()
            return self._results[key]

    def set(self, key: Key, result: Result) -> None:
        """Stores a result."""
        self._results[key] = result

    def get(self, key: Key) -> Result | None:
        """The result, if there is one."""
        return self._results.get(key)

    def discard(self, key: Key) -> None:
        """Forgets a result."""
        self._results.pop(key, None)

    def made(self) -> list[Key]:
        """The keys that have a result."""
        return list(self._results)


class IdOwnership:
    """Which resource owns which id, in this process: by create, by update, by a diff that finds no change."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owners: dict[str, str] = {}

    def claim(self, object_id: str, owner: str) -> bool:
        """Claims the id; false if another resource owns it."""
        with self._lock:
            return self._owners.setdefault(object_id, owner) == owner

    def is_free(self, object_id: str, owner: str) -> bool:
        """Whether no other resource owns the id."""
        with self._lock:
            return self._owners.get(object_id, owner) == owner

    def release(self, object_id: str) -> None:
        """Forgets the owner: the object is gone."""
        with self._lock:
            self._owners.pop(object_id, None)


class SharedState:
    """The client, threads for reads, and what resources of the program tell each other."""

    def __init__(self, connect: "Callable[[], Client]", sleep: Callable[[float], None] = time.sleep) -> None:
        self._connect = connect
        self.sleep = sleep
        self.ids = IdOwnership()
        self.updating = False
        """Whether the program's resources were checked. A refresh checks none: its diffs say nothing of the program."""
        self.used: set[str] = set()
        """Services that resources of the program use."""
        self.declared_keys: dict[str, set[str]] = {}
        """Keys of live items that the program declares, by container."""
        self.declared_products: dict[str, set[str]] = {}
        """Products that the program names, by service."""
        self.declared_objects: dict[str, tuple[Declared, ...]] = {}
        """What the program declares, by service that is taken over."""
        self.live_rows: OnceCache[str, dict[str, Row]] = OnceCache()
        """Live items that were read, by container."""
        self.acknowledged: dict[str, Acknowledged | None] = {}
        """By service, what the state knows to serve where this stack did not activate it last."""
        self._pool = ThreadPoolExecutor(max_workers=MOST_READS, thread_name_prefix="fastly-read")

    @cached_property
    def client(self) -> "Client":
        """The client, made with the first call: a run that makes none needs no key."""
        return self._connect()

    def together(self, calls: Iterable[Callable[[], T]]) -> list[T]:
        """Runs reads that do not depend on each other in parallel: one round trip."""
        todo = list(calls)
        return [future.result() for future in [self._pool.submit(call) for call in todo]]

    def close(self) -> None:
        """Ends the threads."""
        self._pool.shutdown()
