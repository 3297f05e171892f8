"""Faults that store something else, lists that are stale, an active flag that lags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fastly_emulator.faults import Fault

if TYPE_CHECKING:
    from conftest import Api
    from fastly_emulator import Emulator


def fault(api: Api, **fields: Any) -> Any:
    return api.control("POST", "faults", fields)


# -- Stored instead of what was sent ----------------------------------------------------------------------------------


def test_store(api: Api) -> None:
    shown = fault(api, method="POST", path="*/backend", store={"port": "8080", "comment": "other"})
    assert shown["store"] == {"port": "8080", "comment": "other"}
    api.get("v/backend")
    sent = {"name": "b", "address": "a.example.com", "port": "443"}
    made = api.post("v/backend", **sent)
    assert (made["port"], made["comment"], made["use_ssl"]) == (8080, "other", False)
    assert api.get("v/backend/b") == made
    log = api.control("GET", "log")
    assert [entry["form"] for entry in log if entry["method"] == "POST"][-1] == sent, "the log tells what was sent"
    assert api.put("v/backend/b", port="443")["port"] == 443, "once"


def test_store_waits_for_a_write(api: Api) -> None:
    api.post("v/domain", name="a.example.com")
    fault(api, store={"comment": "other"})
    api.get("v/domain")
    api.delete("v/domain/a.example.com")
    assert api.post("v/domain", name="b.example.com", comment="mine")["comment"] == "other"


def test_store_in_a_batch(api: Api) -> None:
    dictionary = api.post("v/dictionary", name="d")["id"]
    batch = {"items": [{"op": "create", "item_key": "k", "item_value": "v"}]}
    fault(api, path="*/items", store={"items": [{"op": "create", "item_key": "k", "item_value": "w"}]})
    assert api.ok("PATCH", f"s/dictionary/{dictionary}/items", json=batch) == {"status": "ok"}
    assert api.get(f"s/dictionary/{dictionary}/item/k")["item_value"] == "w"


# -- Stale lists ------------------------------------------------------------------------------------------------------


def names(records: list[dict[str, Any]]) -> list[str]:
    return [record["name"] for record in records]


def test_stale_list(api: Api) -> None:
    for name in "ab":
        api.post("v/backend", name=name, address="a.example.com")
    fault(api, path="*/backend", times=2, stale=True)
    assert api.get("v/backend/b")["name"] == "b", "an object is no list"
    assert [names(api.get("v/backend")) for _ in range(3)] == [["a"], ["a"], ["a", "b"]]
    assert api.refused("POST", "v/backend", name="b", address="a.example.com")[0] == 409
    api.put("v/backend/a", comment="new")
    fault(api, stale=True)
    assert [each["comment"] for each in api.get("v/backend")] == ["", ""], "before the last write that was not refused"
    api.delete("v/backend/a")
    fault(api, stale=True)
    assert names(api.get("v/backend")) == ["a", "b"]
    assert names(api.get("v/backend")) == ["b"]


def test_stale_first_write(api: Api) -> None:
    fault(api, stale=True)
    api.post("v/acl", name="a")
    assert api.get("v/acl") == []
    assert names(api.get("v/acl")) == ["a"]


def test_stale_list_that_was_never_written(api: Api) -> None:
    api.post("v/acl", name="a")
    api.put("v/clone")
    fault(api, stale=True)
    assert names(api.get("s/version/2/acl")) == ["a"]


def test_stale_items_and_entries(api: Api) -> None:
    dictionary, acl = api.post("v/dictionary", name="d")["id"], api.post("v/acl", name="a")["id"]
    items, entries = f"s/dictionary/{dictionary}", f"s/acl/{acl}"
    api.post(f"{items}/item", item_key="a")
    api.ok("PATCH", f"{items}/items", json={"items": [{"op": "upsert", "item_key": "b"}]})
    entry = api.post(f"{entries}/entry", ip="192.0.2.1")
    api.delete(f"{entries}/entry/{entry['id']}")
    fault(api, times=2, stale=True)
    assert [each["item_key"] for each in api.get(f"{items}/items")] == ["a"]
    assert [each["ip"] for each in api.get(f"{entries}/entries")] == ["192.0.2.1"]
    assert [each["item_key"] for each in api.get(f"{items}/items")] == ["a", "b"]
    assert api.get(f"{entries}/entries") == []


@pytest.mark.parametrize("path", ["s/version/9/acl", "/service/x/version/1/acl", "s/acl/none/entries"])
def test_stale_lists_of_what_is_not_there(api: Api, path: str) -> None:
    fault(api, stale=True)
    assert api.refused("GET", path)[0] in (400, 404)


# -- An active flag that lags -----------------------------------------------------------------------------------------


def active(api: Api, path: str) -> list[int]:
    answer = api.get(path)
    versions = answer if isinstance(answer, list) else answer["versions"]
    return [each["number"] for each in versions if each["active"]]


def test_lag(api: Api) -> None:
    api.put("v/activate")
    api.put("v/clone")
    assert api.control("PUT", "lag", {"reads": 3}) == {"reads": 3}
    assert active(api, "s/") == [1]
    assert api.put("s/version/2/activate")["active"] is True
    details = api.get("s/details")
    assert details["active_version"]["number"] == 1
    assert details["environments"][0]["active_version"] == 1
    assert api.get("s/version/2")["active"] is True, "the version itself does not lag"
    assert [active(api, path) for path in ("s/", "s/version", "s/", "s/version")] == [[1], [1], [2], [2]]
    assert [each["locked"] for each in api.get("s/version")] == [True, True]
    api.put("v/activate")
    assert active(api, "s/") == [2], "again, after the next activation"
    assert api.control("PUT", "lag", {"reads": 0}) == api.control("GET", "lag") == {"reads": 0}
    assert active(api, "s/") == [1]


def test_lag_of_the_first_activation_and_of_none(api: Api) -> None:
    api.control("PUT", "lag", {"reads": 1})
    api.put("v/activate")
    assert [active(api, "s/"), active(api, "s/")] == [[], [1]]
    api.put("v/activate")
    assert active(api, "s/") == [1], "it was active already"
    api.put("v/clone")
    api.put("s/version/2/activate")
    api.put("s/version/2/deactivate")
    assert active(api, "s/") == [], "a deactivation is seen at once"


# -- In process, bad requests, reset ----------------------------------------------------------------------------------


def test_in_process(api: Api, emulator: Emulator) -> None:
    emulator.control.lag = 1
    emulator.control.faults.append(Fault(path="*/acl", store={"name": "b"}))
    assert api.post("v/acl", name="a")["name"] == "b"
    api.put("v/activate")
    assert [active(api, "s/"), active(api, "s/")] == [[], [1]]
    emulator.control.faults.append(Fault(stale=True))
    assert api.get("v/acl") == []


@pytest.mark.parametrize(
    "bad", [{"store": {}}, {"store": "x"}, {"stale": False}, {"stale": 2}, {"stale": True, "store": {"a": "b"}}]
)
def test_bad_faults(api: Api, bad: Any) -> None:
    answer = api.client.post("/_emulator/faults", json=bad)
    assert answer.status_code == 400
    assert answer.json()["msg"]
    assert api.control("GET", "faults") == []


@pytest.mark.parametrize("reads", [-1, "1", None, True, 1.5])
def test_bad_lag(api: Api, reads: Any) -> None:
    answer = api.client.put("/_emulator/lag", json={"reads": reads})
    assert (answer.status_code, answer.json()["msg"]) == (400, "reads must be a whole number, 0 or more")


def test_reset(api: Api) -> None:
    api.control("PUT", "lag", {"reads": 5})
    api.put("v/activate")
    api.control("POST", "reset")
    assert api.control("GET", "lag") == {"reads": 0}
