"""What services served: the one series from which all statistics are derived."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from .stats_fields import COUNTED, Counts, Number

_COUNTED = frozenset(COUNTED)
HERE = "AMS"
"""The datacenter that is meant where none is named: the first of Fastly's list."""


@dataclass(frozen=True, slots=True)
class Served:
    """What a datacenter served of a service in one second."""

    service_id: str
    second: int
    """Epoch."""
    datacenter: str
    counts: Mapping[str, Number]


class Traffic:
    """What was served, by service, second and datacenter."""

    MOST_ENTRIES = 100_000

    def __init__(self) -> None:
        """Starts with no traffic."""
        self._counts: dict[tuple[str, int, str], Counts] = {}

    def add(self, service_id: str, second: int, counts: Mapping[str, Number], *, datacenter: str = HERE) -> None:
        """Adds to what was served in that second; the oldest entries go where there are too many.

        ``counts`` has names of ``COUNTED``, or ``bandwidth``, which stands for bytes of bodies.
        """
        held = self._counts.setdefault((service_id, second, datacenter), {})
        for name, value in counts.items():
            counted = "resp_body_bytes" if name == "bandwidth" else name
            if counted not in _COUNTED:
                raise ValueError(f"there is no count {name!r}")
            held[counted] = held.get(counted, 0) + value
        while len(self._counts) > self.MOST_ENTRIES:
            del self._counts[next(iter(self._counts))]

    def clear(self) -> None:
        """Forgets all traffic."""
        self._counts.clear()

    def __iter__(self) -> Iterator[Served]:
        """Goes through all traffic, in the order of time."""
        return iter(self._in_order(self._counts))

    def of(self, service_ids: Collection[str], start: float, end: float) -> list[Served]:
        """What these services served from ``start`` until before ``end``, in the order of time."""
        return self._in_order(key for key in self._counts if key[0] in service_ids and start <= key[1] < end)

    def _in_order(self, keys: Iterable[tuple[str, int, str]]) -> list[Served]:
        return [Served(*key, self._counts[key]) for key in sorted(keys, key=lambda key: key[1])]
