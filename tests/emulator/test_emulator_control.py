"""Key, rate limit, log, faults, latency, reset."""

from __future__ import annotations

import asyncio
import copy
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fastly_emulator import ConnectionDropped, Emulator, create_app
from fastly_emulator.testing import InProcessTransport

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Api, Clock

LIMITED = {
    "msg": "You have exceeded your hourly rate limit. Please contact support@fastly.com if you think this is a mistake."
}
RESET = "1700002800"
"""The full hour after the clock's time."""


# -- Key --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("token", "key", "status"), [(None, "any", 200), (None, "", 401), ("t", "t", 200), ("t", "x", 401), ("t", "", 401)]
)
def test_key(token: str | None, key: str, status: int) -> None:
    transport = InProcessTransport(create_app(Emulator(token=token)))
    client = httpx.Client(transport=transport, base_url="http://emulator", headers={"Fastly-Key": key} if key else {})
    answer = client.get("/service")
    assert answer.status_code == status
    if status == 401:
        assert answer.json() == {"msg": "Provided credentials are missing or invalid"}
    log = client.get("/_emulator/log")
    assert log.status_code == 200, "needs no key"
    assert [entry["status"] for entry in log.json()] == [status]


# -- Rate limit -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "form"),
    [
        ("POST", "v/domain", {"name": "a.example.com"}),
        ("PUT", "v/activate", {}),
        ("DELETE", "v/domain/none", {}),
        ("POST", "v/domain", {}),
        ("POST", "/nothing", {}),
    ],
)
def test_every_write_tells_the_rate_limit(api: Api, method: str, path: str, form: dict[str, str]) -> None:
    before = int(api.send("PUT", "s/").headers["Fastly-RateLimit-Remaining"])
    headers = api.send(method, path, **form).headers
    assert headers["Fastly-RateLimit-Remaining"] == str(before - 1)
    assert headers["Fastly-RateLimit-Reset"] == RESET
    assert headers["Content-Type"] == "application/json"


def test_reads_do_not_tell_the_rate_limit(api: Api) -> None:
    for path in ("s/", "s/version/9"):
        assert not [name for name in api.send("GET", path).headers if "ratelimit" in name.lower()]


def test_rate_limit(api: Api, clock: Clock) -> None:
    reset = int(clock.now) + 10
    assert api.control("PUT", "ratelimit", {"remaining": 2, "reset_s": 10}) == {"remaining": 2, "resets_at": reset}
    for remaining in (1, 0):
        answer = api.send("PUT", "s/", comment=str(remaining))
        assert (answer.status_code, answer.headers["Fastly-RateLimit-Remaining"]) == (200, str(remaining))
    answer = api.send("PUT", "s/", comment="too much")
    assert (answer.status_code, answer.json()) == (429, LIMITED)
    assert answer.headers["Fastly-RateLimit-Remaining"] == "0"
    assert answer.headers["Fastly-RateLimit-Reset"] == str(reset)
    assert api.get("s/")["comment"] == "0", "reads are not limited"
    clock.now += 9.9
    assert api.refused("DELETE", "s/")[0] == 429
    clock.now += 0.1
    assert api.put("s/", comment="again")["comment"] == "again"
    assert int(api.send("PUT", "s/").headers["Fastly-RateLimit-Remaining"]) > 1000


def test_nobody_runs_out_unasked(api: Api) -> None:
    api.emulator.control.rate_limit.remaining = 1
    for _ in range(3):
        api.put("s/")


# -- Log --------------------------------------------------------------------------------------------------------------


def test_log(api: Api) -> None:
    assert api.control("DELETE", "log") == {"status": "ok"}
    api.post("v/condition", name="a/b c", type="REQUEST", statement='req.url ~ "+"')
    api.send("GET", "v/condition/a%2Fb%20c?x=1%202&y=")
    api.send("PATCH", "s/acl/none/entries", json={"entries": [{"op": "create", "negated": True}]})
    version = f"/service/{api.service}/version/1"
    log = api.control("GET", "log")
    assert all(entry.keys() == {"method", "path", "query", "form", "status", "ms"} for entry in log)
    assert all(isinstance(entry.pop("ms"), float) for entry in log)
    assert log == [
        {
            "method": "POST",
            "path": f"{version}/condition",
            "query": {},
            "form": {"name": "a/b c", "type": "REQUEST", "statement": 'req.url ~ "+"'},
            "status": 200,
        },
        {
            "method": "GET",
            "path": f"{version}/condition/a%2Fb%20c",
            "query": {"x": "1 2", "y": ""},
            "form": {},
            "status": 200,
        },
        {
            "method": "PATCH",
            "path": f"/service/{api.service}/acl/none/entries",
            "query": {},
            "form": {"entries": [{"op": "create", "negated": True}]},
            "status": 404,
        },
    ]
    assert api.control("GET", "log") == api.control("GET", "log"), "control calls are not logged"


# -- Faults -----------------------------------------------------------------------------------------------------------


