"""Addresses and datacenters."""

import dataclasses
from ipaddress import ip_network

import httpx
import pulumi_fastly_dynamic as fastly
import pytest
from fastly_emulator import Emulator
from pulumi_fastly_dynamic.lookups.connection import connection


def _calls(emulator: Emulator) -> list[str]:
    return [entry["path"] for entry in emulator.control.log]


def test_ip_ranges_are_read_once_and_without_a_key(http: httpx.Client, emulator: Emulator) -> None:
    sent: list[httpx.Request] = []
    connection.client_without_key._http.event_hooks = {"request": [sent.append]}
    found = fastly.get_ip_ranges()
    assert fastly.get_ip_ranges() is found
    assert _calls(emulator) == ["/public-ip-list"]
    assert "Fastly-Key" not in sent[0].headers
    assert {ip_network(each).version for each in found.cidr_blocks} == {4}
    assert {ip_network(each).version for each in found.ipv6_cidr_blocks} == {6}


def test_a_failed_read_is_not_remembered(http: httpx.Client, emulator: Emulator) -> None:
    http.post("/_emulator/faults", json={"method": "GET", "path": "/public-ip-list", "status": 403})
    with pytest.raises(fastly.LookupFailed, match=r"^get_ip_ranges: Forbidden: "):
        fastly.get_ip_ranges()
    assert fastly.get_ip_ranges().cidr_blocks


def test_datacenters(http: httpx.Client) -> None:
    found = fastly.get_datacenters()
    amsterdam = next(pop for pop in found.pops if pop.code == "AMS")
    assert amsterdam.coordinates
    assert (amsterdam.name, amsterdam.shield, amsterdam.coordinates.latitude) == (
        "Amsterdam",
        "amsterdam-nl",
        52.308613,
    )
    assert next(pop for pop in found.pops if pop.code == "ORD").shield is None
    assert "amsterdam-nl" in found.shields
    assert None not in found.shields
    with pytest.raises(dataclasses.FrozenInstanceError):
        amsterdam.shield = "x"  # type: ignore[misc]
