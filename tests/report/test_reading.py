"""Input that is no preview, or not all of one, is refused in one line."""

import json

import pytest
from fastly_report.reading import BadInput, decode, read
from hypothesis import given, settings
from hypothesis import strategies as st

from .previews import text_of

STREAM = text_of("one-change.jsonl")
DOCUMENT = text_of("one-change.json")
LINES = STREAM.splitlines()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        (" \n\n", "empty"),
        ("Previewing update (test):\n", "not JSON"),
        ("error: no stack selected\n", "not JSON"),
        ("[]", "no preview of pulumi"),
        ("5", "no preview of pulumi"),
        ('"text"', "no preview of pulumi"),
        ("null", "no preview of pulumi"),
        ('{"version": 3, "deployment": {"resources": []}}', "no preview of pulumi"),
        ('{"format_version": "1.2", "planned_values": {}}', "no preview of pulumi"),
        ('{"steps": 5}', "steps"),
        ('{"steps": [{"op": "create"}]}', "steps.0.urn"),
        (DOCUMENT[: len(DOCUMENT) // 2], "cut off"),
        (STREAM[:100], "cut off"),
        (STREAM[: len(STREAM) // 2], "cut off"),
        ("\n".join(LINES[:20]), "cut off"),
        ("\n".join([*LINES[:5], "warning: something", *LINES[5:]]), "line 6 of the input is not JSON"),
        ("\n".join([*LINES[:5], "{broken", *LINES[5:]]), "line 6"),
        ("\n".join([*LINES[:5], '{"resourcePreEvent": {}}', *LINES[5:]]), "line 6 of the input is no event"),
        ("\n".join([*LINES[:5], "[1]", *LINES[5:]]), "line 6"),
        (STREAM.replace('"isPreview": true', '"isPreview": false'), "not of a preview"),
    ],
)
def test_is_refused(text: str, words: str):
    with pytest.raises(BadInput) as refused:
        read(text)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_refusal_quotes_no_values():
    """They may be secret."""
    broken = STREAM.replace('"op": "update"', '"op": {"TOP-SECRET": 1}')
    with pytest.raises(BadInput) as refused:
        read(broken)
    assert "TOP-SECRET" not in str(refused.value)


def test_not_text():
    with pytest.raises(BadInput, match="not text"):
        decode(b"\x80\x81\x82")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_of_shells(encoding: str):
    assert read(decode(STREAM.replace("\n", "\r\n").encode(encoding))).steps


def test_an_empty_document_is_a_preview():
    """The engine leaves out what is empty."""
    preview = read("{}")
    assert not preview.steps
    assert not preview.streamed


def test_events_of_later_releases_are_left_alone():
    assert read(STREAM + json.dumps({"sequence": 9, "timestamp": 0, "newEvent": {"x": 1}})).steps


@settings(deadline=None)
@given(st.integers(0, len(STREAM)))
def test_wherever_it_is_cut_off(place: int):
    last = STREAM.index('"summaryEvent"')
    if place < last:
        with pytest.raises(BadInput):
            read(STREAM[:place])
