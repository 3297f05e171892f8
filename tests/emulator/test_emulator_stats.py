"""Statistics: one series of traffic, and all answers that are derived from it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fastly_emulator import Emulator, create_app
from fastly_emulator.datacenters import datacenters, regions
from fastly_emulator.stats_times import moment
from fastly_emulator.testing import InProcessTransport
from fastly_emulator.traffic import Traffic

if TYPE_CHECKING:
    from conftest import Api, Clock

HOUR, DAY = 3600, 86400
NOW = 1_700_000_000
"""The clock's time: 2023-11-14 22:13:20 UTC."""
THIS_HOUR = NOW - NOW % HOUR


def _serve(api: Api, *rows: dict[str, Any], method: str = "PUT") -> Any:
    return api.control(method, "stats", {"traffic": [{"service_id": api.service, **row} for row in rows]})


@pytest.fixture
def busy(api: Api) -> Api:
    """Traffic of two datacenters in two hours, and in this minute."""
    _serve(
        api,
        {"time": THIS_HOUR - 2 * HOUR + 5, "requests": 10, "hits": 6, "miss": 2, "status_5xx": 1, "bandwidth": 1000},
        {"time": THIS_HOUR - 2 * HOUR + 70, "requests": 20, "hits": 12, "miss": 4, "bandwidth": 500},
        {"time": THIS_HOUR - HOUR, "datacenter": "WDC", "requests": 3, "resp_body_bytes": 7, "bereq_header_bytes": 2},
        {"time": NOW - 1, "requests": 5, "hits": 5},
    )
    return api


# -- Historical -------------------------------------------------------------------------------------------------------


def test_rows_by_hour(busy: Api) -> None:
    answer = busy.get(f"/stats/service/{busy.service}?by=hour")
    assert answer["meta"] == {
        "from": "2023-11-13 22:13:20 UTC",
        "to": "2023-11-14 22:13:20 UTC",
        "by": "hour",
        "region": "all",
    }
    assert (answer["status"], answer["msg"]) == ("success", None)
    first, second = answer["data"]
    assert first["start_time"] == THIS_HOUR - 2 * HOUR
    assert {name: first[name] for name in ("requests", "hits", "miss", "status_5xx", "bandwidth", "hit_ratio")} == {
        "requests": 30,
        "hits": 18,
        "miss": 6,
        "status_5xx": 1,
        "bandwidth": 1500,
        "hit_ratio": 0.75,
    }
    assert (second["requests"], second["bandwidth"], second["hit_ratio"]) == (3, 9, None)


@pytest.mark.parametrize(
    ("query", "requests"),
    [
        ("by=minute", []),
        ("by=minute&from=4 hours ago", [10, 20, 3]),
        ("by=minute&from=4 hours ago&to=1 hour ago", [10, 20, 3]),
        ("by=minute&from=4 hours ago&to=2 hours ago", [10, 20]),
        ("by=hour", [30, 3]),
        ("by=hour&region=europe", [30]),
        ("by=hour&region=usa", [3]),
        ("by=hour&datacenter=WDC,LHR", [3]),
        ("by=hour&region=africa_std", []),
        (f"by=hour&from={THIS_HOUR - HOUR}", [3]),
        (f"by=hour&from={THIS_HOUR - 2 * HOUR}&to={THIS_HOUR - HOUR}", [30]),
        # The day and the hour have not ended.
        ("by=day", []),
        ("by=hour&from=30 minutes ago", []),
    ],
)
def test_windows(busy: Api, query: str, requests: list[int]) -> None:
    assert [row["requests"] for row in busy.get(f"/stats/aggregate?{query}")["data"]] == requests
    assert [row["requests"] for row in busy.get(f"/stats/service/{busy.service}?{query}")["data"]] == requests
    by_service = busy.get(f"/stats/field/requests?{query}")["data"]
    assert [row["requests"] for row in by_service.get(busy.service, [])] == requests


def test_a_day_that_has_ended(busy: Api, clock: Clock) -> None:
    clock.now += DAY
    assert [row["requests"] for row in busy.get("/stats/aggregate")["data"]] == [38]


def test_a_field(busy: Api) -> None:
    row = {"service_id": busy.service, "start_time": THIS_HOUR - 2 * HOUR, "bandwidth": 1500}
    assert busy.get(f"/stats/service/{busy.service}/field/bandwidth?by=hour")["data"][0] == row
    assert busy.get("/stats/field/bandwidth?by=hour")["data"][busy.service][0] == row


