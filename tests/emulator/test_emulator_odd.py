"""Odd requests: each is answered, none with a 500, and the emulator goes on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from fastly_emulator import Emulator, create_app
from fastly_emulator.bodies import MOST_BYTES

if TYPE_CHECKING:
    from conftest import Api

DIGITS = "1" * 5_000
DEEP = 200_000
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"

ODD: list[tuple[str, str, str, bytes, int]] = [
    # numbers
    ("GET", f"s/version/{DIGITS}", "", b"", 404),
    ("PUT", f"s/version/{DIGITS}/activate", "", b"", 404),
    ("POST", f"s/version/{DIGITS}/backend", FORM, b"name=b", 404),
    ("GET", f"s/details?version={DIGITS}", "", b"", 404),
    ("GET", f"s/diff/from/1/to/{DIGITS}", "", b"", 404),
    ("GET", f"s/diff/from/-{DIGITS}/to/1", "", b"", 404),
    ("GET", "s/version/%D9%A1", "", b"", 404),
    ("GET", "s/version/%C2%B2", "", b"", 404),
    ("GET", f"/service?page={DIGITS}", "", b"", 400),
    ("GET", "/service?page=999999999999&per_page=999999999999", "", b"", 200),
    ("GET", "/service?page=0", "", b"", 400),
    ("POST", "v/backend", FORM, f"name=b&address=a.example.com&port={DIGITS}".encode(), 400),
    ("POST", "v/backend", JSON, f'{{"name": "b", "address": "a.example.com", "port": {DIGITS}}}'.encode(), 400),
    ("POST", "v/backend", JSON, b'{"name": "b", "address": "a.example.com", "port": 1e999}', 400),
    ("POST", "v/backend", JSON, b'{"name": "b", "address": "a.example.com", "port": NaN}', 400),
    ("POST", "v/domain", JSON, b'{"name": -Infinity}', 400),
    # forms of JSON
    ("POST", "v/domain", JSON, b"[" * DEEP + b"]" * DEEP, 400),
    ("POST", "v/domain", JSON, b'{"a":' * DEEP + b"1" + b"}" * DEEP, 400),
    ("POST", "v/domain", JSON, b'{"name": ' + b"[" * 500 + b"]" * 500 + b"}", 400),
    ("PUT", "v/", JSON, b'{"comment": ', 400),
    ("PUT", "v/", JSON, b"null", 200),
    ("PUT", "v/", JSON, b'{"comment": "\\ud800"}', 400),
    ("PUT", "v/", JSON, b'{"\\ud800": ""}', 400),
    ("PUT", "v/", JSON, b'{"comment": "\xff"}', 400),
    ("PUT", "v/", JSON, b'{"comment": {"a": [null]}}', 200),
    ("PUT", "v/", JSON, b'{"comment": "a", "comment": "b"}', 200),
    ("PATCH", "s/dictionary/D/items", JSON, b'{"items": [{"op": ["create"], "item_key": {}}]}', 400),
    ("PATCH", "s/dictionary/D/items", JSON, b'{"items": {"op": "create"}}', 400),
    ("PATCH", "s/acl/A/entries", JSON, b'{"entries": [{"op": "create", "ip": ["::1"], "subnet": {}}]}', 400),
    ("PATCH", "s/acl/A/entries", JSON, b'{"entries": [{"op": "update", "id": []}]}', 404),
    # text
    ("PUT", "v/", FORM, b"comment=a%00b", 200),
    ("PUT", "v/", FORM, b"comment=\x00\xff%ff%ed%a0%80", 200),
    ("PUT", "v/", FORM, b"comment=a&comment=b", 200),
    ("PUT", "v/", "", b"\x00", 200),
    ("PUT", "v/", FORM, b"&".join(b"a%d=1" % number for number in range(5_000)), 400),
    ("POST", "v/domain", FORM, b"name=%00", 200),
    ("GET", "v/domain/%00", "", b"", 404),
    ("GET", "v/domain/%ff%fe", "", b"", 404),
    ("GET", "/service/search?name=%00%ff&name=b", "", b"", 404),
    ("POST", "v/healthcheck", FORM, b"name=h&headers=" + b"[" * DEEP, 200),
    ("POST", "v/healthcheck", FORM, b"name=i&headers=[NaN]", 200),
    # paths and methods
    ("HEAD", "s/", "", b"", 404),
    ("OPTIONS", "s/", "", b"", 404),
    ("POST", "//", "", b"", 404),
    ("GET", "/service/" + "a/" * 1_000, "", b"", 404),
    # control
    ("PUT", "/_emulator/ratelimit", JSON, b'{"remaining": 1, "reset_s": 1e999}', 400),
    ("PUT", "/_emulator/ratelimit", JSON, b'{"remaining": 1, "reset_s": NaN}', 400),
    ("PUT", "/_emulator/ratelimit", JSON, f'{{"remaining": 1, "reset_s": {"1" * 4_000}}}'.encode(), 400),
    ("PUT", "/_emulator/ratelimit", JSON, f'{{"remaining": {DIGITS}, "reset_s": 1}}'.encode(), 400),
    ("PUT", "/_emulator/lag", JSON, b'{"reads": 1e999}', 400),
    ("PUT", "/_emulator/lag", JSON, b"[" * DEEP, 400),
    ("PUT", "/_emulator/latency", JSON, b'{"profile": []}', 400),
    ("POST", "/_emulator/faults", JSON, b'{"delay_ms": Infinity}', 400),
    ("POST", "/_emulator/faults", JSON, b'{"delay_ms": 1e300}', 400),
    ("POST", "/_emulator/faults", JSON, b'{"status": 0}', 400),
    ("POST", "/_emulator/faults", JSON, b'{"status": 101}', 400),
    ("POST", "/_emulator/faults", JSON, b'{"status": 204}', 400),
    ("POST", "/_emulator/faults", JSON, b'{"drop": ["before"]}', 400),
    ("POST", "/_emulator/faults", JSON, b'{"store": {"name": ' + b"[" * 500 + b"]" * 500 + b"}}", 400),
    ("POST", "/_emulator/faults", JSON, b"\xff", 400),
    ("GET", "/_emulator/nothing", "", b"", 404),
    ("PUT", "/_emulator/reset", "", b"", 405),
]


@pytest.mark.parametrize(
    ("method", "path", "content_type", "body", "status"),
    ODD,
    ids=[f"{n}-{row[0]}-{row[1][:40]}" for n, row in enumerate(ODD)],
)
def test_odd(api: Api, method: str, path: str, content_type: str, body: bytes, status: int) -> None:
    dictionary, acl = api.post("v/dictionary", name="d")["id"], api.post("v/acl", name="a")["id"]
    path = api.path(path).replace("/D/", f"/{dictionary}/").replace("/A/", f"/{acl}/")
    answer = api.client.request(method, path, content=body, headers={"Content-Type": content_type})
    assert answer.status_code == status, answer.text[:500]
    assert answer.json() is not None
    api.control("GET", "log")
    api.control("GET", "faults")
    api.control("DELETE", "faults")
    api.get("s/details")


def test_a_broken_body_is_logged_and_changes_nothing(api: Api) -> None:
    answer = api.client.put(api.path("v/"), content=b'{"comment": ', headers={"Content-Type": JSON})
    assert answer.json()["msg"] == "Bad request"
    entry = api.control("GET", "log")[-1]
    assert (entry["method"], entry["form"], entry["status"]) == ("PUT", {}, 400)


def test_vcl_nested_too_deeply(api: Api) -> None:
    api.post("v/domain", name="www.example.com")
    api.post("v/backend", name="b", address="a.example.com")
    api.post("v/snippet", name="s", type="recv", content="{" * DEEP + "}" * DEEP)
    assert api.get("v/validate")["status"] == "error"
    status, body = api.refused("PUT", "v/activate")
    assert status == 400
    assert "nested" in body["detail"]


def test_a_body_that_is_too_large(api: Api) -> None:
    for path in ("v/", "/_emulator/faults"):
        status, body = api.refused("PUT", path, comment="x" * MOST_BYTES)
        assert status == 413
        assert "MiB" in body["msg"]
    assert api.get("v/")["comment"] == ""
    assert "x" * 100 not in api.client.get("/_emulator/log").text


def test_a_large_body_in_parts(emulator: Emulator) -> None:
    """A body whose length nobody announced is not kept beyond the limit."""
    part, sent = b"x" * 65_536, 0

    async def receive() -> dict[str, Any]:
        nonlocal sent
        sent += len(part)
        return {"type": "http.request", "body": part, "more_body": True}

    answers: list[Any] = []

    async def send(message: Any) -> None:
        answers.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/service",
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"fastly-key", b"k")],
    }
    asyncio.run(create_app(emulator)(scope, receive, send))
    assert answers[0]["status"] == 413
    assert MOST_BYTES < sent <= MOST_BYTES + 2 * len(part)


def test_the_log_is_bounded(emulator: Emulator, api: Api) -> None:
    log = emulator.control.log
    for number in range(log.MOST_ENTRIES + 10):
        log.append({"path": str(number)}, 0)
    assert len(log) == log.MOST_ENTRIES
    assert [entry["path"] for entry in log][-1] == str(log.MOST_ENTRIES + 9)
    api.put("v/", comment="x" * 1_000)
    for number in range(5):
        log.append({"path": f"large {number}"}, log.MOST_BYTES // 2)
    assert [entry["path"] for entry in log] == ["large 3", "large 4"]
    log.append({"path": "alone"}, log.MOST_BYTES * 2)
    assert [entry["path"] for entry in log] == ["alone"], "the last one is always there"
    api.control("DELETE", "log")
    api.get("v/")
    assert len(log) == 1
