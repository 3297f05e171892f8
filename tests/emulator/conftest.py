"""What the emulator's tests share."""

from __future__ import annotations

from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fastly_emulator import Emulator, create_app
from fastly_emulator.testing import InProcessTransport

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Make warnings errors, in the tests of this folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("error"))


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


class Api:
    """A client of an emulator, with a service in which paths starting with `v` are version 1's."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.client = client_of(emulator)
        self.service = ""
        self.service = self.post("/service", name="shop")["id"]

    def with_key(self, key: str) -> Api:
        """Return a client of the same emulator and service with another key."""
        other = copy(self)
        other.client = client_of(self.emulator, key)
        return other

    def path(self, path: str) -> str:
        """Resolve `v/backend`, `s/details`: below version 1, below the service."""
        below = {"v": f"/service/{self.service}/version/1", "s": f"/service/{self.service}"}
        head, _, tail = path.partition("/")
        return f"{below[head]}/{tail}".rstrip("/") if head in below else path

    def send(self, method: str, path: str, /, *, json: object = None, **form: Any) -> httpx.Response:
        """Send a form, or JSON."""
        if json is not None:
            return self.client.request(method, self.path(path), json=json)
        return self.client.request(method, self.path(path), data=form or None)

    def ok(self, method: str, path: str, /, *, json: object = None, **form: Any) -> Any:
        """Send it, and return the answer of a success."""
        answer = self.send(method, path, json=json, **form)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()

    def get(self, path: str) -> Any:
        return self.ok("GET", path)

    def post(self, path: str, /, **form: Any) -> Any:
        return self.ok("POST", path, **form)

    def put(self, path: str, /, **form: Any) -> Any:
        return self.ok("PUT", path, **form)

    def delete(self, path: str) -> Any:
        return self.ok("DELETE", path)

    def refused(self, method: str, path: str, /, *, json: object = None, **form: Any) -> tuple[int, Any]:
        """Send it, and return status and body of the refusal."""
        answer = self.send(method, path, json=json, **form)
        assert answer.status_code >= 400, answer.text
        return answer.status_code, answer.json()

    def control(self, method: str, what: str, json: object = None) -> Any:
        """Use a control endpoint."""
        answer = self.client.request(method, f"/_emulator/{what}", json=json)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()


def client_of(emulator: Emulator, key: str = "key") -> httpx.Client:
    transport = InProcessTransport(create_app(emulator))
    return httpx.Client(transport=transport, base_url="http://emulator", headers={"Fastly-Key": key})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def emulator(clock: Clock) -> Emulator:
    return Emulator(clock=clock, seed="test")


@pytest.fixture
def api(emulator: Emulator) -> Api:
    return Api(emulator)


@pytest.fixture
def new_api() -> Callable[[Emulator], Api]:
    """Make a client of another emulator."""
    return Api
