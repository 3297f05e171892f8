"""The provider of purges: create and update purge, nothing else does."""

from typing import Any

import pytest
from pulumi_fastly_dynamic.engine import restore
from pulumi_fastly_dynamic.orchestration import ProviderState, PurgeFailed

from .conftest import UNKNOWN, Api, shown

PROVIDER = restore("purge", "org/project/stack")
DEFAULTS = {"all": False, "soft": False}


def checked(**news: Any) -> dict[str, Any]:
    result = PROVIDER.check({}, news)
    assert not result.failures, result.failures
    return result.inputs


def purged(api: Api) -> list[Any]:
    """What was purged since the last look."""
    found = api.http.get("/_emulator/purges").json()
    api.http.delete("/_emulator/purges").raise_for_status()
    return [each.get("keys") or each.get("url") or each["kind"] for each in found]


CHECKED: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"keys": ["b", "a", "b"]}, {"keys": ["a", "b"]}),
    ({"url": "HTTPS://WWW.Example.com:443?A=b"}, {"url": "www.example.com/?A=b"}),
    ({"url": "http://www.example.com:8080/é"}, {"url": "www.example.com:8080/%C3%A9"}),
    ({"url": "www.example.com", "triggers": []}, {"url": "www.example.com/"}),
    ({"all": True, "triggers": [7.0, {"a": [None]}]}, {"all": True, "triggers": [7.0, {"a": [None]}]}),
]


@pytest.mark.parametrize(("news", "inputs"), CHECKED, ids=str)
def test_check_normalizes(news: dict[str, Any], inputs: dict[str, Any], process: ProviderState) -> None:
    assert checked(service_id="S", **news) == {**DEFAULTS, "service_id": "S", **inputs}
    assert process.used == {"S"}


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"keys": ["a"]}, "service is missing: keys needs it, write service=... (app.py:3)"),
    ({"keys": UNKNOWN}, "service is missing: keys needs it"),
    ({"all": True}, "service is missing: all needs it"),
    ({}, "keys are missing: write keys=[...], url=... or all=True (app.py:3)"),
    (
        {"url": "www.example.com/#a"},
        "url must be without a fragment, which browsers do not send; write www.example.com/ (app.py:3)",
    ),
]


@pytest.mark.parametrize(("news", "text"), REFUSED, ids=shown)
def test_check_names_the_fix_and_the_line(news: dict[str, Any], text: str) -> None:
    (failure,) = PROVIDER.check({}, {"declared_at": "app.py:3", **news}).failures or []
    assert text in failure.reason
    assert failure.property == ""


@pytest.mark.parametrize(
    ("hidden", "quotes"), [([], True), (["url"], False), (UNKNOWN, False)], ids=["none", "url", "unknown"]
)
def test_check_quotes_no_secret(hidden: Any, quotes: bool) -> None:
    news = {"url": "www.example.com/#a", "__secret_inputs": hidden}
    (failure,) = PROVIDER.check({}, news).failures or []
    assert failure.reason.endswith("; write www.example.com/") is quotes


@pytest.mark.parametrize(
    "news",
    [
        {"keys": UNKNOWN},
        {"keys": ["a", UNKNOWN]},
        {"url": UNKNOWN},
        {"all": UNKNOWN},
        {"all": UNKNOWN, "soft": True},
        {"all": True, "soft": UNKNOWN},
        {"keys": ["a"], "triggers": [UNKNOWN, {"a": UNKNOWN}]},
        {"keys": ["a"], "triggers": UNKNOWN},
    ],
    ids=shown,
)
def test_check_lets_unknowns_pass(news: dict[str, Any]) -> None:
    assert news.items() <= checked(service_id=UNKNOWN, **news).items()


