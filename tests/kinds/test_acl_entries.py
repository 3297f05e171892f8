from typing import Any

import pytest

from .declared_kind import Declared

ENTRY = Declared("acl_entry", entry="192.0.2.0/24")
ENTRIES = Declared("acl_entries", entries=["192.0.2.0/24"])


@pytest.mark.parametrize(
    ("typed", "checked"),
    [
        ({"ip": "192.0.2.1"}, {"ip": "192.0.2.1"}),
        ({"ip": "192.0.2.1", "subnet": 32.0}, {"ip": "192.0.2.1", "subnet": 32}),
        ({"ip": "192.0.2.1", "negated": True, "comment": "door"},) * 2,
        ({"ip": "192.0.2.1", "negated": False, "comment": ""}, {"ip": "192.0.2.1"}),
        ({"ip": "2001:db8::", "subnet": 128},) * 2,
    ],
    ids=str,
)
def test_typed(typed: dict[str, Any], checked: dict[str, Any]) -> None:
    assert ENTRIES.check(entries=[typed, "198.51.100.1"])["entries"] == [checked, "198.51.100.1"]


def test_inputs_and_rows_are_the_same_thing() -> None:
    live = ENTRIES.schema.live_items
    assert live is not None
    declared = ["192.0.2.0/24", "!198.51.100.1", {"ip": "2001:DB8::", "subnet": 32, "comment": "x"}]
    entries = live.to_entries({"entries": declared})
    assert entries == {
        "192.0.2.0/24": {"negated": 0, "comment": ""},
        "198.51.100.1": {"negated": 1, "comment": ""},
        "2001:db8::/32": {"negated": 0, "comment": "x"},
    }
    assert live.from_entries({"entries": declared}, entries) == {"entries": declared}


def test_what_someone_changed_is_told_in_full() -> None:
    live = ENTRIES.schema.live_items
    assert live is not None
    found = live.from_entries(
        {"entries": ["192.0.2.0/24", "198.51.100.1"]}, {"192.0.2.0/24": {"negated": 1, "comment": "mine"}}
    )
    assert found == {"entries": [{"ip": "192.0.2.0", "subnet": 24, "negated": True, "comment": "mine"}]}


def test_one_entry() -> None:
    live = ENTRY.schema.live_items
    assert live is not None
    inputs = {"entry": "!192.0.2.0/24", "comment": "x"}
    assert live.to_entries(inputs) == {"192.0.2.0/24": {"negated": 1, "comment": "x"}}
    assert live.from_entries(inputs, live.to_entries(inputs)) == inputs
    assert live.from_entries(inputs, {}) is None
    assert live.replacing == ("entry",)


@pytest.mark.parametrize(
    ("declared", "negated", "read"),
    [
        ("2001:DB8:0::1", 0, "2001:DB8:0::1"),
        ("2001:DB8:0::1", 1, "!2001:db8::1"),
        ("!192.0.2.0/24", 1, "!192.0.2.0/24"),
        ("!192.0.2.0/24", 0, "192.0.2.0/24"),
    ],
)
def test_one_entry_reads_back_as_it_is_spelt(declared: str, negated: int, read: str) -> None:
    live = ENTRY.schema.live_items
    assert live is not None
    (key,) = live.to_entries({"entry": declared})
    assert live.from_entries({"entry": declared}, {key: {"negated": negated, "comment": ""}}) == {
        "entry": read,
        "comment": "",
    }
