"""Statistics: what is asked of Fastly in each mode, and typed rows."""

import asyncio
from datetime import UTC, datetime
from threading import Event
from typing import Any

import httpx
import pulumi_fastly_dynamic as fastly
import pytest
from fastly_emulator import Emulator
from pulumi_fastly_dynamic.lookups.connection import connection
from pulumi_fastly_dynamic.lookups.measurements import Measurements, numbers, total
from pulumi_fastly_dynamic.lookups.realtime_lookups import realtime_since
from pulumi_fastly_dynamic.lookups.result import UnexpectedAnswer

NOW = 1_700_000_000
HOUR = 3600
LAST_HOUR = NOW - NOW % HOUR - HOUR
SINCE = datetime.fromtimestamp(LAST_HOUR, UTC)


@pytest.fixture
def emulator() -> Emulator:
    return Emulator(seed="stats", clock=lambda: NOW)


@pytest.fixture
def service(http: httpx.Client, emulator: Emulator) -> str:
    """A service with traffic in the last full hour, and in the last second."""
    identifier: str = http.post("/service", data={"name": "www"}).json()["id"]
    rows: list[dict[str, Any]] = [
        {"time": LAST_HOUR, "requests": 10, "hits": 6, "miss": 2, "errors": 1, "status_5xx": 1, "bandwidth": 1000},
        {"time": LAST_HOUR + 60, "datacenter": "WDC", "requests": 5, "hits": 0, "miss": 5, "bandwidth": 500},
        {"time": NOW - 1, "requests": 3, "hits": 2, "bandwidth": 30},
    ]
    http.put("/_emulator/stats", json={"traffic": [{"service_id": identifier, **row} for row in rows]})
    emulator.control.log.clear()
    return identifier


def _asked(emulator: Emulator) -> tuple[str, dict[str, str]]:
    entry = list(emulator.control.log)[-1]
    return entry["path"], entry["query"]


@pytest.mark.parametrize(
    ("arguments", "path", "query", "rows"),
    [
        (
            {"service_id": "ID", "by": "hour"},
            "/stats/service/ID",
            {"by": "hour"},
            [("start_time", LAST_HOUR, 15)],
        ),
        (
            {"by": "minute", "from_": "4 hours ago", "to": SINCE, "region": "europe"},
            "/stats/aggregate",
            {"by": "minute", "from": "4 hours ago", "to": str(LAST_HOUR), "region": "europe"},
            [],
        ),
        (
            {"service_id": "ID", "by": "minute", "from_": SINCE, "field": "requests"},
            "/stats/service/ID/field/requests",
            {"by": "minute", "from": str(LAST_HOUR)},
            [("start_time", LAST_HOUR, 10), ("start_time", LAST_HOUR + 60, 5)],
        ),
        ({"each_service": True, "by": "hour"}, "/stats", {"by": "hour"}, [("service_id", "ID", 15)]),
        (
            {"each_service": True, "by": "hour", "field": "requests"},
            "/stats/field/requests",
            {"by": "hour"},
            [("service_id", "ID", 15)],
        ),
        (
            {"service_id": "ID", "by": "datacenter", "from_": LAST_HOUR, "to": LAST_HOUR + HOUR},
            "/service/ID/stats/summary",
            {"start_time": str(LAST_HOUR), "end_time": str(LAST_HOUR + HOUR)},
            [("datacenter", "AMS", 10), ("datacenter", "WDC", 5)],
        ),
        (
            {"service_id": "ID", "by": "datacenter", "type": "daily"},
            "/service/ID/stats/daily",
            {},
            [("datacenter", "AMS", 13), ("datacenter", "WDC", 5)],
        ),
        ({"by": "region"}, "/stats/usage", {}, [("region", "europe", 13), ("region", "usa", 5)]),
        (
            {"by": "region", "each_service": True, "from_": 1},
            "/stats/usage_by_service",
            {"from": "1"},
            [("region", "europe", 13), ("region", "usa", 5)],
        ),
        (
            {"by": "region", "service_id": "ID"},
            "/stats/usage_by_service",
            {},
            [("region", "europe", 13), ("region", "usa", 5)],
        ),
    ],
)
def test_modes(
    service: str,
    emulator: Emulator,
    arguments: dict[str, Any],
    path: str,
    query: dict[str, str],
    rows: list[tuple[str, Any, int]],
) -> None:
    given = {name: service if value == "ID" else value for name, value in arguments.items()}
    found = fastly.get_stats(**given)
    assert _asked(emulator) == (path.replace("ID", service), query)
    told = [(name, service if value == "ID" else value, count) for name, value, count in rows]
    names = [name for name, _, _ in rows] or ["start_time"]
    assert [(names[0], getattr(row, names[0]), row.requests) for row in found.rows if row.requests] == told


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"service_id": "a", "each_service": True}, "give service_id or each_service, not both"),
        ({"by": "datacenter"}, "by='datacenter' needs service_id"),
        ({"service_id": "a", "type": "daily"}, "type is for by='datacenter'"),
        (
            {"service_id": "a", "to": SINCE.replace(tzinfo=None)},
            "to is a datetime without a time zone: use datetime.now(UTC), for example",
        ),
        ({"by": "region", "field": "requests"}, "field is not for by='region'"),
        ({"by": "region", "region": "usa"}, "region is not for by='region'"),
        ({"field": "hits"}, "field needs service_id or each_service=True: Fastly has no sums of one field"),
        (
            {"service_id": "a", "by": "datacenter", "from_": 1},
            "by='datacenter' needs from_ and to, or type='hourly' or 'daily'",
        ),
        (
            {"service_id": "a", "by": "datacenter", "from_": "now", "to": 1},
            "from_ is 'now': by='datacenter' needs an epoch or a datetime",
        ),
    ],
)
def test_arguments_that_are_refused(
    http: httpx.Client, emulator: Emulator, arguments: dict[str, Any], text: str
) -> None:
    with pytest.raises(fastly.LookupFailed) as raised:
        fastly.get_stats(**arguments)
    assert str(raised.value).rpartition(" (test_stats_lookups.py:")[0] == f"get_stats: WrongLookup: {text}"
    assert len(emulator.control.log) == 0


