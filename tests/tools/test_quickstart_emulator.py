"""tools/quickstart_emulator.py: which process is ours to stop, and what is said of those that are not."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.e2e.harness import running_emulator
from tests.tool_modules import load_tool


@pytest.fixture
def emulator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    module = load_tool("quickstart_emulator")
    state = tmp_path / "clone" / ".state"
    state.mkdir(parents=True)
    for name, file in {"PID_FILE": "emulator.pid", "DATA": "emulator.json", "LOG": "emulator.log", "STATE": ""}.items():
        monkeypatch.setattr(module, name, state / file)
    monkeypatch.setenv("FASTLY_API_KEY", "emulator")
    started: list[subprocess.Popen[bytes]] = []
    start_process = module.start_process

    def start(url: str, port: int) -> subprocess.Popen[bytes]:
        started.append(start_process(url, port))
        return started[-1]

    monkeypatch.setattr(module, "start_process", start)
    yield module
    for process in started:
        process.terminate()
        process.wait()


def use_free_port(monkeypatch: pytest.MonkeyPatch) -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    monkeypatch.setenv("FASTLY_API_URL", f"http://127.0.0.1:{port}")
    return port


def command(port: int) -> str:
    return f"FASTLY_API_KEY=emulator FASTLY_API_URL=http://127.0.0.1:{port} make up"


@pytest.fixture
def sleeper(emulator: ModuleType, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[bytes]]:
    """A process that looks like the emulator to the extent that the test says, with its id in the file."""
    names = [name.format(data=emulator.DATA) for name in request.param]
    process = subprocess.Popen(
        [sys.executable, "-c", "import time; print(flush=True); time.sleep(60)", *names], stdout=subprocess.PIPE
    )
    assert process.stdout
    process.stdout.readline()
    emulator.PID_FILE.write_text(f"{process.pid}\n")
    with process:  # closes its pipe at the end
        yield process
        process.kill()


@pytest.mark.parametrize("sleeper", [["fastly_emulator", "--state", "{data}"]], indirect=True)
def test_our_emulator_is_stopped(emulator: ModuleType, sleeper: subprocess.Popen[bytes]) -> None:
    emulator.stop_emulator()
    assert sleeper.wait(5) < 0
    assert not emulator.PID_FILE.exists()


@pytest.mark.parametrize("sleeper", [[], ["fastly_emulator", "--state", "/other.json"]], indirect=True)
def test_another_process_with_that_id_is_left_alone(
    emulator: ModuleType, sleeper: subprocess.Popen[bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    emulator.stop_emulator()
    assert sleeper.poll() is None
    assert capsys.readouterr().out == "The emulator is not running.\n"


@pytest.mark.parametrize("content", [None, "", "not a number", "999999999"])
def test_a_stale_or_broken_file_means_not_running(emulator: ModuleType, content: str | None) -> None:
    if content is not None:
        emulator.PID_FILE.write_text(content)
    assert emulator.our_emulator() is None


def test_on_another_port_it_is_not_started_twice(
    emulator: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    port = use_free_port(monkeypatch)
    emulator.start_emulator()
    pid = emulator.our_emulator()
    assert capsys.readouterr().out == f"The emulator answers at http://127.0.0.1:{port} (process {pid}).\n"
    emulator.start_emulator()
    assert capsys.readouterr().out == ""
    use_free_port(monkeypatch)
    with pytest.raises(emulator.Failed) as raised:
        emulator.start_emulator()
    assert str(raised.value) == (
        f"this clone's emulator already runs (process {pid}, port {port}): "
        f"run `make down` first, or use its URL: {command(port)}"
    )
    emulator.stop_emulator()
    assert capsys.readouterr().out.startswith("The emulator has stopped")
    assert not emulator.port_taken(port)


def test_an_emulator_that_does_not_start_says_why(emulator: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    use_free_port(monkeypatch)
    emulator.LOG.write_text("of an earlier start\n")
    with running_emulator(emulator.DATA), pytest.raises(emulator.Failed) as raised:  # started by hand: no id in a file
        emulator.start_emulator()
    assert f"fastly-emulator: {emulator.DATA} is in use by another emulator" in str(raised.value)
    assert "emulator.log" in str(raised.value)
    assert not emulator.PID_FILE.exists()


@pytest.mark.parametrize(
    ("file", "whose", "own_port"),
    [
        ("other/.state/emulator.json", "the emulator of another clone ({}/other)", None),
        ("other/.state/emulator.json", "the emulator of another clone ({}/other)", 7070),
        ("tests.json", "the emulator", None),
        (None, "the emulator", 7070),
        ("clone/.state/emulator.json", "", None),
    ],
)
def test_which_emulator_answers(  # noqa: PLR0917 - fixtures, and the case
    emulator: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    file: str | None,
    whose: str,
    own_port: int | None,
) -> None:
    with running_emulator(tmp_path / file if file else None) as other:
        monkeypatch.setenv("FASTLY_API_URL", other.url)
        if own_port:
            monkeypatch.setattr(emulator, "our_emulator", lambda: 1)
            monkeypatch.setattr(emulator, "command_line", lambda _pid: f"-m fastly_emulator --port {own_port}")
        assert emulator.start_emulator() == other.url
    hint = command(own_port or int(other.url.rpartition(":")[2]) + 1)
    assert capsys.readouterr().out == (
        f"Using {whose.format(tmp_path)} that answers at {other.url} already; it was not started from here.\n"
        f"For this clone's own: {hint}\n"
        if whose
        else ""
    )


def test_an_older_emulator_does_not_say_where_its_state_is(
    emulator: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def get(url: str, path: str) -> None:
        raise emulator.Failed(f"{url}{path}: HTTP Error 404: Not Found")

    monkeypatch.setattr(emulator, "get", get)
    assert emulator.state_file("http://127.0.0.1:1") is None


@pytest.mark.parametrize("url", ["http://127.0.0.1:99999", "http://127.0.0.1:x", "http://[::1"])
def test_an_address_that_is_none(emulator: ModuleType, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("FASTLY_API_URL", url)
    with pytest.raises(emulator.Failed, match="FASTLY_API_URL is "):
        emulator.start_emulator()
