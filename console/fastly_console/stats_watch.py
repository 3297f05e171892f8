"""``fastly-stats --watch``: the last seconds, read again every second."""

import itertools
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pulumi_fastly_dynamic.failure import Failure
from pulumi_fastly_dynamic.lookups import GetRealtimeStatsResult, RealtimeSecond

SECONDS = 60
"""How many are kept and shown, at the most."""
PAUSE_S = 1.0
"""Fastly has something new once a second."""


@dataclass
class Watched:
    """What was read so far."""

    seconds: deque[RealtimeSecond] = field(default_factory=lambda: deque(maxlen=SECONDS))
    failure: str = ""
    """Why the last read failed; empty if it did not."""
    new: tuple[RealtimeSecond, ...] = ()
    """What the last read brought."""


def watch(
    start: Callable[[], GetRealtimeStatsResult],
    go_on: Callable[[int], GetRealtimeStatsResult],
    show: Callable[[Watched], None],
    *,
    sleep: Callable[[float], None] = time.sleep,
    rounds: Iterable[object] | None = None,
) -> None:
    """Reads and shows until Ctrl-C. A read that fails is shown and repeated, except for the first one.

    ``rounds`` ends it earlier.
    """
    watched = Watched()
    timestamp = 0
    try:
        found: GetRealtimeStatsResult | None = start()
        for _ in itertools.count() if rounds is None else rounds:
            if found is not None:
                _take(watched, found)
                timestamp = found.next_timestamp
            show(watched)
            sleep(PAUSE_S)
            found = _read(watched, go_on, timestamp)
    except KeyboardInterrupt:
        return


def _take(watched: Watched, found: GetRealtimeStatsResult) -> None:
    last = watched.seconds[-1].recorded if watched.seconds else 0
    watched.new = tuple(each for each in found.seconds if each.recorded > last)
    watched.seconds.extend(watched.new)
    watched.failure = ""


def _read(
    watched: Watched, go_on: Callable[[int], GetRealtimeStatsResult], timestamp: int
) -> GetRealtimeStatsResult | None:
    try:
        return go_on(timestamp)
    except Failure as failure:
        watched.failure, watched.new = str(failure), ()
        return None
