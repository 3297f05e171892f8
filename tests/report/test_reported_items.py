"""Live items: what is said of them, and what `--fail-on` sees of them."""

from pathlib import Path
from typing import Any

import pytest
from fastly_report.__main__ import main
from fastly_report.model import model_of
from fastly_report.reading import read

from .previews import report_of, stepped

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
ENTRIES, ITEMS, ITEM, ENTRY = (
    "AclEntries::office",
    "DictionaryItems::redirects",
    "DictionaryItem::one",
    "AclEntry::guest",
)
Inputs = dict[str, Any]

WORDS: list[tuple[str, str, Inputs, str]] = [
    (ENTRIES, "update", {"entries": UNKNOWN}, "Entries of Acl `office`: 1 added, and more that are known after apply"),
    (
        ENTRIES,
        "update",
        {"entries": [UNKNOWN]},
        "Entries of Acl `office`: 1 added, and more that are known after apply",
    ),
    (ENTRIES, "update", {"entries": SECRET}, "Entries of Acl `office`: 1 added, and more that are secret\n"),
    (ENTRY, "create", {"entry": UNKNOWN}, "1 changed, 1 added, and more that are known after apply"),
    (ITEM, "update", {"value": UNKNOWN}, "-/one = 1\n+/one = (known after apply)"),
    (ITEM, "create", {"key": UNKNOWN}, "1 added, and more that are known after apply"),
    (ITEMS, "update", {"items": UNKNOWN}, "1 changed, and more that are known after apply"),
    (ITEMS, "update", {"items": {"/old": UNKNOWN}}, "-/old = /new\n+/old = (known after apply)"),
    (ITEMS, "update", {"items": SECRET}, "1 changed, and more that are secret\n"),
]


@pytest.mark.parametrize(("resource", "op", "new", "words"), WORDS)
def test_what_is_unknown_is_not_called_secret(resource: str, op: str, new: Inputs, words: str):
    found = report_of(stepped("items.jsonl", resource, op, new))
    assert words in found
    assert ("secret" in found) == (SECRET in new.values())


@pytest.mark.parametrize(
    ("value", "words"),
    [(UNKNOWN, "known after apply"), ([UNKNOWN], "known after apply"), (SECRET, "secret, and changing")],
)
def test_nothing_but_what_cannot_be_listed(value: Any, words: str):
    found = report_of(stepped("first-creation.jsonl", ENTRIES, "create", {"entries": value}))
    assert f"- Entries of Acl `office`: {words}\n" in found


def test_secret_on_one_side_and_unknown_on_the_other():
    text = stepped("items.jsonl", ENTRIES, "update", {"entries": SECRET})
    text = text.replace('"entries": ["192.0.2.0/24", "!192.0.2.13"]', f'"entries": "{UNKNOWN}"')
    assert "and more that are secret or known after apply" in report_of(text)


KEPT = {"items": {"/old": "/newer", "/gone": "/b"}}
REMOVING: list[tuple[str, str, Inputs, set[str]]] = [
    (ITEMS, "update", KEPT, set()),
    (ITEMS, "update", {"items": {"/gone": "/b"}}, {"removed"}),
    (ITEMS, "update", {"items": {}}, {"removed"}),
    (ITEMS, "delete", {}, {"removed"}),
    (ITEMS, "update", {"items": SECRET}, set()),
    (ITEM, "delete", {}, {"removed"}),
    (ITEM, "replace", {"key": "/two"}, {"replaced"}),
    (ENTRIES, "delete", {}, {"removed"}),
    (ENTRIES, "update", {"entries": ["!192.0.2.13"]}, {"removed"}),
    (ENTRIES, "update", {"entries": []}, {"removed"}),
    (ENTRIES, "update", {"entries": ["192.0.2.0/24", "!192.0.2.13", "192.0.2.99"]}, set()),
    (ENTRY, "delete", {}, {"removed"}),
    (ENTRY, "create-replacement", {"entry": "192.0.2.99"}, {"replaced"}),
]


@pytest.mark.parametrize(("resource", "op", "new", "found"), REMOVING)
def test_removed_and_replaced(tmp_path: Path, resource: str, op: str, new: Inputs, found: set[str]):
    path = tmp_path / "preview"
    # The recording takes a key out itself.
    text = stepped("items.jsonl", resource, op, new)
    path.write_text(text if resource == ITEMS else text.replace('"/gone": "/b", ', ""))
    assert {reason for reason in ("removed", "replaced") if main([str(path), "--fail-on", reason])} == found


@pytest.mark.parametrize("op", ["delete", "update"])
def test_secret_entries_that_go(op: str):
    text = stepped("items.jsonl", ENTRIES, op, {"entries": []})
    text = text.replace('"entries": ["192.0.2.0/24", "!192.0.2.13"]', f'"entries": {{"{next(iter(SECRET))}": "x"}}')
    (items,) = [items for items in model_of(read(text)).items if items.container == "Acl"]
    assert items.is_removing


def test_a_key_that_goes_from_one_resource_to_another_is_not_removed():
    text = stepped("items.jsonl", ITEM, "update", {"key": "/gone", "value": "/b"})
    assert "/gone" not in report_of(text)


def test_items_that_are_let_go_are_not_removed():
    retained = stepped("items.jsonl", ENTRIES, "delete").replace('"acl_id":', '"retain_on_delete": true, "acl_id":')
    assert "Entries of Acl `office`: 1 added, and some are let go, and left in place" in report_of(retained)
    (items,) = [items for items in model_of(read(retained)).items if items.container == "Acl"]
    assert not items.is_removing