DIFFS: list[tuple[dict[str, Any], dict[str, Any], bool | None]] = [
    ({"keys": ["a", "b"]}, {"keys": ["b", "a"]}, False),
    ({"keys": ["a"]}, {"keys": ["a"], "soft": False, "all": False}, False),
    ({"keys": ["a"], "triggers": [7.0, "x"]}, {"keys": ["a"], "triggers": [7, "x"]}, False),
    ({"keys": ["a"]}, {"keys": ["a"], "__secret_inputs": ["keys"]}, False),
    ({"keys": ["a"]}, {"keys": ["b"]}, None),
    ({"keys": ["a"]}, {"url": "www.example.com/"}, None),
    ({"keys": ["a"]}, {"keys": ["a"], "soft": True}, None),
    ({"keys": ["a"], "triggers": [7.0]}, {"keys": ["a"], "triggers": [8.0]}, None),
    ({"keys": ["a"], "triggers": [7.0]}, {"keys": ["a"], "triggers": [7.0, 7.0]}, None),
    ({"keys": ["a"], "triggers": [7.0]}, {"keys": ["a"]}, None),
    ({"keys": ["a"], "triggers": [{"a": 1.0}]}, {"keys": ["a"], "triggers": [{"a": UNKNOWN}]}, None),
    ({"keys": ["a"]}, {"keys": ["a"], "service_id": "T"}, None),
    ({"keys": ["a"]}, {"keys": ["a"], "service_id": UNKNOWN}, None),
]


@pytest.mark.parametrize(("old", "new", "changes"), DIFFS, ids=shown)
def test_any_change_is_an_update_in_place(old: dict[str, Any], new: dict[str, Any], changes: bool | None) -> None:
    result = PROVIDER.diff("ID", {"service_id": "S", **old}, {"service_id": "S", **new})
    assert (result.changes, result.replaces or []) == (changes, [])


CONTENTS: list[tuple[dict[str, Any], Any]] = [
    ({"keys": ["a", "b"]}, ["a", "b"]),
    ({"url": "https://www.example.com/"}, "www.example.com/"),
    ({"all": True}, "all"),
]


@pytest.mark.parametrize(("news", "what"), CONTENTS, ids=str)
def test_create_and_update_purge_and_nothing_else_does(api: Api, news: dict[str, Any], what: Any) -> None:
    inputs = checked(service_id=api.service, triggers=["1"], **news)
    created = PROVIDER.create(inputs)
    assert purged(api) == [what]
    state = created.outs or {}
    assert PROVIDER.diff(created.id, state, inputs).changes is False
    again = {**inputs, "triggers": ["2"]}
    assert PROVIDER.diff(created.id, state, again).changes is None
    state = PROVIDER.update(created.id, state, again).outs or {}
    assert purged(api) == [what]
    read = PROVIDER.read(created.id, state)
    assert (read.id, read.outs, read.inputs) == (created.id, state, again)
    PROVIDER.delete(created.id, state)
    api.http.delete(f"/service/{api.service}").raise_for_status()
    PROVIDER.delete(created.id, state)
    assert PROVIDER.read(created.id, state).id == created.id
    assert purged(api) == []


def test_a_url_needs_no_service(api: Api) -> None:
    PROVIDER.create(checked(url="www.example.com/"))
    assert purged(api) == ["www.example.com/"]


def test_two_resources_have_two_ids(api: Api) -> None:
    inputs = checked(url="www.example.com/")
    assert PROVIDER.create(inputs).id != PROVIDER.create(inputs).id


@pytest.mark.parametrize("marked", [[], ["keys"]], ids=str)
def test_a_failure_names_keys_that_are_not_secret(api: Api, marked: list[str]) -> None:
    fault = {"method": "POST", "path": "*/purge", "status": 500}
    api.http.post("/_emulator/faults", json=fault).raise_for_status()
    inputs = checked(service_id=api.service, keys=["c4nary"], __secret_inputs=marked)
    with pytest.raises(PurgeFailed) as raised:
        PROVIDER.create(inputs)
    assert ("c4nary" in str(raised.value)) is not bool(marked)
