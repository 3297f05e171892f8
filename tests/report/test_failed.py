"""A preview that failed is not all there is to know, and the report claims no more than it knows."""

import json
from typing import Any

import pytest
from fastly_report.model import model_of
from fastly_report.reading import read

from .previews import report_of, stepped, text_of

PREFIX = "urn:pulumi:test::shop::fastly:index:Release$pulumi-python:dynamic/fastly:"
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
DUPLICATE = "Duplicate resource URN; try giving it a unique name"


def failed(text: str, urn: str = "", message: str = DUPLICATE) -> str:
    """The preview, had it ended in this error; without the Version, which is registered last."""
    lines = [json.loads(line) for line in text.splitlines()]
    kept: list[dict[str, Any]] = []
    for event in lines:
        step = event.get("resourcePreEvent", {}).get("metadata", {})
        if step.get("op") != "refresh" and step.get("type", "").endswith(":Version"):
            continue
        if "summaryEvent" in event:
            event["summaryEvent"]["result"] = "failed"
            kept.append({"sequence": 1, "diagnosticEvent": {"urn": urn, "message": message, "severity": "error"}})
        kept.append(event)
    return "\n".join(map(json.dumps, kept))


def test_a_replacement_that_is_not_known_is_not_claimed():
    """The engine took the first of two objects of one URN for the old one."""
    found = report_of(failed(text_of("replaced.jsonl"), f"{PREFIX}Backend::origin"))
    assert "**Error** at Backend `origin`" in found
    assert "origin2" not in found
    assert "1 object is replaced" in found, "the domain"


@pytest.mark.parametrize("service_id", [UNKNOWN, "another"])
def test_an_object_of_another_service_is_not_called_replaced(service_id: str):
    text = stepped("one-change.jsonl", "Backend::origin", "replace", {"service_id": service_id})
    assert "replaced" in report_of(text)
    assert "replaced" not in report_of(failed(text))


@pytest.mark.parametrize("name", ["one-change.jsonl", "items.jsonl", "drift-agreed.jsonl", "two-services.jsonl"])
def test_what_was_not_reached_is_not_denied(name: str):
    found = report_of(failed(text_of(name)))
    assert "What follows may not be all" in found
    for claim in ("no version is activated", "Nothing changes", "0 versions", "No policy has"):
        assert claim not in found


def test_a_failed_preview_without_changes():
    found = report_of(failed(text_of("policies-nothing.jsonl")))
    assert "Nothing changes" not in found
    text = failed(text_of("policies-kept.jsonl"))
    assert model_of(read(text)).preview.packs
    assert "No policy has an objection" not in report_of(text)
