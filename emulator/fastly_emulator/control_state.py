"""What a test can ask of the emulator beside the API: log, faults, lag, latency, rate limit, traffic."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .faults import Fault
from .past import Past
from .traffic import Traffic

PLENTY = 10_000
"""Writes left at the start of an hour, as recorded (the documented ceiling is 1,000)."""

_MEDIAN_MS = {"GET": 171, "POST": 461, "PUT": 645, "PATCH": 221, "DELETE": 247}
_MEDIAN_MS_OF_STEP = {"clone": 356, "activate": 1565, "purge_all": 336}
"""Median server time of the real API. A purge of all was recorded once. An activation was seen to take 1142 to 1987 ms:
the middle of that."""


class Log:
    """The last of what is noted, oldest first."""

    MOST_ENTRIES = 10_000
    MOST_BYTES = 32 * 1024 * 1024

    def __init__(self) -> None:
        """Starts empty."""
        self._entries: deque[tuple[dict[str, Any], int]] = deque()
        self._bytes = 0

    def append(self, entry: dict[str, Any], size: int) -> None:
        """Adds an entry of about that size in bytes; the oldest ones go where there are too many."""
        self._entries.append((entry, size))
        self._bytes += size
        while len(self) > self.MOST_ENTRIES or (self._bytes > self.MOST_BYTES and len(self) > 1):
            self._bytes -= self._entries.popleft()[1]

    def clear(self) -> None:
        """Forgets them."""
        self._entries.clear()
        self._bytes = 0

    def __len__(self) -> int:
        """Counts them."""
        return len(self._entries)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Goes through them."""
        return (entry for entry, _ in self._entries)


@dataclass(slots=True)
class RateLimit:
    """The writes that are left. Unless a test says otherwise nobody runs out of them."""

    remaining: int = PLENTY
    resets_at: int | None = None
    """Epoch of the reset that a test asked for."""

    def spend(self, now: float) -> bool:
        """Counts a write; False if there was none left."""
        if self.resets_at is not None and now >= self.resets_at:
            self.remaining, self.resets_at = PLENTY, None
        if self.remaining > 0:
            self.remaining -= 1
            return True
        if self.resets_at is None:
            self.remaining = PLENTY - 1
            return True
        return False

    def headers(self, now: float) -> list[tuple[str, str]]:
        """What every answer to a write carries; the reset is the next full hour."""
        resets_at = self.resets_at if self.resets_at is not None else (int(now) // 3600 + 1) * 3600
        return [("Fastly-RateLimit-Remaining", str(self.remaining)), ("Fastly-RateLimit-Reset", str(resets_at))]


@dataclass(slots=True)
class Control:
    """The state behind the control endpoints; none of it is in the state file."""

    log: Log = field(default_factory=Log)
    """API requests: method, path, query, form, status, ms."""
    faults: list[Fault] = field(default_factory=list)
    latency: str = "none"
    rate_limit: RateLimit = field(default_factory=RateLimit)
    past: Past = field(default_factory=Past)
    purges: Log = field(default_factory=Log)
    """What was purged: service_id, kind, keys or url, soft, at."""
    purges_made: int = 0
    """For the ids of purges."""
    traffic: Traffic = field(default_factory=Traffic)

    @property
    def lag(self) -> int:
        """How many reads of a service's versions see each activation late."""
        return self.past.lag

    @lag.setter
    def lag(self, reads: int) -> None:
        self.past.lag = reads
        if not reads:
            self.past.late.clear()

    def fault_for(self, method: str, path: str) -> Fault | None:
        """The fault that hits this request, and counts it."""
        for fault in self.faults:
            if not fault.matches(method, path):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.times -= 1
            if fault.times <= 0:
                self.faults.remove(fault)
            return fault
        return None

    def seconds_for(self, method: str, path: str) -> float:
        """How long the real API would have taken, if that was asked for."""
        if self.latency != "real":
            return 0.0
        step = path.rpartition("/")[2]
        return _MEDIAN_MS_OF_STEP.get(step, _MEDIAN_MS.get(method, 0)) / 1000

    def reset(self) -> None:
        """Forgets everything."""
        self.log.clear()
        self.faults.clear()
        self.latency = "none"
        self.rate_limit = RateLimit()
        self.past = Past()
        self.purges.clear()
        self.traffic.clear()
