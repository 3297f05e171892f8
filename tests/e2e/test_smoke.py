"""tools/smoke.py for real, against an emulator instead of an account."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .harness import Emulator, running_emulator

REPO = Path(__file__).resolve().parents[2]


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with running_emulator() as emulator:
        yield emulator


def start(tmp_path: Path, *arguments: str, **environment: str) -> "subprocess.Popen[str]":
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("FASTLY_", "PULUMI_"))}
    return subprocess.Popen(
        [sys.executable, "tools/smoke.py", *arguments],
        cwd=REPO,
        env={**inherited, "TMPDIR": str(tmp_path), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def run(tmp_path: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    process = start(tmp_path, *arguments, **environment)
    output, _ = process.communicate(timeout=300)
    return process.returncode, output


def on(emulator: Emulator) -> dict[str, str]:
    return {"FASTLY_API_KEY": "smoke-key", "FASTLY_API_URL": emulator.url}


def test_without_a_key_nothing_is_done(tmp_path: Path) -> None:
    code, output = run(tmp_path)
    assert code == 2
    assert output == "smoke: set FASTLY_API_KEY to a key of a real account (scope global); nothing was done\n"


def test_a_key_is_not_sent_over_plain_http(tmp_path: Path) -> None:
    code, output = run(tmp_path, FASTLY_API_KEY="smoke-key", FASTLY_API_URL="http://192.0.2.1")
    assert code == 2
    assert output.startswith("smoke: FASTLY_API_URL is 'http://192.0.2.1'")
    assert output.count("\n") == 1


def test_all_steps_and_nothing_left(tmp_path: Path, emulator: Emulator) -> None:
    code, output = run(tmp_path, **on(emulator))
    assert code == 0, output
    assert "FAILED" not in output
    assert [line.rpartition(" s  ")[2] for line in output.splitlines() if " s  " in line] == [
        *("ok", "ok, version 1", "ok, version 1", "ok, version 2", "ok, version 2", "ok")
    ]
    assert output.endswith("Nothing is left.\n")
    assert emulator.services() == []
    assert list(tmp_path.iterdir()) == []
    assert "smoke-key" not in output


def test_a_step_that_fails_is_shown_and_all_is_destroyed(tmp_path: Path, emulator: Emulator) -> None:
    emulator.fault("PUT", "*/activate", status=403)
    code, output = run(tmp_path, **on(emulator))
    assert code == 1, output
    assert "create and activate" in output
    assert "403" in output
    assert output.endswith("Nothing is left.\n")
    assert emulator.services() == []


def test_it_says_what_it_cannot_destroy(tmp_path: Path, emulator: Emulator) -> None:
    emulator.fault("DELETE", "/service/*", status=403, times=100)
    code, output = run(tmp_path, **on(emulator))
    assert code == 1, output
    service = emulator.services()[0]
    assert f"LEFT BEHIND: service {service['name']} (id {service['id']})" in output
    folder = next(tmp_path.iterdir())
    assert f"The stack is kept in {folder}" in output


def test_ctrl_c_ends_the_step_and_destroys(tmp_path: Path, emulator: Emulator) -> None:
    process = start(tmp_path, **on(emulator))
    assert process.stdout
    shown = process.stdout.readline() + process.stdout.readline()
    assert "preview" in shown, shown
    process.send_signal(signal.SIGINT)  # while it creates
    output, _ = process.communicate(timeout=300)
    assert process.returncode == 1, output
    assert "interrupted" in output
    assert "change and activate" not in output
    assert output.endswith("Nothing is left.\n")
    assert emulator.services() == []
