"""The state file."""

from __future__ import annotations

import copy
import json
import os
import stat
from typing import TYPE_CHECKING, Any

import pytest
from fastly_emulator import Emulator, store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Api, Clock

    NewApi = Callable[[Emulator], Api]


def data(emulator: Emulator) -> Any:
    """Return everything that survives a restart."""
    ids = (emulator.seed, emulator.ids_made, emulator.events_made)
    return copy.deepcopy((emulator.services, emulator.records, emulator.events, ids))


LIMITER = {
    "name": "limiter",
    "action": "response",
    "client_key[]": ["client.ip"],
    "http_methods[]": ["GET", "POST"],
    "rps_limit": "20",
    "window_size": "10",
    "penalty_box_duration": "30",
    "response[status]": "429",
}


def fill(api: Api) -> None:
    """Make something of everything."""
    api.post("v/domain", name="www.example.com")
    api.post("v/healthcheck", name="h", headers='["A:b"]')
    api.post("v/condition", name="c/d ü", type="CACHE", statement='"\\ \u2028"')
    api.post("v/backend", name="b", address="192.0.2.1", healthcheck="h", max_use="1", ssl_check_cert="0")
    api.post("v/header", name="x", dst="http.X", src='"1"', cache_condition="c/d ü")
    api.post("v/snippet", name="s", type="recv", content="esi;\n")
    live = api.post("v/snippet", name="l", type="recv", dynamic="1")
    api.post("v/director", name="e")
    api.post("v/director/e/backend/b")
    api.post("v/gzip", name="g", extensions="")
    api.post("v/vcl", name="v", content="#v", main="1")
    api.post("v/logging/s3", name="s3", bucket_name="b", gzip_level="1")
    api.post("v/rate-limiters", **LIMITER)
    dictionary, acl = api.post("v/dictionary", name="d")["id"], api.post("v/acl", name="a")["id"]
    api.put("v/settings", **{"general.default_ttl": "60"})
    api.put("v/", comment="first")
    api.put("v/activate")
    api.put("v/clone")
    api.put(f"/service/{api.service}/version/2/backend/b", name="c", ssl_hostname="a")
    api.put(f"/service/{api.service}/version/2/backend/c", ssl_hostname="")
    api.delete(f"/service/{api.service}/version/2/domain/www.example.com")
    api.put(f"s/snippet/{live['id']}", content="#live")
    api.post(f"s/dictionary/{dictionary}/item", item_key="k", item_value="v")
    api.ok("PATCH", f"s/dictionary/{dictionary}/items", json={"items": [{"op": "upsert", "item_key": "l"}]})
    entry = api.post(f"s/acl/{acl}/entry", ip="192.0.2.1")
    api.ok("PATCH", f"s/acl/{acl}/entry/{entry['id']}", json={"negated": True})
    user = api.post("/user", login="a@example.com")["id"]
    api.put(f"/user/{user}", name="A")
    gone = api.post("/service", name="gone")["id"]
    api.put("s/", comment="commented")
    api.delete(f"/service/{gone}")


def test_everything_survives(tmp_path: Path, new_api: NewApi, clock: Clock) -> None:
    file = tmp_path / "new folder" / "state.json"
    emulator = Emulator(file, clock=clock)
    api = new_api(emulator)
    fill(api)
    again = Emulator(file)
    assert data(again) == data(emulator)
    order = [list(version.objects["backend"]) for version in again.services[api.service].versions.values()]
    assert order == [["b"], ["c"]]
    assert not again.control.log
    assert again.new_id() == emulator.new_id()
    assert [path.name for path in file.parent.iterdir()] == ["state.json"]


def test_the_file_is_right_after_every_write(tmp_path: Path, new_api: NewApi, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "state.json"
    emulator = Emulator(file)
    api = new_api(emulator)
    send = api.client.request

    def checked(method: str, url: str, **rest: Any) -> Any:
        answer = send(method, url, **rest)
        assert data(Emulator(file)) == data(emulator), (method, url)
        return answer

    monkeypatch.setattr(api.client, "request", checked)
    fill(api)


def test_reads_and_refusals_do_not_write(tmp_path: Path, new_api: NewApi) -> None:
    file = tmp_path / "state.json"
    api = new_api(Emulator(file))
    file.unlink()
    api.get("s/")
    api.refused("POST", "v/backend")
    api.put("v/")
    assert not file.exists()
    api.control("POST", "faults", {"drop": "after", "method": "POST"})
    with pytest.raises(Exception, match="disconnected"):
        api.post("v/dictionary", name="d")
    assert file.exists(), "done, though nobody was told"


def test_reset_empties_the_file(tmp_path: Path, new_api: NewApi) -> None:
    file = tmp_path / "state.json"
    api = new_api(Emulator(file))
    api.control("POST", "reset")
    assert json.loads(file.read_text(encoding="utf-8"))["services"] == {}


SERVICE = '{"format":1,"seed":"s","ids_made":1,"services":{"a":%s}}'


@pytest.mark.parametrize(
    "text",
    [
        *(b"", b"x", b"[]", b"null", b"1", b"{}", b'"state"', b"\xff", b"[" * 200_000, b"1" * 5_000),
        *(b'{"format":99}', b'{"format":1}', b'{"format":1,"seed":"s","ids_made":"x","services":{}}'),
        b'{"format":1,"seed":"s","ids_made":1,"services":[]}',
        *((SERVICE % value).encode() for value in ("1", "{}", '{"versions":[]}', '{"versions":{"x":{}}}')),
        (SERVICE % '{"versions":{"1":{"objects":{"nothing":{"x":{}}}}}}').encode(),
        (SERVICE % '{"versions":{},"unknown":1}').encode(),
    ],
)
def test_a_file_of_another_form(tmp_path: Path, text: bytes) -> None:
    file = tmp_path / "state.json"
    file.write_bytes(text)
    with pytest.raises(ValueError, match="not a state file") as raised:
        Emulator(file)
    assert str(file) in str(raised.value)
    assert "\n" not in str(raised.value)
    assert file.read_bytes() == text, "it is left as it is"


def test_nobody_else_reads_the_file(tmp_path: Path, new_api: NewApi) -> None:
    file = tmp_path / "state.json"
    before = os.umask(0)
    try:
        new_api(Emulator(file))
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)  # as earlier versions made it
    Emulator(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_write_serialises_what_it_changed_and_nothing_else(
    tmp_path: Path, new_api: NewApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = new_api(Emulator(tmp_path / "state.json"))
    encode, lengths = store._encode, []

    def counting(value: object) -> str:
        text = encode(value)
        # Names are written each time; objects must not be.
        lengths.append(0 if isinstance(value, str) else len(text))
        return text

    monkeypatch.setattr(store, "_encode", counting)

    def characters(method: str, path: str, **form: str) -> int:
        lengths.clear()
        api.ok(method, path, **form)
        return sum(lengths)

    first = characters("POST", "v/backend", name="b000", address="origin.example.com")
    assert first
    for number in range(1, 300):
        api.post("v/backend", name=f"b{number:03}", address="origin.example.com")
    for method, path, form in (
        ("POST", "v/backend", {"name": "b300", "address": "origin.example.com"}),
        ("PUT", "v/activate", {}),
        ("PUT", "v/clone", {}),
    ):
        assert characters(method, path, **form) < 3 * first
