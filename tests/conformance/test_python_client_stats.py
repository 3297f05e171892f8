"""Fastly's own Python client reads statistics, datacenters and addresses of the emulator."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import fastly  # type: ignore[import-untyped]
import httpx
import pytest
from fastly.api.historical_api import HistoricalApi  # type: ignore[import-untyped]
from fastly.api.pop_api import PopApi  # type: ignore[import-untyped]
from fastly.api.public_ip_list_api import PublicIpListApi  # type: ignore[import-untyped]
from fastly.api.stats_api import StatsApi  # type: ignore[import-untyped]
from fastly.model.realtime_entry_aggregated import RealtimeEntryAggregated  # type: ignore[import-untyped]
from fastly.model.results import Results  # type: ignore[import-untyped]
from fastly_emulator.realtime_routes import MEASURED
from fastly_emulator.stats_fields import COUNTED

if TYPE_CHECKING:
    from collections.abc import Iterator

OLDER = {
    "blacklist",
    "orig_req_body_size",
    "orig_req_header_size",
    "orig_resp_body_size",
    "orig_resp_header_size",
    "waf_blocked",
    "waf_logged",
    "waf_passed",
}
"""Fields that were recorded and that the client does not declare."""
HISTORICAL = {"pipe", "tls_handshake_sent_bytes"}
"""Fields that the client declares for historical statistics only."""


@pytest.fixture
def client(emulator_url: str) -> Iterator[fastly.ApiClient]:
    configuration = fastly.Configuration(host=emulator_url)
    configuration.api_token = "key"
    with fastly.ApiClient(configuration) as client:
        yield client


@pytest.fixture
def service(emulator_url: str) -> Iterator[str]:
    """A service that served 7 requests in the hour before the last full one."""
    with httpx.Client(base_url=emulator_url, headers={"Fastly-Key": "key"}) as http:
        identifier = http.post("/service", data={"name": "measured"}).json()["id"]
        row = {"service_id": identifier, "time": int(time.time()) // 3600 * 3600 - 7200, "requests": 7, "bandwidth": 9}
        http.put("/_emulator/stats", json={"traffic": [row]}).raise_for_status()
        yield identifier
        http.delete("/_emulator/stats")
        http.delete(f"/service/{identifier}")


def test_statistics(client: fastly.ApiClient, service: str) -> None:
    api = HistoricalApi(client)
    # The client declares objects where rows are recorded as lists, so it cannot read the rows themselves.
    assert api.get_hist_stats(_from="4 hours ago", by="hour").meta.by == "hour"
    assert api.get_regions().status == "success"
    assert api.get_usage(_from="4 hours ago").data["europe"].bandwidth == 9
    assert api.get_usage_service(_from="4 hours ago").data["europe"][service].requests == 7
    assert api.get_usage_month().data.services[service].name == "measured"
    summary = StatsApi(client).get_service_stats(service_id=service, start_time=0, end_time=int(time.time()))
    assert summary.stats["AMS"].requests == 7


def test_where_fastly_is(client: fastly.ApiClient) -> None:
    assert PopApi(client).list_pops()[0].shield == "amsterdam-nl"
    assert PublicIpListApi(client).list_fastly_ips().ipv6_addresses == ["2a04:4e40::/32", "2a04:4e42::/32"]


def test_fields() -> None:
    counted = set(COUNTED)
    assert counted - set(Results.attribute_map.values()) == OLDER
    assert (
        counted - set(RealtimeEntryAggregated.attribute_map.values()) == OLDER | HISTORICAL == counted - set(MEASURED)
    )
