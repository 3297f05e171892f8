from .declared_kind import Declared

ITEM = Declared("dictionary_item", key="/old", value="/new")
ITEMS = Declared("dictionary_items", items={"/old": "/new"})


def test_inputs_and_rows_are_the_same_thing() -> None:
    for kind, inputs in ((ITEM, {"key": "a", "value": ""}), (ITEMS, {"items": {"a": "", "b": "x"}})):
        live = kind.schema.live_items
        assert live is not None
        entries = live.to_entries(inputs)
        assert entries["a"] == {"item_value": ""}
        found = live.from_entries(inputs, entries)
        assert found is not None
        assert {**inputs, **found} == inputs


def test_every_bad_item_is_named_by_its_key() -> None:
    items = {"a": "", "k" * 257: 1, "": "v" * 8001}
    _, problems = ITEMS.schema.check({"items": items}, lambda _: False, ())
    assert [problem.text for problem in problems] == [
        f"items: the key '{'k' * 40}...' must have at most 256 characters",
        f"items['{'k' * 40}...'] must be a string",
        "items: the key '' is empty",
        "items[''] must have at most 8000 characters",
    ]


def test_gone() -> None:
    item, items = ITEM.schema.live_items, ITEMS.schema.live_items
    assert item is not None
    assert items is not None
    assert item.from_entries({"key": "a", "value": ""}, {}) is None
    assert items.from_entries({"items": {"a": ""}}, {}) == {"items": {}}
    assert item.replacing == ("key",)
    assert items.replacing == ()
