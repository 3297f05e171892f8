"""Statistics of the last seconds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..api import path
from ..api.time_limit import within
from .arguments import within_range
from .lookup import lookup_with, with_outputs
from .measurements import Measurements, numbers, total
from .result import Result, result_of

if TYPE_CHECKING:
    from ..api.client import Client

LONGEST = 120
"""Seconds that Fastly keeps."""
TIME_LIMIT = 10.0


@dataclass(frozen=True)
class RealtimeSecond(Measurements):
    """What Fastly measured in one second.

    See https://www.fastly.com/documentation/reference/api/metrics-stats/realtime/
    """

    recorded: int
    """The second, as an epoch."""
    datacenters: Mapping[str, Measurements]
    """The same by the code of the datacenter, such as ``AMS``."""


@dataclass(frozen=True)
class GetRealtimeStatsResult(Result):
    """What Fastly measured in the last seconds.

    See https://www.fastly.com/documentation/reference/api/metrics-stats/realtime/
    """

    seconds: tuple[RealtimeSecond, ...]
    """One entry per second, the oldest first."""
    next_timestamp: int
    """The time from which a later read has to go on."""

    @property
    def total(self) -> Measurements:
        """The sum of all seconds."""
        return total(self.seconds)


@lookup_with("realtime_client")
def get_realtime_stats(client: "Client", service_id: str, *, seconds: int = 10) -> GetRealtimeStatsResult:
    """Reads what Fastly measured in the last seconds. Takes 10 seconds at the most.

    It is read from https://rt.fastly.com, or from ``fastly:realtimeEndpoint``.

    See https://www.fastly.com/documentation/reference/api/metrics-stats/realtime/

    :param service_id: the id of the service.
    :param seconds: how many seconds, from 1 to 120.
    """
    within_range("seconds", seconds, 1, LONGEST)
    return _read(client, path("v1", "channel", service_id, "ts", "h", "limit", seconds))


def realtime_since(client: "Client", service_id: str, timestamp: int) -> GetRealtimeStatsResult:
    """The seconds since that time; with 0, the last complete second. Takes 10 seconds at the most."""
    return _read(client, path("v1", "channel", service_id, "ts", timestamp))


get_realtime_stats_output = with_outputs(get_realtime_stats)


@dataclass(frozen=True)
class _Entry:
    recorded: int
    aggregated: dict[str, Any]
    datacenter: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class _Answer:
    Timestamp: int
    Data: list[_Entry] | None


def _read(client: "Client", url: str) -> GetRealtimeStatsResult:
    answer = result_of(_Answer, within(TIME_LIMIT, lambda: client.get_object(url, keys=("Timestamp", "Data"))))
    seconds = tuple(
        RealtimeSecond(
            numbers(entry.aggregated),
            recorded=entry.recorded,
            datacenters={code: Measurements(numbers(row)) for code, row in entry.datacenter.items()},
        )
        for entry in answer.Data or ()
    )
    return GetRealtimeStatsResult(tuple(sorted(seconds, key=lambda each: each.recorded)), answer.Timestamp)