def test_services_of_the_account(busy: Api) -> None:
    other = busy.post("/service", name="other")["id"]
    _serve(busy, {"service_id": other, "time": THIS_HOUR - 1, "requests": 1}, method="POST")
    assert set(busy.get("/stats?by=hour")["data"]) == {busy.service, other}
    assert set(busy.get(f"/stats?by=hour&services={other}")["data"]) == {other}
    busy.delete(f"/service/{other}")
    assert set(busy.get("/stats?by=hour")["data"]) == {busy.service}


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("/stats?by=week", "Invalid value for by: 'week'"),
        ("/stats?region=mars", "Invalid value for region: 'mars'"),
        ("/stats?datacenter=ams", "Invalid value for datacenter: 'ams'"),
        ("/stats?from=soon", "Invalid value for from: 'soon'"),
        ("/stats?to=2023-99-01", "Invalid value for to: '2023-99-01'"),
        ("/stats?from=now&to=1 day ago", "from is after to"),
        ("/stats/field/reqests", "Invalid value for field: 'reqests'"),
        ("/stats/service/none", "Service 'none' is deleted"),
        ("/stats/usage_by_month?month=13", "Invalid month: 2023-13"),
        ("/stats/usage_by_month?year=x", "Invalid value for year: 'x'"),
        ("s/stats/summary", "start_time and end_time, or year and month, are required"),
        ("s/stats/minutely", "start_time and end_time, or year and month, are required"),
        ("s/stats/weekly", "Invalid value for type: 'weekly'"),
        ("/v1/channel/none/ts/0", "Service 'none' is deleted"),
        ("/v1/channel/none/ts/x", "Invalid timestamp: 'x'"),
        ("/v1/channel/none/ts/h/limit/0", "Invalid limit: '0'"),
    ],
)
def test_refusals(api: Api, path: str, detail: str) -> None:
    assert api.refused("GET", path) == (400, {"msg": "Bad request", "detail": detail})


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("now", "2023-03-31 08:15:20"),
        ("1680250520", "2023-03-31 08:15:20"),
        ("15 minutes ago", "2023-03-31 08:00:20"),
        ("one hour ago", "2023-03-31 07:15:20"),
        ("10 days ago", "2023-03-21 08:15:20"),
        ("Two Weeks  ago", "2023-03-17 08:15:20"),
        ("1 month ago", "2023-02-28 08:15:20"),
        ("3 months ago", "2022-12-31 08:15:20"),
        ("yesterday", "2023-03-30 00:00:00"),
        ("2023-03-01", "2023-03-01 00:00:00"),
        ("2023-03-01 08:00", "2023-03-01 08:00:00"),
        ("2023-03-01T08:00:01Z", "2023-03-01 08:00:01"),
        ("", None),
        ("ten days ago", None),
        ("99999999999999 months ago", None),
        ("99999999999999999", None),
        ("1 fortnight ago", None),
    ],
)
def test_moments(text: str, meant: str | None) -> None:
    now = datetime(2023, 3, 31, 8, 15, 20, tzinfo=UTC).timestamp()
    found = moment(text, now)
    assert (found and datetime.fromtimestamp(found, UTC).strftime("%Y-%m-%d %H:%M:%S")) == meant


# -- Usage ------------------------------------------------------------------------------------------------------------


def test_usage(busy: Api) -> None:
    answer = busy.get("/stats/usage")["data"]
    assert set(answer) == set(busy.get("/stats/regions")["data"])
    assert answer["europe"] == {"bandwidth": 1500, "requests": 35, "compute_requests": 0}
    assert answer["anzac"] == {"bandwidth": 0, "requests": 0, "compute_requests": 0}
    assert busy.get("/stats/usage_by_service")["data"] == {
        "europe": {busy.service: answer["europe"]},
        "usa": {busy.service: {"bandwidth": 9, "requests": 3, "compute_requests": 0}},
    }


def test_usage_of_a_month(busy: Api) -> None:
    answer = busy.get("/stats/usage_by_month")
    assert answer["meta"]["from"] == "2023-11-01 00:00:00 UTC"
    data = answer["data"]
    assert data["services"][busy.service]["name"] == "shop"
    assert data["services"][busy.service]["europe"] == {"bandwidth": 1500, "requests": 35, "compute_requests": 0}
    assert data["total"]["usa"]["requests"] == 3
    billed = busy.get("/stats/usage_by_month?billable_units=true")["data"]["total"]["europe"]
    assert billed == {"bandwidth": 1.5e-6, "requests": 0.0035, "compute_requests": 0}
    assert busy.get("/stats/usage_by_month?year=2022&month=1")["data"]["services"] == {}


# -- By datacenter ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "requests"),
    [
        ("s/stats/summary?year=2023&month=11", {"AMS": 35, "WDC": 3}),
        ("s/stats/summary?year=2023&month=10", {}),
        (f"s/stats/summary?start_time={THIS_HOUR}&end_time={NOW}", {"AMS": 5}),
        ("s/stats/hourly", {"AMS": 5}),
        ("s/stats/daily", {"AMS": 35, "WDC": 3}),
        ("s/stats/all?year=2023&month=11", {"AMS": 35, "WDC": 3}),
        (f"s/stats/minutely?start_time={NOW - 60}&end_time={NOW}", {"AMS": 5}),
    ],
)
def test_summary(busy: Api, path: str, requests: dict[str, int]) -> None:
    stats = busy.get(path)["stats"]
    assert list(stats) == [each["code"] for each in datacenters()]
    assert {code: counts["requests"] for code, counts in stats.items() if counts["requests"]} == requests