def fault(api: Api, **fields: Any) -> Any:
    return api.control("POST", "faults", fields)


@pytest.mark.parametrize("status", [500, 502, 503])
def test_injected_server_error(api: Api, status: int) -> None:
    fault(api, method="put", path="*/activate", times=2, status=status)
    api.get("v/")
    for _ in range(2):
        got, body = api.refused("PUT", "v/activate")
        assert got == status
        assert body["errors"][0]["title"] == "Unknown Error Occurred"
    assert api.get("v/")["active"] is False, "nothing was done"
    assert api.put("v/activate")["active"] is True
    assert [entry["status"] for entry in api.control("GET", "log")][-6:] == [200, 200, status, status, 200, 200][-6:]


@pytest.mark.parametrize(("status", "msg"), [(400, "Bad Request"), (429, LIMITED["msg"]), (422, None)])
def test_injected_client_error(api: Api, status: int, msg: str | None) -> None:
    fault(api, status=status)
    got, body = api.refused("GET", "s/")
    assert got == status
    assert msg is None or body["msg"] == msg


def test_skip_times_and_listing(api: Api) -> None:
    shown = {"method": "*", "path": "s*", "times": 1, "skip": 2, "status": 503}
    assert fault(api, path="/service/*", skip=2, status=503) == {**shown, "path": "/service/*"}
    assert [api.send("GET", "s/").status_code for _ in range(4)] == [200, 200, 503, 200]
    fault(api, path="*", times=3, drop="before")
    api.control("DELETE", "faults")
    assert api.control("GET", "faults") == []
    api.get("s/")


def test_path_is_matched_as_sent(api: Api) -> None:
    fault(api, path="*/condition/a%2Fb", status=503)
    fault(api, path="*/condition", status=500)
    assert api.refused("GET", "v/condition/a%2Fc")[0] == 404
    assert api.refused("GET", "v/condition/a%2Fb")[0] == 503
    assert api.refused("GET", "v/condition?page=1")[0] == 500


@pytest.mark.parametrize(("drop", "done"), [("before", False), ("after", True)])
def test_dropped(api: Api, drop: str, done: bool) -> None:
    fault(api, method="POST", drop=drop)
    with pytest.raises(httpx.RemoteProtocolError):
        api.post("v/domain", name="a.example.com")
    assert bool(api.get("v/domain")) == done
    entry = api.control("GET", "log")[-2]
    assert (entry["method"], entry["form"], entry["status"]) == ("POST", {"name": "a.example.com"}, None)


def test_delay(emulator: Emulator, api: Api) -> None:
    slept: list[float] = []
    transport = InProcessTransport(create_app(emulator), sleep=slept.append)
    client = httpx.Client(transport=transport, base_url="http://emulator", headers={"Fastly-Key": "key"}, timeout=2)
    fault(api, delay_ms=1500)
    assert client.get("/service").status_code == 200
    assert slept == [1.5]
    fault(api, delay_ms=2500)
    with pytest.raises(httpx.ReadTimeout):
        client.post("/service", data={"name": "late"})
    assert slept == [1.5], "the test does not wait for it"
    assert client.get("/service/search?name=late").status_code == 200, "done nevertheless"
    assert api.control("GET", "log")[-2]["status"] == 200


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"status": 503, "drop": "before"},
        {"drop": "now"},
        {"status": "x"},
        {"status": 503, "times": 0},
        {"status": 503, "skip": -1},
        {"delay_ms": "x"},
        {"status": 503, "pth": "*"},
        {"status": 503, "path": 1},
        [],
    ],
)
def test_bad_faults(api: Api, bad: Any) -> None:
    answer = api.client.post("/_emulator/faults", json=bad)
    assert answer.status_code == 400
    assert answer.json()["msg"]
    assert api.control("GET", "faults") == []


@pytest.mark.parametrize(
    ("what", "body"),
    [("latency", {"profile": "slow"}), ("ratelimit", {"remaining": -1, "reset_s": 1}), ("ratelimit", {"remaining": 1})],
)
def test_bad_controls(api: Api, what: str, body: Any) -> None:
    assert api.client.put(f"/_emulator/{what}", json=body).status_code == 400
    headers = {"Content-Type": "application/json"}
    assert api.client.put(f"/_emulator/{what}", content=b"x", headers=headers).status_code == 400


# -- Latency ----------------------------------------------------------------------------------------------------------


def test_latency(emulator: Emulator, api: Api) -> None:
    slept: list[float] = []
    transport = InProcessTransport(create_app(emulator), sleep=slept.append)
    client = httpx.Client(transport=transport, base_url="http://emulator", headers={"Fastly-Key": "key"})
    version = f"/service/{api.service}/version/1"
    assert api.control("PUT", "latency", {"profile": "real"}) == {"profile": "real"}
    for method, path in (
        ("GET", version),
        ("POST", f"{version}/domain"),
        ("PUT", version),
        ("PATCH", version),
        ("DELETE", version),
        ("PUT", f"{version}/clone"),
        ("PUT", f"{version}/activate"),
    ):
        client.request(method, path)
    assert slept == [0.171, 0.461, 0.645, 0.221, 0.247, 0.356, 1.565]
    api.control("PUT", "latency", {"profile": "none"})
    client.get(version)
    assert len(slept) == 7


