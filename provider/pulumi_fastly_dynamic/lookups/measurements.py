"""Numbers that Fastly measured, as typed results."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .result import FrozenMap, Result, UnexpectedAnswer

_DELIVERED = ("resp_header_bytes", "resp_body_bytes", "bereq_header_bytes", "bereq_body_bytes")
"""What the bandwidth consists of, where Fastly does not tell it: realtime statistics and those by datacenter."""


@dataclass(frozen=True)
class Measurements(Result):
    """What Fastly measured in a stretch of time.

    An attribute that was not read, since another ``field`` was asked for, raises ``AttributeError``.

    See https://www.fastly.com/documentation/reference/api/metrics-stats/historical-stats/
    """

    values: Mapping[str, float | None] = field(repr=False)
    """Every number of Fastly's answer, by Fastly's name of the field."""

    @property
    def requests(self) -> int:
        """Requests."""
        return self._count("requests")

    @property
    def hits(self) -> int:
        """Requests that were answered from the cache."""
        return self._count("hits")

    @property
    def miss(self) -> int:
        """Requests that were not in the cache."""
        return self._count("miss")

    @property
    def errors(self) -> int:
        """Requests for which Fastly had an error of its own."""
        return self._count("errors")

    @property
    def status_1xx(self) -> int:
        """Responses with a status of 100 to 199."""
        return self._count("status_1xx")

    @property
    def status_2xx(self) -> int:
        """Responses with a status of 200 to 299."""
        return self._count("status_2xx")

    @property
    def status_3xx(self) -> int:
        """Responses with a status of 300 to 399."""
        return self._count("status_3xx")

    @property
    def status_4xx(self) -> int:
        """Responses with a status of 400 to 499."""
        return self._count("status_4xx")

    @property
    def status_5xx(self) -> int:
        """Responses with a status of 500 to 599."""
        return self._count("status_5xx")

    @property
    def bandwidth(self) -> int:
        """Bytes sent to clients and origins."""
        if "bandwidth" in self.values or "resp_body_bytes" not in self.values:
            return self._count("bandwidth")
        return int(sum(self.values.get(name) or 0 for name in _DELIVERED))

    @property
    def hit_ratio(self) -> float | None:
        """Hits by hits and misses, from 0 to 1; ``None`` where there were neither."""
        if "hit_ratio" in self.values:
            return self.values["hit_ratio"]
        looked_up = self.hits + self.miss
        return self.hits / looked_up if looked_up else None

    def _count(self, name: str) -> int:
        if name not in self.values:
            raise AttributeError(f"{name} was not read")
        return int(self.values[name] or 0)


def numbers(row: Any) -> Mapping[str, float | None]:
    """The numbers of a row, unchangeable; texts and nested objects are left out."""
    if not isinstance(row, dict):
        raise UnexpectedAnswer.of(Measurements, "row")
    return FrozenMap({name: value for name, value in row.items() if value is None or type(value) in {int, float}})


def total(parts: Iterable[Measurements]) -> Measurements:
    """Adds up. Ratios are left out: they follow from the sums."""
    sums: dict[str, float | None] = {}
    for part in parts:
        for name, value in part.values.items():
            if name != "hit_ratio":
                sums[name] = (sums.get(name) or 0) + (value or 0)
    return Measurements(sums)
