"""Check and diff of the Version."""

from typing import Any

import pytest
from pulumi_fastly_dynamic.engine import restore
from pulumi_fastly_dynamic.orchestration import ProviderState

from .conftest import UNKNOWN, shown

VERSION: Any = restore("version", "org/project/stack")
OBJECTS = {"backend/origin": {"name": "origin", "revision": "7-abc"}}
NEWS = {"service_id": "S", "__objects": OBJECTS}
OUTCOME = {"number": 7.0, "released": 7.0, "activated": True, "kept": {}}


def test_check_fills_in_defaults(process: ProviderState) -> None:
    result = VERSION.check({}, {"service_id": "S"})
    assert not result.failures
    assert result.inputs == {
        "service_id": "S",
        "comment": "",
        "activate": True,
        "adopt": False,
        "__objects": {},
        "__items": {},
    }
    assert process.used == {"S"}


@pytest.mark.parametrize("objects", [UNKNOWN, {"backend/origin": UNKNOWN}], ids=shown)
def test_check_lets_unknowns_pass(objects: object) -> None:
    assert VERSION.check({}, {"service_id": UNKNOWN, "__objects": objects}).inputs["__objects"] is objects


@pytest.mark.parametrize(
    ("outcome", "new", "changes", "replaces"),
    [
        ({}, {}, False, []),
        ({}, {"comment": "spring"}, None, []),
        ({}, {"comment": UNKNOWN}, None, []),
        ({}, {"activate": False}, None, []),
        ({}, {"adopt": True}, False, []),
        ({}, {"__service_is_adopted": True}, False, []),
        ({}, {"__objects": {}}, True, []),
        ({}, {"__objects": UNKNOWN}, True, []),
        ({}, {"__objects": {"backend/origin": UNKNOWN}}, True, []),
        ({}, {"__objects": {"backend/origin": {"name": "origin", "revision": "7-abc", "protect": None}}}, False, []),
        ({}, {"__objects": {"backend/origin": {"name": "origin", "revision": "8-abc"}}}, True, []),
        ({}, {"__objects": {}, "comment": "spring"}, None, []),
        ({}, {"__items": {"dictionary_items/a": {}}}, False, []),
        ({}, {"__items": {"dictionary_items/a": UNKNOWN}}, False, []),
        ({}, {"__items": {"dictionary_items/a": {"protect": True}}}, True, []),
        ({}, {"service_id": "T"}, None, ["service_id"]),
        ({"number": None}, {}, True, []),  # someone deactivated it
        ({"number": 6.0}, {}, False, []),  # someone rolled back
        ({"number": None, "activated": False}, {"activate": False}, None, []),
    ],
    ids=shown,
)
def test_diff(outcome: dict[str, Any], new: dict[str, Any], changes: bool | None, replaces: list[str]) -> None:
    olds = {**VERSION.check({}, NEWS).inputs, **OUTCOME, **outcome}
    news = VERSION.check({}, {**NEWS, **new}).inputs
    result = VERSION.diff("id", olds, news)
    assert (result.changes, result.replaces or []) == (changes, replaces)