# -- Reset, copies, transports ----------------------------------------------------------------------------------------


def test_reset(api: Api) -> None:
    fault(api, path="*/never", status=503)
    api.control("PUT", "ratelimit", {"remaining": 0, "reset_s": 1000})
    api.control("POST", "reset")
    assert api.control("GET", "log") == api.control("GET", "faults") == []
    assert api.get("/service") == []
    assert api.post("/service", name="shop")["id"] != api.service, "no id comes back"


def test_plain_data(api: Api, emulator: Emulator) -> None:
    api.post("v/backend", name="b", address="a.example.com")
    dictionary, acl = api.post("v/dictionary", name="d")["id"], api.post("v/acl", name="a")["id"]
    api.post(f"s/dictionary/{dictionary}/item", item_key="k", item_value="v")
    api.post(f"s/acl/{acl}/entry", ip="192.0.2.1")
    service = emulator.services[api.service]
    assert service.versions[1].objects["backend"]["b"]["port"] == 80
    assert service.items[dictionary]["k"]["item_value"] == "v"
    assert [entry["ip"] for entry in service.entries[acl].values()] == ["192.0.2.1"]


def test_a_deep_copy_goes_its_own_way(api: Api, emulator: Emulator, new_api: Callable[[Emulator], Api]) -> None:
    api.post("v/backend", name="b", address="a.example.com")
    other = copy.deepcopy(emulator)
    api.put("v/backend/b", port="1")
    assert other.services[api.service].versions[1].objects["backend"]["b"]["port"] == 80
    del other.services[api.service]
    assert new_api(other).service != api.service


def test_ids_with_and_without_seed() -> None:
    assert Emulator(seed="a").new_id() == Emulator(seed="a").new_id()
    assert Emulator().new_id() != Emulator().new_id()


@pytest.mark.parametrize("transport", ["asgi", "in process"])
def test_async_client(transport: str) -> None:
    app = create_app(Emulator())
    chosen: httpx.AsyncBaseTransport = (
        InProcessTransport(app) if transport == "in process" else httpx.ASGITransport(app)
    )
    dropped = httpx.RemoteProtocolError if transport == "in process" else ConnectionDropped

    async def use() -> None:
        headers = {"Fastly-Key": "key"}
        async with httpx.AsyncClient(transport=chosen, base_url="http://127.0.0.1", headers=headers) as client:
            assert (await client.post("/service", data={"name": "a"})).json()["name"] == "a"
            await client.post("/_emulator/faults", json={"drop": "after"})
            with pytest.raises(dropped):
                await client.get("/service")

    asyncio.run(use())


def test_a_sync_client_inside_a_running_loop(api: Api) -> None:
    async def use() -> Any:
        return api.get("s/")

    assert asyncio.run(use())["name"] == "shop"


def test_threads_share_a_transport(api: Api) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: api.post("v/backend", name=str(number), address="a.example.com"), range(100)))
    assert len(api.get("v/backend")) == 100


# -- State ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [None, "state.json"])
def test_state_names_its_file(tmp_path: Path, name: str | None) -> None:
    file = tmp_path / name if name else None
    transport = InProcessTransport(create_app(Emulator(file)))
    answer = httpx.Client(transport=transport, base_url="http://emulator").get("/_emulator/state")
    assert answer.json() == {"file": str(file) if file else None}


@pytest.mark.parametrize(
    ("method", "path", "body", "message"),
    [
        ("PUT", "lag", '{"reads": 1e400}', "the body cannot be read as JSON: 1e400 is out of range"),
        ("PUT", "lag", "[]", "the body must be a JSON object"),
        ("PUT", "lag", "{", "the body cannot be read as JSON: Expecting property name"),
        ("PUT", "ratelimit", '{"remaining": -1, "reset_s": 1}', "remaining must be a whole number, 0 or more"),
        ("PUT", "ratelimit", '{"remaining": 1, "reset_s": 1e9}', "reset_s must be a number from 0 to 31622400"),
        ("POST", "faults", '{"delay_ms": -1}', "delay_ms must be a number from 0 to 86400000"),
        ("POST", "faults", '{"status": 200}', "status must be that of an error, from 400 to 599"),
        ("POST", "faults", '{"status": 500, "times": 0}', "times must be a whole number, 1 or more"),
        ("POST", "faults", '{"status": 500, "drop": "before"}', "there must be exactly one of status, delay_ms"),
    ],
)
def test_the_limit_that_is_broken_is_named(api: Api, method: str, path: str, body: str, message: str) -> None:
    answer = api.client.request(
        method, f"/_emulator/{path}", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 400
    assert answer.json()["msg"].startswith(message)
