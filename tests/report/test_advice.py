"""Violations: what is the same for several is said once."""

import json

import pytest

from .previews import report_of, text_of

LINES = text_of("nothing.jsonl").splitlines()
URN = "urn:pulumi:test::shop::pulumi-python:dynamic/fastly:{}"
WHY = "Without HSTS a first request can be caught."


def violated(*rows: tuple[str, str], level: str = "advisory", rule: str = "security-headers") -> str:
    events = [
        {
            "sequence": 1,
            "policyEvent": {
                "resourceUrn": URN.format(resource),
                "message": message,
                "policyName": rule,
                "policyPackName": "fastly",
                "enforcementLevel": level,
            },
        }
        for resource, message in rows
    ]
    return report_of("\n".join([*LINES[:-1], *map(json.dumps, events), LINES[-1]]))


@pytest.mark.parametrize(("level", "word"), [("advisory", "Advice of policy"), ("mandatory", "Mandatory policy")])
def test_the_sentence_of_a_rule_is_said_once(level: str, word: str):
    rows = [(f"Version::{name}", f"{WHY}\nRelease '{name}': it serves no HSTS") for name in "cba"]
    found = violated(*rows, level=level)
    assert found.count(WHY) == 1
    assert found.count(f"- **{word}** `security-headers` at Release ") == 3
    for name in "abc":
        assert found.count(f"Release '{name}': it serves no HSTS") == 1
    assert found.index(WHY) < found.index("Release 'a'")


def test_the_same_message_at_several_resources_is_one_point():
    found = violated(*((f"Backend::{name}", f"{WHY}\nset it") for name in "ab"))
    assert found.count("set it") == 1
    assert "at Backend `a`, Backend `b`:" in found


def test_two_rules_have_their_own_sentences():
    row = ("Backend::a", f"{WHY}\nset it")
    assert violated(row, rule="a").count(WHY) == 1
    events = [violated(row, rule=rule) for rule in "ab"]
    assert all(WHY in found for found in events)


def test_a_message_of_one_line_is_never_emptied():
    found = violated(("Backend::a", WHY), ("Backend::b", f"{WHY}\nset it"), ("Backend::c", WHY))
    assert found.count("- **Advice of policy**") == 2
    assert "at Backend `a`, Backend `c`:" in found
    assert "set it" in found