# -- Realtime ---------------------------------------------------------------------------------------------------------


def test_the_last_second_and_the_next(busy: Api, clock: Clock) -> None:
    channel = f"/v1/channel/{busy.service}/ts"
    answer = busy.get(f"{channel}/0")
    assert (answer["Timestamp"], answer["AggregateDelay"]) == (NOW, 0)
    (entry,) = answer["Data"]
    assert entry["recorded"] == NOW - 1
    assert entry["aggregated"]["requests"] == 5
    assert "bandwidth" not in entry["aggregated"]
    assert entry["datacenter"]["AMS"]["hits"] == 5
    assert busy.get(f"{channel}/{NOW}")["Data"] == []
    clock.now += 2
    _serve(busy, {"time": NOW, "datacenter": "WDC", "requests": 1}, method="POST")
    _serve(busy, {"time": NOW, "requests": 2}, method="POST")
    later = busy.get(f"{channel}/{answer['Timestamp']}")
    assert [entry["aggregated"]["requests"] for entry in later["Data"]] == [3, 0]
    assert set(later["Data"][0]["datacenter"]) == {"AMS", "WDC"}


@pytest.mark.parametrize(("path", "seconds"), [("h", 120), ("h/limit/7", 7), ("h/limit/999", 120), ("1", 120)])
def test_history_of_realtime(busy: Api, path: str, seconds: int) -> None:
    data = busy.get(f"/v1/channel/{busy.service}/ts/{path}")["Data"]
    assert [entry["recorded"] for entry in data] == list(range(NOW - seconds, NOW))


# -- Control ----------------------------------------------------------------------------------------------------------


def test_traffic_is_set_added_and_forgotten(api: Api) -> None:
    row = {"time": NOW, "requests": 1}
    shown = {"service_id": api.service, "time": NOW, "datacenter": "AMS", "requests": 1}
    assert _serve(api, row)["traffic"] == [shown]
    assert _serve(api, row, method="POST")["traffic"] == [{**shown, "requests": 2}]
    assert _serve(api, row)["traffic"] == [shown]
    assert api.control("GET", "stats") == {"traffic": [shown]}
    assert api.control("DELETE", "stats") == {"traffic": []}
    _serve(api, row)
    api.control("POST", "reset")
    assert api.control("GET", "stats") == {"traffic": []}


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"service_id": "none"}, "there is no service 'none': service_id must be the id of one"),
        ({"time": "now"}, "time must be an epoch in whole seconds"),
        ({"time": 0.5}, "time must be an epoch in whole seconds"),
        ({"time": 1e300}, "time must be an epoch in whole seconds"),
        ({"datacenter": "ams"}, "there is no datacenter 'ams': see /datacenters"),
        ({"reqests": 1}, "there is no count 'reqests'"),
        ({"hit_ratio": 1}, "there is no count 'hit_ratio'"),
        ({"requests": -1}, "requests must be a number, 0 or more"),
        ({"requests": "1"}, "requests must be a number, 0 or more"),
        ({"requests": True}, "requests must be a number, 0 or more"),
    ],
)
def test_traffic_that_is_refused(api: Api, row: dict[str, Any], text: str) -> None:
    _serve(api, {"time": NOW, "requests": 1})
    given = {"service_id": api.service, "time": NOW, **row}
    answer = api.client.put("/_emulator/stats", json={"traffic": [given]})
    assert (answer.status_code, answer.json()) == (400, {"msg": text})
    assert len(api.control("GET", "stats")["traffic"]) == 1, "all or nothing"


@pytest.mark.parametrize("body", [{}, {"traffic": {}}, {"traffic": [1]}])
def test_traffic_of_another_shape(api: Api, body: object) -> None:
    answer = api.client.put("/_emulator/stats", json=body)
    assert (answer.status_code, answer.json()) == (400, {"msg": "traffic must be a list of objects"})


def test_old_traffic_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Traffic, "MOST_ENTRIES", 2)
    traffic = Traffic()
    for second in range(4):
        traffic.add("id", second, {"requests": 1})
    assert [each.second for each in traffic] == [2, 3]
    with pytest.raises(ValueError, match="there is no count 'reqests'"):
        traffic.add("id", 5, {"reqests": 1})


# -- Where Fastly is --------------------------------------------------------------------------------------------------


def test_the_addresses_need_no_key() -> None:
    transport = InProcessTransport(create_app(Emulator(token="5ecr3t")))
    with httpx.Client(transport=transport, base_url="http://emulator") as client:
        assert client.get("/public-ip-list").json()["ipv6_addresses"] == ["2a04:4e40::/32", "2a04:4e42::/32"]
        assert client.get("/datacenters").status_code == 401


def test_every_datacenter_has_a_region() -> None:
    assert set(regions()) == {each["code"] for each in datacenters()}
