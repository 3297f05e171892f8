from typing import Any

import pytest

from .declared import Declared

ITEM = Declared("dictionary_item", key="/old", value="/new")
ITEMS = Declared("dictionary_items", items={"/old": "/new"})


def test_fields() -> None:
    assert ITEM.fields() == {"key": ("key", "other", "required"), "value": ("value", "other", "required")}
    assert ITEMS.fields() == {"items": ("items", "other", "required")}


@pytest.mark.parametrize("value", ["", "x" * 8000, " space ", "-----BEGIN X\n", "1.0"])
def test_values_are_taken_as_they_are(value: str) -> None:
    assert ITEM.check(value=value)["value"] == value
    assert ITEMS.check(items={"a": value})["items"] == {"a": value}


def test_no_items_are_items_too() -> None:
    assert ITEMS.check(items={}) == {"items": {}}


@pytest.mark.parametrize(
    ("values", "property_name", "text"),
    [
        ({"key": ""}, "key", "key is empty"),
        ({"key": ".."}, "key", "key must not be '.' or '..'"),
        ({"key": "k" * 257}, "key", "256"),
        ({"value": "v" * 8001}, "value", "8000"),
        ({"value": None}, "value", "value is missing"),
        ({"value": 1}, "value", "value should be a valid string"),
    ],
    ids=["empty key", "dots", "long key", "long value", "no value", "number"],
)
def test_item_refused(values: dict[str, Any], property_name: str, text: str) -> None:
    found = ITEM.refusals(**values)
    assert found.keys() == {property_name}
    assert text in found[property_name]


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ({"k" * 257: ""}, "256"),
        ({"": ""}, "items[0] is empty"),
        ({"a": "", "..": ""}, "items[1] must not be '.' or '..'"),
        ({"a": "v" * 8001}, "items[0] string should have at most 8000"),
        ({"a": "", "b": 1}, "items[1] should be a valid string"),
        ({1: ""}, "items[0] should be a valid string"),
        (["a"], "items should be a valid"),
        (None, "items is missing"),
    ],
    ids=["long key", "empty key", "dots", "long value", "number", "number as key", "list", "missing"],
)
def test_items_refused(items: object, text: str) -> None:
    assert text in ITEMS.refusals(items=items)["items"]


def test_inputs_and_rows_are_the_same_thing() -> None:
    for kind, inputs in ((ITEM, {"key": "a", "value": ""}), (ITEMS, {"items": {"a": "", "b": "x"}})):
        live = kind.schema.live_items
        assert live is not None
        entries = live.to_entries(inputs)
        assert entries["a"] == {"item_value": ""}
        found = live.from_entries(inputs, entries)
        assert found is not None
        assert {**inputs, **found} == inputs


def test_every_bad_item_is_named_by_its_position() -> None:
    items = {"a": "", "k" * 257: 1, "": "v" * 8001}
    _, problems = ITEMS.schema.check({"items": items}, lambda _: False)
    assert [problem.text.split()[0] for problem in problems] == ["items[1]", "items[1]", "items[2]", "items[2]"]


def test_gone() -> None:
    item, items = ITEM.schema.live_items, ITEMS.schema.live_items
    assert item is not None
    assert items is not None
    assert item.from_entries({"key": "a", "value": ""}, {}) is None
    assert items.from_entries({"items": {"a": ""}}, {}) == {"items": {}}
    assert item.replacing == ("key",)
    assert items.replacing == ()
