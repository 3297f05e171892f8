"""tools/quickstart.py: what counts as a change, and what is shown."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from tests.e2e.harness import running_emulator
from tests.tool_modules import load_tool

STACK = "pulumi:pulumi:Stack"
BACKEND = "pulumi-python:dynamic/fastly:Backend"


@pytest.fixture
def quickstart() -> ModuleType:
    return load_tool("quickstart")


def outputs_event(type_: str, old: dict[str, Any] | None, new: dict[str, Any] | None) -> dict[str, Any]:
    return {"resOutputsEvent": {"metadata": {"type": type_, "old": old, "new": new}}}


@pytest.mark.parametrize(
    ("event", "is_change"),
    [
        ({"summaryEvent": {"resourceChanges": {"same": 9}}}, False),
        ({"summaryEvent": {}}, False),
        ({"summaryEvent": {"resourceChanges": {"same": 9, "update": 1}}}, True),
        ({"diagnosticEvent": {"message": "changed"}}, False),
        (outputs_event(STACK, {"outputs": {"version": 1}}, {"outputs": {"version": 1}}), False),
        (outputs_event(STACK, {"outputs": {"version": 1}}, {"outputs": {"version": 2}}), True),
        (outputs_event(STACK, None, {"outputs": {}}), True),
        (outputs_event(BACKEND, {"outputs": {"a": 1}, "inputs": {}}, {"outputs": {}, "inputs": {"a": 1}}), False),
        (outputs_event(BACKEND, {"outputs": {}}, {"outputs": {}, "protect": True}), True),
    ],
)
def test_changes_are_told_from_the_preview(quickstart: ModuleType, event: dict[str, Any], is_change: bool) -> None:
    assert quickstart.is_change(event) is is_change


def test_secret_outputs_are_not_shown(quickstart: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    outputs = {"version": 3, "key": {quickstart.SECRET: "1b47", "ciphertext": "[secret]"}}
    quickstart.print_outputs([outputs_event(STACK, None, {"outputs": outputs})])
    assert capsys.readouterr().out == "Outputs:\n    key: [secret]\n    version: 3\n\n"


def test_a_refusal_of_the_emulator_is_one_line(
    quickstart: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FASTLY_API_KEY", "")
    with running_emulator() as emulator:
        monkeypatch.setattr(quickstart, "up", lambda: quickstart.serving(emulator.url))
        assert quickstart.main(["up"]) == 1
    url = emulator.url
    assert capsys.readouterr().err == (
        f"quickstart: the emulator at {url} does not answer /service: HTTP Error 401: Unauthorized\n"
    )
