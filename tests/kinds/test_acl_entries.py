from typing import Any

import pytest

from .declared import Declared

ENTRY = Declared("acl_entry", entry="192.0.2.0/24")
ENTRIES = Declared("acl_entries", entries=["192.0.2.0/24"])

NETWORKS = ["192.0.2.1", "!192.0.2.1", "192.0.2.0/0", "192.0.2.7/32", "2001:db8::/128", "!2001:db8::1/32"]
NO_NETWORKS = ["", "!", "host", "192.0.2.1/33", "2001:db8::/129", "192.0.2.0/255.255.255.0", "192.0.2.1/", "1.2.3"]


def test_fields() -> None:
    assert ENTRY.fields() == {"entry": ("entry", "other", "required"), "comment": ("comment", "other", "")}
    assert ENTRIES.fields() == {"entries": ("entries", "other", "required")}


@pytest.mark.parametrize("network", NETWORKS)
def test_taken(network: str) -> None:
    assert ENTRY.check(entry=network) == {"entry": network, "comment": ""}
    assert ENTRIES.check(entries=[network]) == {"entries": [network]}


@pytest.mark.parametrize("network", NO_NETWORKS)
def test_refused(network: str) -> None:
    words = "must be an IP address or network such as 192.0.2.0/24"
    assert ENTRY.refusals(entry=network) == {"entry": f"entry {words}"}
    assert ENTRIES.refusals(entries=["192.0.2.1", network]) == {"entries": f"entries[1] {words}"}


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


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ({"ip": "192.0.2.1", "subnet": 33}, "entries[0] must be an IP address"),
        ({"ip": "192.0.2.1", "subnet": -1}, "entries[0] must be an IP address"),
        ({"ip": "host"}, "entries[0] must be an IP address"),
        ({}, "entries[0]['ip'] field required"),
        ({"ip": "192.0.2.1", "mask": 1}, "entries[0]['mask'] extra inputs are not permitted"),
        (1, "entries[0] should be a valid string"),
    ],
    ids=str,
)
def test_typed_refused(typed: object, text: str) -> None:
    assert text in ENTRIES.refusals(entries=[typed])["entries"]


@pytest.mark.parametrize(
    "twin", ["192.0.2.0/24", "!192.0.2.0/24", {"ip": "192.0.2.0", "subnet": 24}], ids=["same", "negated", "typed"]
)
def test_an_address_is_in_a_list_once(twin: object) -> None:
    refusal = "entries[2] has the same address as entries[1]: an ACL can hold it once"
    assert ENTRIES.refusals(entries=["192.0.2.1", "192.0.2.0/24", twin]) == {"entries": refusal}


def test_the_spelling_of_an_address_does_not_count() -> None:
    refusal = ENTRIES.refusals(entries=["2001:DB8::1", "2001:db8:0::1"])["entries"]
    assert "entries[1] has the same address as entries[0]" in refusal


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


def test_what_somebody_changed_is_told_in_full() -> None:
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
