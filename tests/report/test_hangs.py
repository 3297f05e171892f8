"""Input that took minutes, or a stack trace, where the size of a line or the depth of JSON grew."""

import json
import subprocess
import sys

import pytest
from fastly_report.engine_values import without_style
from fastly_report.messages import clean
from fastly_report.reading import BadInput, read

from .previews import report_of, text_of

DEEP = 200_000
LINES = text_of("nothing.jsonl").splitlines()
CPU_SECONDS = 30
"""It takes one or two; a quadratic pattern took minutes. This is time of the process and not of the clock."""


def with_messages(*messages: str) -> str:
    """A preview with these messages among its diagnostics."""
    events = [{"sequence": 1, "diagnosticEvent": {"message": text, "severity": "warning"}} for text in messages]
    return "\n".join([*LINES[:-1], *map(json.dumps, events), LINES[-1]])


LONG = (
    "<{%" * 60_000,
    "<{%fg 1" * 30_000,
    "urn:pulumi:" * 30_000,
    "urn:pulumi:" * 30_000 + " urn:pulumi:s::p::pulumi:providers:x::y",
    "\x1b[" * 90_000 + "1;" * 90_000,
    " " * 200_000 + "x",
    "Traceback (most recent call last):\n" * 6_000,
    '  File "' + '", line ' * 30_000,
    "\n" * 200_000 + "x",
    "`" * 100_000 + "|" * 100_000,
)


@pytest.mark.parametrize("format_", ["markdown", "html", "text"])
def test_long_messages_are_read_in_time(format_: str):
    limited = ["sh", "-c", f'ulimit -t {CPU_SECONDS}; exec "$@"', "sh"]
    subprocess.run(
        [*limited, sys.executable, "-m", "fastly_report", "--format", format_],
        input=with_messages(*LONG).encode(),
        capture_output=True,
        check=True,
    )


NESTED = {
    "document": '{"steps": ' + "[" * DEEP,
    "closed document": '{"steps": ' + "[" * DEEP + "]" * DEEP + "}",
    "lists": "[" * DEEP,
    "objects": '{"a":' * DEEP,
    "event": '{"sequence": 1, "x": ' + "[" * DEEP,
    "closed event": '{"sequence": 1, "x": ' + "[" * DEEP + "]" * DEEP + "}",
    "a later event": "\n".join([*LINES[:5], '{"sequence": 1, "x": ' + "[" * DEEP + "]" * DEEP + "}", *LINES[5:]]),
    "a value": '{"steps": [{"op": "same", "urn": "x", "newState": {"inputs": {"a": ' + "[" * 900 + "]" * 900 + "}}}]}",
}


@pytest.mark.parametrize("text", NESTED.values(), ids=NESTED)
def test_json_that_is_nested_too_deep(text: str):
    with pytest.raises(BadInput, match="the input is broken") as refused:
        read(text)
    assert "\n" not in str(refused.value)


def test_what_reading_accepts_is_reported():
    depth = 190
    deep: object = "end"
    for _ in range(depth):
        deep = [deep]
    urn = "urn:pulumi:test::shop::a:b:C::x"
    step = {"op": "create", "urn": urn, "newState": {"inputs": {"a": deep}}}
    assert "end" in report_of(json.dumps({"steps": [step]}))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<{%fg 1%}>red<{%reset%}>", "red"),
        ("<{%red", "<{%red"),
        ("<{%a<{%b%}>", "<{%a"),
        ("\x1b[1;31mred\x1b[0m", "red"),
    ],
)
def test_styles(text: str, kept: str):
    assert without_style(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("at urn:pulumi:s::p::pulumi:providers:aws::default::1-2", "at the provider"),
        ("at 'urn:pulumi:s::p::pulumi:providers:aws::d::1-2': no", "at 'the provider': no"),
        ("(urn:pulumi:s::p::a:b:C$pulumi:providers:aws::d)", "(the provider"),
        ("urn:pulumi:s::p::a:b:C::d", "urn:pulumi:s::p::a:b:C::d"),
        ("pulumi:providers:aws urn:pulumi:s", "pulumi:providers:aws urn:pulumi:s"),
    ],
)
def test_urns_of_providers(text: str, kept: str):
    assert clean(text) == kept
