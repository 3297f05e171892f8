"""Purges: what is answered, what is noted, and that those of keys and URLs do not count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fastly_emulator import Emulator, create_app
from fastly_emulator.control_state import Log
from fastly_emulator.testing import InProcessTransport

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .conftest import Api, Clock

    NewApi = Callable[[Emulator], Api]

NOW = "2023-11-14T22:13:20Z"


def purge(api: Api, path: str, method: str = "POST", **options: Any) -> httpx.Response:
    return api.client.request(method, api.path(path), **options)


def notes(api: Api) -> list[dict[str, Any]]:
    """What was purged, without the time."""
    found = api.control("GET", "purges")
    assert all(each.pop("at") == NOW for each in found)
    return found  # type: ignore[no-any-return]


URLS = [
    ("/purge/www.example.com/a//b/", "www.example.com/a//b/"),
    ("/purge/www.example.com/a%2Fb?x=1&y=%20&x=2&z=", "www.example.com/a%2Fb?x=1&y=%20&x=2&z="),
    ("/purge/https://www.example.com/", "www.example.com/"),
    ("/purge/www.example.com/service/S/purge/K", "www.example.com/service/S/purge/K"),
]


@pytest.mark.parametrize(("path", "url"), URLS)
@pytest.mark.parametrize("soft", [False, True])
def test_a_url(api: Api, path: str, url: str, soft: bool) -> None:
    answer = purge(api, path, headers={"Fastly-Soft-Purge": "1"} if soft else {})
    assert answer.json() == {"status": "ok", "id": "1-1700000000-1"}
    assert notes(api) == [{"service_id": None, "kind": "url", "url": url, "soft": soft}]


@pytest.mark.parametrize("path", ["/purge/", "/purge//x", "/purge/https:///x", "/purge/www.example.com%2Fslug%2F"])
def test_a_url_that_is_none(api: Api, path: str) -> None:
    answer = purge(api, path)
    assert (answer.status_code, answer.json()) == (400, {"msg": "Malformed purge request"})
    assert notes(api) == []


def test_a_url_by_its_own_method_needs_no_key_and_has_any_host(clock: Clock) -> None:
    emulator = Emulator(clock=clock, token="5ecr3t")
    transport = InProcessTransport(create_app(emulator))
    with httpx.Client(transport=transport) as client:
        answer = client.request("PURGE", "http://www.example.com/a/b?c=d", headers={"Fastly-Soft-Purge": "1"})
    assert answer.json()["status"] == "ok"
    (note,) = emulator.control.purges
    assert (note["url"], note["soft"]) == ("www.example.com/a/b?c=d", True)


def test_one_key(api: Api) -> None:
    answer = purge(api, "s/purge/a/b")
    assert answer.json() == {"status": "ok", "id": "1-1700000000-1"}
    assert answer.headers["Fastly-Surrogate-Key-Count"] == "1"
    assert notes(api) == [{"service_id": api.service, "kind": "keys", "keys": ["a/b"], "soft": False}]


@pytest.mark.parametrize(
    "options",
    [
        {"json": {"surrogate_keys": ["a", "b", "a"]}, "headers": {"Surrogate-Key": "ignored"}},
        {"headers": {"Surrogate-Key": "a b a"}},
    ],
    ids=["body", "header"],
)
def test_several_keys(api: Api, options: dict[str, Any]) -> None:
    answer = purge(api, "s/purge", **options)
    assert answer.json() == {"a": "1-1700000000-1", "b": "1-1700000000-2"}
    assert answer.headers["Fastly-Surrogate-Key-Count"] == "2"
    assert "Content-Type" not in answer.headers
    assert notes(api) == [{"service_id": api.service, "kind": "keys", "keys": ["a", "b"], "soft": False}]


REFUSED: list[dict[str, Any]] = [
    {},
    {"json": {"surrogate_keys": []}},
    {"json": {"surrogate_keys": "a"}},
    {"json": {"surrogate_keys": ["a", 1]}},
    {"json": {"surrogate_keys": [f"key-{number}" for number in range(257)]}},
    {"headers": {"Surrogate-Key": " ".join(map(str, range(257)))}},
]


@pytest.mark.parametrize("options", REFUSED, ids=lambda options: str(options)[:40])
def test_keys_that_are_refused(api: Api, options: dict[str, Any]) -> None:
    assert purge(api, "s/purge", **options).status_code == 400
    assert notes(api) == []


def test_no_key(api: Api) -> None:
    assert purge(api, f"/service/{api.service}/purge/").status_code == 404


def test_the_most_keys(api: Api) -> None:
    assert len(purge(api, "s/purge", json={"surrogate_keys": [f"k{n}" for n in range(256)]}).json()) == 256


def test_all_is_never_soft(api: Api) -> None:
    answer = purge(api, "s/purge_all", headers={"Fastly-Soft-Purge": "1"})
    assert answer.json() == {"status": "ok"}
    assert notes(api) == [{"service_id": api.service, "kind": "all", "soft": False}]


def test_a_deleted_service(api: Api) -> None:
    api.delete("s/")
    for path in ("s/purge/a", "s/purge_all"):
        assert "is deleted" in api.refused("POST", path)[1]["detail"]
    assert "is deleted" in api.refused("POST", "s/purge", json={"surrogate_keys": ["a"]})[1]["detail"]
    assert notes(api) == []


COUNTED = [
    ("POST", "/purge/www.example.com/", False),
    ("POST", "s/purge/a", False),
    ("POST", "s/purge", False),
    ("PURGE", "/x", False),
    ("POST", "s/purge_all", True),
    ("PUT", "s/", True),
]


@pytest.mark.parametrize(("method", "path", "counts"), COUNTED)
def test_what_counts_against_the_hourly_limit(api: Api, method: str, path: str, counts: bool) -> None:
    api.control("PUT", "ratelimit", {"remaining": 0, "reset_s": 60})
    answer = purge(api, path, method, json={"surrogate_keys": ["a"]})
    assert answer.status_code == (429 if counts else 200)
    assert ("Fastly-RateLimit-Remaining" in answer.headers) is counts
    assert api.control("GET", "ratelimit")["remaining"] == 0


def test_what_was_purged_can_be_forgotten(api: Api) -> None:
    purge(api, "s/purge_all")
    api.control("DELETE", "purges")
    assert notes(api) == []
    purge(api, "s/purge/a")
    api.control("POST", "reset", {})
    assert notes(api) == []


def test_the_notes_are_bounded(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Log, "MOST_ENTRIES", 2)
    for key in "abc":
        purge(api, f"s/purge/{key}")
    assert [each["keys"] for each in notes(api)] == [["b"], ["c"]]


def test_purges_are_in_no_state_file(new_api: NewApi, tmp_path: Path) -> None:
    api = new_api(Emulator(tmp_path / "state.json"))
    purge(api, "s/purge/surrogate-key")
    assert "surrogate-key" not in (tmp_path / "state.json").read_text()
