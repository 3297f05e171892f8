"""Check, diff and read of live items."""

from typing import Any

import pytest
from pulumi_fastly_dynamic.engine import restore
from pulumi_fastly_dynamic.orchestration import ProviderState

from .conftest import UNKNOWN, Api, shown

OWNER = "org/project/stack"
STEERING = {"service_id": "S", "dictionary_id": "D"}
ITEMS = {"items": {"a": "1", "b": ""}, **STEERING}
ITEM = {"key": "a", "value": "1", **STEERING}
ENTRIES = {"entries": ["192.0.2.0/24", {"ip": "198.51.100.1", "subnet": 32.0}], "service_id": "S", "acl_id": "A"}


def checked(kind: str, news: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    result = restore(kind, OWNER).check({}, news)
    return result.inputs, [(failure.property, failure.reason) for failure in result.failures or []]


def test_check_notes_the_keys_that_the_program_declares(process: ProviderState) -> None:
    checked("dictionary_items", ITEMS)
    checked("dictionary_item", {**ITEM, "key": "c"})
    checked("acl_entries", ENTRIES)
    assert process.declared_keys == {"D": {"a", "b", "c"}, "A": {"192.0.2.0/24", "198.51.100.1/32"}}
    assert process.used == {"S"}


@pytest.mark.parametrize(
    "unknown",
    [{"items": UNKNOWN}, {"items": {"a": UNKNOWN}}, {"dictionary_id": UNKNOWN}, {"service_id": UNKNOWN}],
    ids=shown,
)
def test_check_lets_unknowns_pass(process: ProviderState, unknown: dict[str, Any]) -> None:
    news = {**ITEMS, **unknown}
    inputs, failures = checked("dictionary_items", news)
    assert failures == []
    assert inputs == news
    assert process.declared_keys == {}


def test_check_names_the_key() -> None:
    """The engine's order of keys is not the program's."""
    _, failures = checked("dictionary_items", {**ITEMS, "items": {"/c": "x", "/b": 1.0}})
    assert failures == [("", "items['/b'] must be a string")]


@pytest.mark.parametrize("write_only", [True, UNKNOWN], ids=shown)
def test_check_shows_nothing_of_a_write_only_dictionary(write_only: object) -> None:
    for kind, news in (
        ("dictionary_items", {**ITEMS, "items": {"hush": "hush" * 2001}}),
        ("dictionary_items", {**ITEMS, "items": {"hush" * 65: ""}}),
        ("dictionary_item", {**ITEM, "value": "hush" * 2001}),
    ):
        _, failures = checked(kind, {**news, "write_only": write_only})
        assert [name for name, _ in failures] == [""]
        assert "hush" not in str(failures)


@pytest.mark.parametrize(
    ("kind", "old", "new", "changes", "replaces"),
    [
        ("dictionary_items", ITEMS, {}, False, []),
        ("dictionary_items", ITEMS, {"items": {"a": "2"}}, None, []),
        ("dictionary_items", ITEMS, {"items": UNKNOWN}, None, []),
        ("dictionary_items", ITEMS, {"dictionary_id": "E"}, None, ["dictionary_id"]),
        ("dictionary_items", ITEMS, {"dictionary_id": UNKNOWN}, None, []),
        ("dictionary_items", ITEMS, {"service_id": "T"}, None, ["service_id"]),
        ("dictionary_items", ITEMS, {"write_only": True}, None, ["write_only"]),
        ("dictionary_item", ITEM, {}, False, []),
        ("dictionary_item", ITEM, {"value": ""}, None, []),
        ("dictionary_item", ITEM, {"key": "b"}, None, ["key"]),
        ("acl_entries", ENTRIES, {}, False, []),
        ("acl_entries", ENTRIES, {"entries": []}, None, []),
        ("acl_entries", ENTRIES, {"acl_id": "B"}, None, ["acl_id"]),
    ],
)
def test_diff(kind: str, old: dict[str, Any], new: dict[str, Any], changes: bool | None, replaces: list[str]) -> None:
    olds, _ = checked(kind, old)
    news, failures = checked(kind, {**old, **new})
    assert failures == []
    result = restore(kind, OWNER).diff("id", olds, news)
    assert (result.changes, result.replaces or []) == (changes, replaces)


@pytest.mark.parametrize(
    ("kind", "container", "values"),
    [
        ("dictionary_items", "dictionary", {"items": {"a": "1", "b": "-----BEGIN X\n"}}),
        ("dictionary_item", "dictionary", {"key": "a", "value": "1"}),
        ("acl_entries", "acl", {"entries": ["192.0.2.0/24", "!2001:DB8::1", {"ip": "198.51.100.1", "comment": "x"}]}),
        ("acl_entry", "acl", {"entry": "!192.0.2.7/24", "comment": "x"}),
    ],
)
def test_diff_yields_nothing_after_create_and_read(api: Api, kind: str, container: str, values: dict[str, Any]) -> None:
    container_id = api.post(container, name="c")["id"]
    news, failures = checked(kind, {**values, "service_id": api.service, f"{container}_id": container_id})
    assert failures == []
    provider: Any = restore(kind, OWNER)
    created = provider.create(news)
    read = provider.read(created.id, created.outs)
    assert read.inputs == news
    assert provider.diff(created.id, read.outs, news).changes is False
    provider.delete(created.id, created.outs)


def test_a_write_only_dictionary_is_not_read(process: ProviderState) -> None:
    props = {**ITEMS, "write_only": True}
    read = restore("dictionary_items", OWNER).read("id", props)
    assert read.inputs == props
