"""A provider process of its own for each test: one that may make no call, and one on an emulator."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pulumi_fastly_dynamic  # noqa: F401 - fills the table of kinds
import pytest
from fastly_emulator import Emulator, create_app
from fastly_emulator.testing import InProcessTransport
from pulumi.output import Unknown
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.engine import configuration
from pulumi_fastly_dynamic.orchestration import ProviderState

UNKNOWN: Any = Unknown()  # type: ignore[no-untyped-call]


def shown(value: object) -> str:
    """A value in the name of a test, the same in every process."""
    return re.sub(r"<[^>]*Unknown[^>]*>", "UNKNOWN", repr(value))


def _no_calls() -> Client:
    raise AssertionError("check and diff make no call")


@pytest.fixture(autouse=True)
def process() -> Iterator[ProviderState]:
    """The process; without any I/O."""
    made = ProviderState(_no_calls)
    configuration.use(made)
    yield made
    if configuration._process is not None:
        configuration._process.close()
    configuration.use(None)


@dataclass
class Api:
    """The emulator, beside the provider."""

    http: httpx.Client
    service: str

    def post(self, path: str, **form: Any) -> Any:
        """Makes something in version 1."""
        answer = self.http.post(f"/service/{self.service}/version/1/{path}", data=form)
        answer.raise_for_status()
        return answer.json()

    def put(self, path: str, **form: Any) -> Any:
        """Changes something in version 1."""
        answer = self.http.put(f"/service/{self.service}/version/1/{path}", data=form)
        answer.raise_for_status()
        return answer.json()

    def forget(self) -> None:
        """What another provider process would know: nothing."""
        before = configuration.process()
        client = before.client
        before.close()
        configuration.use(ProviderState(lambda: client))


@pytest.fixture
def api(process: ProviderState) -> Iterator[Api]:
    """A service on an emulator, with which the process talks."""
    transport = InProcessTransport(create_app(Emulator()), sleep=lambda _seconds: None)
    client = Client("key", "http://127.0.0.1", transport=transport)
    process._connect = lambda: client
    with httpx.Client(transport=transport, base_url="http://127.0.0.1", headers={"Fastly-Key": "key"}) as http:
        service = http.post("/service", data={"name": "www", "type": "vcl"}).json()["id"]
        yield Api(http, service)
