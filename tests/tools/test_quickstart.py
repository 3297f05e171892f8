"""tools/quickstart.py: what counts as a change, and which process is ours to stop."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.tool_modules import load_tool

REPO = Path(__file__).resolve().parents[2]
STACK = "pulumi:pulumi:Stack"
BACKEND = "pulumi-python:dynamic/fastly:Backend"


@pytest.fixture
def quickstart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = load_tool("quickstart")
    monkeypatch.setattr(module, "PID_FILE", tmp_path / "emulator.pid")
    monkeypatch.setattr(module, "DATA", tmp_path / "emulator.json")
    return module


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


@pytest.fixture
def sleeper(quickstart: ModuleType, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[bytes]]:
    """A process that looks like the emulator to the extent that the test says, with its id in the file."""
    names = [name.format(data=quickstart.DATA) for name in request.param]
    process = subprocess.Popen(
        [sys.executable, "-c", "import time; print(flush=True); time.sleep(60)", *names], stdout=subprocess.PIPE
    )
    assert process.stdout
    process.stdout.readline()
    quickstart.PID_FILE.write_text(f"{process.pid}\n")
    with process:  # closes its pipe at the end
        yield process
        process.kill()


@pytest.mark.parametrize("sleeper", [["fastly_emulator", "--state", "{data}"]], indirect=True)
def test_our_emulator_is_stopped(quickstart: ModuleType, sleeper: subprocess.Popen[bytes]) -> None:
    quickstart.down()
    assert sleeper.wait(5) < 0
    assert not quickstart.PID_FILE.exists()


@pytest.mark.parametrize("sleeper", [[], ["fastly_emulator", "--state", "/other.json"]], indirect=True)
def test_another_process_with_that_id_is_left_alone(
    quickstart: ModuleType, sleeper: subprocess.Popen[bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    quickstart.down()
    assert sleeper.poll() is None
    assert capsys.readouterr().out == "The emulator is not running.\n"


@pytest.mark.parametrize("content", [None, "", "not a number", "999999999"])
def test_a_stale_or_broken_file_means_not_running(quickstart: ModuleType, content: str | None) -> None:
    if content is not None:
        quickstart.PID_FILE.write_text(content)
    assert quickstart.our_emulator() is None


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (
            "/elsewhere/clone/.state/emulator.json",
            "Using the emulator of another clone (/elsewhere/clone) that answers at",
        ),
        ("/elsewhere/tests.json", "Using the emulator that answers at"),
        (None, "Using the emulator that answers at"),
        (OSError(), "Using the emulator that answers at"),
    ],
)
def test_an_emulator_that_was_not_started_here(
    quickstart: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], file: Any, words: str
) -> None:
    def get(_url: str, path: str) -> Any:
        if path == "/_emulator/state":
            if isinstance(file, OSError):
                raise file
            return {"file": file}
        return []

    monkeypatch.setattr(quickstart, "DATA", REPO / ".state" / "emulator.json")
    monkeypatch.setattr(quickstart, "get", get)
    monkeypatch.setenv("FASTLY_API_URL", "http://127.0.0.1:7070")
    assert quickstart.start_emulator() == "http://127.0.0.1:7070"
    said = capsys.readouterr().out
    assert said.startswith(words)
    assert "FASTLY_API_URL=http://127.0.0.1:7071 make up" in said
