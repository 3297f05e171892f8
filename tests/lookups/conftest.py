"""Lookups of a program that talks with an emulator in this process."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from fastly_emulator import Emulator, create_app
from fastly_emulator.testing import InProcessTransport
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.lookups.connection import connection

KEY = "key-of-the-account-5ecr3t"


@dataclass
class Answers(httpx.BaseTransport):
    """The emulator, whose answers a test may replace."""

    emulator: httpx.BaseTransport
    by_path: dict[str, Any] = field(default_factory=dict)
    """JSON, or VCL, by path."""
    always: tuple[int, Any] | None = None
    """Status and body of every answer."""
    asked: list[str] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.raw_path.decode())
        if self.always is not None:
            return self._answer(request, *self.always)
        if request.url.path in self.by_path:
            return self._answer(request, 200, self.by_path[request.url.path])
        return self.emulator.handle_request(request)

    def _answer(self, request: httpx.Request, status: int, body: Any) -> httpx.Response:
        content = body if isinstance(body, str) else json.dumps(body)
        return httpx.Response(status, content=content, request=request)


@pytest.fixture
def emulator() -> Emulator:
    return Emulator(seed="lookups")


@pytest.fixture
def answers(emulator: Emulator) -> Answers:
    return Answers(InProcessTransport(create_app(emulator), sleep=lambda _seconds: None))


@pytest.fixture
def http(answers: Answers) -> Iterator[httpx.Client]:
    """Another client of the emulator; its clients of the program are those of the lookups."""

    def client(key: str | None) -> Client:
        return Client(key, "http://127.0.0.1", transport=answers, sleep=lambda _seconds: None)

    vars(connection).update(client=client(KEY), client_without_key=client(None), realtime_client=client(KEY))
    with httpx.Client(
        transport=answers.emulator, base_url="http://127.0.0.1", headers={"Fastly-Key": "someone-else"}
    ) as other:
        yield other
    for name in ("client", "client_without_key", "realtime_client"):
        del vars(connection)[name]
