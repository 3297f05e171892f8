"""Where the output of a command goes: a terminal with few characters, a full disk, a pipe that is closed, nowhere."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.harness import Emulator, running_emulator

NAME = "bücher…"
MODULES = {"fastly-activity": "fastly_console.activity", "fastly-stats": "fastly_console.stats_command"}
COMMANDS = [
    ("fastly-activity",),
    ("fastly-activity", "--json"),
    ("fastly-activity", "--drop", "2"),
    ("fastly-stats",),
]
commands = pytest.mark.parametrize("command", COMMANDS, ids=" ".join)


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with running_emulator() as emulator:
        service = emulator.send("POST", "/service", name=NAME)["id"]
        emulator.send("PUT", f"/service/{service}/version/1/activate")
        emulator.send("PUT", f"/service/{service}/version/1/clone")
        comment = f"{NAME} [pulumi acme/www/prod#0123456789ab v2 from v1]"
        emulator.send("PUT", f"/service/{service}/version/2", comment=comment)
        yield emulator


def run(
    emulator: Emulator, command: tuple[str, ...], redirect: str = "", stdout: int = subprocess.PIPE, **environ: str
) -> tuple[int, str | None, str]:
    """Runs the command in a shell: its exit code, and what it writes."""
    program, *options = command
    start = f"import sys; from {MODULES[program]} import main; sys.exit(main())"
    environ = {**os.environ, "FASTLY_API_KEY": "key", "FASTLY_API_URL": emulator.url, "PYTHONUNBUFFERED": "", **environ}
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -c "$@" {redirect}', sys.executable, start, NAME, *options],
        env=environ,
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@commands
def test_characters_that_the_terminal_does_not_have(emulator: Emulator, command: tuple[str, ...]) -> None:
    code, out, err = run(emulator, command, PYTHONIOENCODING="ascii")
    assert (code, err) == (0, "")
    assert out
    assert ("b\\u00fccher\\u2026" if "--json" in command else "b?cher?") in out


@commands
@pytest.mark.parametrize(
    ("redirect", "text"),
    [
        pytest.param(
            "> /dev/full",
            "the output could not be written: No space left on device",
            marks=pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full"),
        ),
        (">&-", "there is no standard output to write to"),
    ],
)
def test_an_output_that_takes_nothing(emulator: Emulator, command: tuple[str, ...], redirect: str, text: str) -> None:
    code, out, err = run(emulator, command, redirect)
    assert (code, out, err) == (2, "", f"{command[0]}: {text}\n")


@commands
def test_a_reader_that_has_seen_enough(emulator: Emulator, command: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        assert run(emulator, command, stdout=writer) == (0, None, "")
    finally:
        os.close(writer)


def test_nothing_is_written_to_fastly_without_an_output(emulator: Emulator) -> None:
    emulator.clear_log()
    run(emulator, ("fastly-activity", "--drop", "2"), ">&-")
    assert [call for call in emulator.calls() if call.is_write] == []