def test_a_row(service: str) -> None:
    (row,) = fastly.get_stats(service, by="hour").rows
    assert (row.requests, row.hits, row.miss, row.errors, row.status_5xx, row.status_2xx) == (15, 6, 7, 1, 1, 0)
    assert (row.bandwidth, row.hit_ratio) == (1500, 6 / 13)
    assert row.values["tls_v13"] == 0
    assert "start_time" not in row.values
    with pytest.raises(TypeError):
        row.values["requests"] = 1  # type: ignore[index]


def test_what_was_not_read_is_not_zero(service: str) -> None:
    (row,) = fastly.get_stats(service, by="hour", field="bandwidth").rows
    assert row.bandwidth == 1500
    for name in ("requests", "hit_ratio", "status_5xx"):
        with pytest.raises(AttributeError, match="was not read"):
            getattr(row, name)
    with pytest.raises(AttributeError, match="bandwidth was not read"):
        _ = Measurements({"requests": 1}).bandwidth


def test_numbers_of_a_row_that_is_none() -> None:
    assert dict(numbers({"a": 1, "b": None, "c": "x", "d": {}, "e": True})) == {"a": 1, "b": None}
    with pytest.raises(UnexpectedAnswer, match="for Measurements has no usable row"):
        numbers([1])


def test_sums() -> None:
    assert total([]).values == {}
    found = total(Measurements(numbers(row)) for row in ({"hits": 1, "hit_ratio": 1.0}, {"hits": None, "miss": 1}))
    assert (found.hits, found.miss, found.hit_ratio) == (1, 1, 0.5)
    assert total([Measurements({"hits": 0, "miss": 0})]).hit_ratio is None


# -- Realtime ---------------------------------------------------------------------------------------------------------


def test_the_last_seconds(service: str, emulator: Emulator) -> None:
    found = fastly.get_realtime_stats(service, seconds=3)
    assert _asked(emulator) == (f"/v1/channel/{service}/ts/h/limit/3", {})
    assert [each.recorded for each in found.seconds] == [NOW - 3, NOW - 2, NOW - 1]
    last = found.seconds[-1]
    assert (last.requests, last.bandwidth, last.hit_ratio) == (3, 30, 1.0)
    assert last.datacenters["AMS"].hits == 2
    assert (found.next_timestamp, found.total.requests) == (NOW, 3)


def test_what_came_since(service: str) -> None:
    assert [each.requests for each in realtime_since(connection.realtime_client, service, 0).seconds] == [3]
    assert realtime_since(connection.realtime_client, service, NOW).seconds == ()


@pytest.mark.parametrize("seconds", [0, 121])
def test_seconds_that_fastly_does_not_keep(http: httpx.Client, seconds: int) -> None:
    with pytest.raises(fastly.LookupFailed, match=rf"WrongLookup: seconds is {seconds}: it must be from 1 to 120"):
        fastly.get_realtime_stats("id", seconds=seconds)


def test_outputs(service: str) -> None:
    async def run() -> Any:
        return await fastly.get_stats_output(service, by="hour").apply(lambda found: found.rows[0].requests).future()

    assert asyncio.run(run()) == 15


def test_realtime_statistics_take_a_bounded_time(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pulumi_fastly_dynamic.lookups.realtime_lookups.TIME_LIMIT", 0.01)
    monkeypatch.setattr(connection.realtime_client, "get_object", lambda *_args, **_kwargs: Event().wait())
    with pytest.raises(fastly.LookupFailed, match=r"^get_realtime_stats: TookTooLong: no answer within 0\.01 s"):
        fastly.get_realtime_stats(service)
