"""Fastly's datacenters and addresses, as they were recorded."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("datacenters.json")
"""A recording of ``GET /datacenters``, from the tests of Fastly's Go client (Apache-2.0)."""

REGIONS = (
    "africa_std",
    "anzac",
    "asia",
    "asia_india",
    "asia_southkorea",
    "europe",
    "latam",
    "southamerica_std",
    "usa",
)
"""As in a recording of ``GET /stats/regions`` (2021)."""

_OF_GROUP = {
    "Africa": "africa_std",
    "Asia/Pacific": "asia",
    "Europe": "europe",
    "South America": "southamerica_std",
    "United States": "usa",
}
_OF_CODE = {
    **dict.fromkeys(("AKL", "BNE", "MEL", "PER", "SYD", "WLG"), "anzac"),
    **dict.fromkeys(("BOM", "CCU", "DEL", "HYD", "MAA"), "asia_india"),
    "ICN": "asia_southkorea",
}

_REGIONS = {
    "Africa": "South-Africa",
    "Asia/Pacific": "APAC",
    "Europe": "EU-Central",
    "South America": "SA-East",
    "United States": "US-Central",
}
_BILLING = {
    "africa_std": "Africa",
    "anzac": "Australia",
    "asia": "Asia",
    "asia_india": "India",
    "asia_southkorea": "South Korea",
    "europe": "Europe",
    "southamerica_std": "South America",
    "usa": "North America",
}
_NETWORKS = """
    23.235.32.0/20 43.249.72.0/22 103.244.50.0/24 103.245.222.0/23 103.245.224.0/24 104.156.80.0/20 140.248.64.0/18
    140.248.128.0/17 146.75.0.0/17 151.101.0.0/16 157.52.64.0/18 167.82.0.0/17 167.82.128.0/20 167.82.160.0/20
    167.82.224.0/20 172.111.64.0/18 185.31.16.0/22 199.27.72.0/21 199.232.0.0/16
"""
ADDRESSES = tuple(_NETWORKS.split())
"""As in Fastly's documentation of ``/public-ip-list``."""
ADDRESSES_6 = ("2a04:4e40::/32", "2a04:4e42::/32")


@cache
def datacenters() -> tuple[dict[str, Any], ...]:
    """All datacenters.

    Assumed: the three regions, which answers have since the recording was made. They follow from group and country.
    """
    recorded = json.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        {
            **each,
            "region": _REGIONS[each["group"]],
            "stats_region": _stats_region(each),
            "billing_region": _BILLING[_stats_region(each)],
        }
        for each in recorded
    )


def _stats_region(datacenter: dict[str, Any]) -> str:
    return _OF_CODE.get(datacenter["code"], _OF_GROUP[datacenter["group"]])


@cache
def regions() -> dict[str, str]:
    """The region of each datacenter, for statistics."""
    return {each["code"]: each["stats_region"] for each in datacenters()}
