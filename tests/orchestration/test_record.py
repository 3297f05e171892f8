"""The records of a manifest."""

from typing import Any

import pulumi_fastly_dynamic  # noqa: F401 - fills the table of kinds
import pytest
from pulumi_fastly_dynamic.orchestration.manifest import Record, Revision, parse_manifest
from pulumi_fastly_dynamic.schema import ObjectRef

ROWS: dict[str, dict[str, Any]] = {
    "backend/origin": {"name": "origin", "revision": "7-abc"},
    "backend/other": {"name": "a/b 'c'", "revision": "12-a-b", "protect": True},
    "dictionary/x/y": {"name": "redirects", "revision": "7-abc", "id": "D1", "force_destroy": True},
    "settings/settings": {"name": "settings", "revision": "1-", "retain_on_delete": True},
}


@pytest.mark.parametrize("key", ROWS)
def test_a_record_travels_through_the_state(key: str) -> None:
    record = Record.parse(key, ROWS[key])
    assert record.row() == ROWS[key]
    assert (f"{record.kind}/", record.resource_key) == (key[: key.index("/") + 1], key)


@pytest.mark.parametrize(
    ("key", "ref", "text"),
    [
        ("backend/origin", ObjectRef("backend", "origin"), "Backend 'origin'"),
        ("dictionary/x/y", ObjectRef("dictionary", "D1"), "Dictionary 'redirects'"),
        ("settings/settings", ObjectRef("settings", "settings"), "Settings"),
    ],
)
def test_what_a_record_is_about(key: str, ref: ObjectRef, text: str) -> None:
    record = Record.parse(key, ROWS[key])
    assert (record.ref, str(record)) == (ref, text)


def test_flags_that_the_engine_stores_as_null_are_off() -> None:
    row = {**ROWS["backend/origin"], "protect": None, "retain_on_delete": None, "id": None, "force_destroy": False}
    assert Record.parse("backend/origin", row).row() == ROWS["backend/origin"]


def test_a_manifest() -> None:
    assert [record.name for record in parse_manifest(ROWS)] == [row["name"] for row in ROWS.values()]
    assert parse_manifest({}) == ()


@pytest.mark.parametrize(("text", "revision"), [("7-abc", Revision(7, "abc")), ("12-a-b", Revision(12, "a-b"))])
def test_a_revision_is_a_text(text: str, revision: Revision) -> None:
    assert Revision.parse(text) == revision
    assert str(revision) == text
