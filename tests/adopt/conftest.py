"""An emulator in this process, with a client of this package and one of someone else."""

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from fastly_emulator import Emulator, create_app
from fastly_emulator.testing import InProcessTransport
from pulumi_fastly_dynamic.api.client import Client


@dataclass
class Account:
    """An emulated account."""

    emulator: Emulator
    client: Client
    http: httpx.Client


@pytest.fixture
def account() -> Iterator[Account]:
    emulator = Emulator()
    transport = InProcessTransport(create_app(emulator), sleep=lambda _seconds: None)
    client = Client("key", "http://127.0.0.1", transport=transport, sleep=lambda _seconds: None)
    with httpx.Client(transport=transport, base_url="http://127.0.0.1", headers={"Fastly-Key": "key"}) as http:
        yield Account(emulator, client, http)
    client.close()
