"""The emulator answers programs on this machine, and no web page."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from fastly_emulator import Emulator, create_app
from fastly_emulator.admission import refusal

ORIGIN = {"Origin": "http://127.0.0.1:7070"}


def headers_of(*pairs: tuple[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in pairs]


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.0.0.1:7070", "127.8.9.10:1", "localhost", "localhost:7070", "LocalHost:80"),
        *("[::1]", "[::1]:7070", "[0:0:0:0:0:0:0:1]:7070"),
    ],
)
def test_hosts_of_this_machine(host: str) -> None:
    assert refusal(headers_of(("host", host))) is None


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "evil.example:7070", "127.0.0.1.evil.example", "localhost.evil.example", "xlocalhost"),
        *("", ":7070", "[]", "[::1", "[::2]", "::1", "0.0.0.0", "192.0.2.1", "169.254.169.254", "127.0.0.256"),
        *("127.0.0.1:7070.evil.example", "127.0.0.1@evil.example", "evil.example#localhost", "localhost:x"),
    ],
)
def test_other_hosts(host: str) -> None:
    refused = refusal(headers_of(("host", host)))
    assert refused is not None
    assert "http://127.0.0.1" in refused


def test_a_host_is_named_once() -> None:
    assert refusal([]) is not None
    assert refusal(headers_of(("host", "localhost"), ("host", "evil.example"))) is not None


@pytest.mark.parametrize(
    ("header", "value", "taken"),
    [
        ("origin", "https://evil.example", False),
        ("origin", "null", False),
        ("origin", "http://127.0.0.1:7070", False),
        ("sec-fetch-site", "cross-site", False),
        ("sec-fetch-site", "same-site", False),
        ("sec-fetch-site", "none", True),
        ("sec-fetch-site", "same-origin", True),
        ("user-agent", "Mozilla/5.0", True),
    ],
)
def test_pages(header: str, value: str, taken: bool) -> None:
    assert (refusal(headers_of(("host", "localhost"), (header, value))) is None) is taken


def ask(emulator: Emulator, method: str, path: str, **rest: Any) -> httpx.Response:
    """Send a request as a server hands it on."""
    host = rest.pop("host", "127.0.0.1")

    async def send() -> httpx.Response:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(create_app(emulator)), base_url=f"http://{host}"
        ) as client:
            return await client.request(method, path, **rest)

    return asyncio.run(send())


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/_emulator/log"),
        ("DELETE", "/_emulator/log"),
        ("POST", "/_emulator/reset"),
        ("POST", "/%5femulator/reset"),
        ("POST", "/_emulator/faults"),
        ("PUT", "/_emulator/latency"),
        ("GET", "/service"),
        ("POST", "/service"),
        ("OPTIONS", "/service"),
    ],
)
@pytest.mark.parametrize(
    "rest", [{"host": "evil.example"}, {"headers": ORIGIN}, {"headers": {"Sec-Fetch-Site": "cross-site"}}]
)
def test_a_page_gets_nothing_done(emulator: Emulator, method: str, path: str, rest: dict[str, Any]) -> None:
    emulator.control.latency = "real"
    answer = ask(emulator, method, path, content=b'{"drop": "after", "profile": "none", "name": "x"}', **rest)
    assert answer.status_code == 403
    assert answer.json().keys() == {"msg"}
    assert answer.headers["content-type"] == "application/json"
    assert emulator.control.latency == "real"
    assert not emulator.control.faults
    assert not emulator.services
    assert not emulator.control.log


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        *(("application/json", 200), ("Application/JSON; charset=utf-8", 200)),
        *(("text/plain", 415), ("application/x-www-form-urlencoded", 415), (None, 415), ("text/application/json", 415)),
    ],
)
@pytest.mark.parametrize(
    ("method", "what", "body"),
    [
        ("POST", "faults", b'{"status": 503}'),
        ("PUT", "lag", b'{"reads": 1}'),
        ("PUT", "latency", b'{"profile": "none"}'),
        ("PUT", "ratelimit", b'{"remaining": 1, "reset_s": 1}'),
        ("POST", "reset", b"{}"),
        ("DELETE", "log", b"{}"),
    ],
)
def test_control_takes_json(
    emulator: Emulator, method: str, what: str, body: bytes, content_type: str | None, status: int
) -> None:
    headers = {} if content_type is None else {"Content-Type": content_type}
    answer = ask(emulator, method, f"/_emulator/{what}", content=body, headers=headers)
    assert answer.status_code == status
    assert status == 200 or "application/json" in answer.json()["msg"]


@pytest.mark.parametrize(("method", "what"), [("POST", "reset"), ("DELETE", "log"), ("DELETE", "faults")])
def test_without_a_body_no_type_is_needed(emulator: Emulator, method: str, what: str) -> None:
    assert ask(emulator, method, f"/_emulator/{what}").status_code == 200
