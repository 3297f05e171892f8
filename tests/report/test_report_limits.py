"""A report that is too long leaves out the least important, and says so."""

import json

import pytest
from fastly_report.composition import document_of
from fastly_report.model import model_of
from fastly_report.reading import read
from fastly_report.render import FORMATS
from fastly_report.truncation import size, truncated

from .previews import Page, model, rendered, text_of


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("limit", [1_000, 3_000, 8_000, 20_000, 65_536])
@pytest.mark.parametrize("name", ["many.jsonl", "hostile.jsonl", "removed.jsonl", "policies.jsonl"])
def test_fits(name: str, limit: int, format_: str):
    render = FORMATS[format_]
    document = document_of(model(name))
    found = truncated(document, render, limit)
    if format_ != "html" or limit > 3_000:  # a page has more than that around it
        assert size(found) <= limit
    assert ("Shortened" in found) == (size(render(document)) > limit)


def test_200_changed_objects_fit_a_comment():
    document = document_of(model("many.jsonl"))
    found = truncated(document, FORMATS["markdown"], 65_536)
    assert "200 objects are changed; a new version is activated" in found
    assert found.count("| \\~ changed | Header") == 200
    assert Page(rendered(found)).tags.count("tr") == 201


def test_says_what_is_left_out():
    found = truncated(document_of(model("many.jsonl")), FORMATS["markdown"], 8_000)
    kept = found.count("| \\~ changed | Header")
    assert f"**Shortened** to 8,000 bytes. Left out: {200 - kept} changed objects." in found
    assert kept > 50
    assert "`h-000`" in found, "what comes last goes first"


def test_what_matters_stays_longest():
    document = document_of(model("removed.jsonl"))
    long = FORMATS["markdown"](document)
    found = truncated(document, FORMATS["markdown"], size(long) - 1)
    assert "Warning" in found

    document = document_of(model("several-kinds.jsonl"))
    found = truncated(document, FORMATS["markdown"], size(FORMATS["markdown"](document)) - 100)
    assert "Left out: 1 diffs." in found
    assert "- removed | Header `x-api`" in found


def test_long_diffs_are_shortened_before_anything_is_left_out():
    content = json.dumps("\n".join(f"# {i} {'x' * 60}" for i in range(3_000)))
    recorded = text_of("dynamic-snippet.jsonl")
    changed = json.dumps('# maintenance\nerror 503 "Back soon";')
    assert changed in recorded
    document = document_of(model_of(read(recorded.replace(changed, content))))
    found = truncated(document, FORMATS["markdown"], 65_536)
    assert size(found) <= 65_536
    assert "lines of long diffs" in found
    assert "+# 1 xxx" in found
