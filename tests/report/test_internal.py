"""Inputs that the release hands over, and its Takeover, are no changes of anything that a reviewer knows."""

import json
import re
from typing import Any

import pytest
from fastly_report.activation import Activation
from fastly_report.model import model_of
from fastly_report.reading import read

from .previews import report_of, stepped, text_of

INTERNAL = ["__stack_key", "__secret_inputs", "owned", "adopt", "__service_is_adopted", "__provider"]
TAKEOVER = "pulumi-python:dynamic/fastly:Takeover"
URN = f"urn:pulumi:test::shop::fastly:index:Release${TAKEOVER}::www"
PARENT = "urn:pulumi:test::shop::fastly:index:Release::www"


@pytest.mark.parametrize("name", INTERNAL)
@pytest.mark.parametrize(
    "resource", ["Backend::origin", "Domain::www.example.com", "Acl::office", "DictionaryItem::one", "Service::www"]
)
def test_an_object_whose_internal_inputs_change_does_not(resource: str, name: str):
    before = text_of("items.jsonl")
    after = stepped("items.jsonl", resource, "update", {name: "TOP-SECRET"}, diffs=[name])
    if resource == "DictionaryItem::one":  # which the recording changes
        before = stepped("items.jsonl", resource, "same")
        after = stepped("items.jsonl", resource, "update", {name: "TOP-SECRET", "value": "1"}, diffs=[name])
    assert report_of(after) == report_of(before)


@pytest.mark.parametrize(
    "names", [["__stack_key"], ["__items"], ["__stack_key", "__items", "__provider"], ["__objects"]]
)
def test_a_version_whose_internal_inputs_change(names: list[str]):
    for diffs in (names, None):  # a Version whose records alone change has no list of what changes
        text = stepped("nothing.jsonl", "Version::www", "update", {name: {} for name in names}, diffs=diffs)
        assert report_of(text) == report_of(text_of("nothing.jsonl"))


def test_all_of_a_stack_gets_its_key():
    """What an update to this release of the package does."""
    text = text_of("nothing.jsonl")
    for line in text.splitlines():
        step = json.loads(line).get("resourcePreEvent", {}).get("metadata", {})
        if step.get("op") == "same" and "dynamic/fastly" in step["type"]:
            changed = line.replace('"op": "same"', '"op": "update"').replace(
                '"diffs": null', '"diffs": ["__stack_key"]'
            )
            event = json.loads(changed)
            event["resourcePreEvent"]["metadata"]["diffs"] = ["__stack_key"]
            text = text.replace(line, json.dumps(event))
    assert text.count('"op": "update"') == 4
    assert report_of(text) == report_of(text_of("nothing.jsonl"))


@pytest.mark.parametrize(
    ("revision", "activation"), [("1-abc", None), ("2-abc", Activation.NEW), ("?", None), (5, None), ({}, None)]
)
def test_an_object_that_a_failed_update_wrote_into_a_draft_goes_live(revision: Any, activation: Activation | None):
    """Nothing of it changes any more, and the Version activates the draft all the same."""
    objects = {"backend/origin": {"name": "origin", "revision": revision}}
    text = stepped("nothing.jsonl", "Version::www", "update", {"__objects": objects}, diffs=["__objects"])
    assert [section.activation for section in model_of(read(text)).sections] == ([activation] if activation else [])


def takeover(op: str, **states: Any) -> str:
    state = {"id": "ID/takeover", "parent": PARENT, "inputs": {"service_id": "ID", "declared": "TOP-SECRET"}}
    step = {"op": op, "urn": URN, "type": TAKEOVER} | {name: {**state, **more} for name, more in states.items()}
    return json.dumps({"sequence": 1, "resourcePreEvent": {"metadata": step}})


@pytest.mark.parametrize("name", ["nothing.jsonl", "removed.jsonl"])
@pytest.mark.parametrize(
    "line",
    [
        takeover("create", new={}),
        takeover("delete", old={}),
        takeover("update", old={}, new={}),
        takeover("replace", old={}, new={}),
    ],
)
def test_a_takeover_is_no_object(name: str, line: str):
    text = text_of(name)
    known = re.search(r'"service_id": "([^"]+)"', text)
    assert known
    assert report_of(f"{line.replace('ID', known[1])}\n{text}") == report_of(text)


@pytest.mark.parametrize("kind", ["Takeover", "Version"])
def test_an_error_at_it_names_the_release(kind: str):
    urn = URN.replace("Takeover", kind)
    error = {"sequence": 1, "diagnosticEvent": {"urn": urn, "message": "UndeclaredObjects: ...", "severity": "error"}}
    assert "**Error** at Release `www`:" in report_of(f"{json.dumps(error)}\n{text_of('nothing.jsonl')}")
