"""Lookups of a program that talks with an emulator in this process."""

from collections.abc import Iterator

import httpx
import pytest
from fastly_emulator import Emulator, create_app
from fastly_emulator.testing import InProcessTransport
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.lookups.connection import connection


@pytest.fixture
def emulator() -> Emulator:
    return Emulator(seed="lookups")


@pytest.fixture
def http(emulator: Emulator) -> Iterator[httpx.Client]:
    """Another client of the emulator; its clients of the program are those of the lookups."""
    transport = InProcessTransport(create_app(emulator), sleep=lambda _seconds: None)
    client = Client("key", "http://127.0.0.1", transport=transport)
    vars(connection).update(
        client=client,
        client_without_key=Client(None, "http://127.0.0.1", transport=transport),
        realtime_client=client,
    )
    with httpx.Client(transport=transport, base_url="http://127.0.0.1", headers={"Fastly-Key": "key"}) as other:
        yield other
    for name in ("client", "client_without_key", "realtime_client"):
        del vars(connection)[name]
