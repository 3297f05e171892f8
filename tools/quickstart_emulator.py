"""The emulator of the quickstart: one process of this clone in the background, or one that runs already."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

REPO = Path(__file__).resolve().parent.parent
STATE = REPO / ".state"
PID_FILE = STATE / "emulator.pid"
LOG = STATE / "emulator.log"
DATA = STATE / "emulator.json"


class Failed(Exception):
    """The text is one line for the user; empty where the user has been told."""


def start_emulator() -> str | None:
    """The emulator's address, once it answers; None where the environment names another service."""
    url = os.environ.get("FASTLY_API_URL", "")
    try:
        host, port = urlsplit(url).hostname, urlsplit(url).port or 80
    except ValueError as error:
        raise Failed(f"FASTLY_API_URL is {url!r}: {error}") from None
    if host not in ("127.0.0.1", "localhost"):
        print(f"Using {url or 'the real Fastly API'}, as the environment says; the emulator is not started.")
        return None
    ours = our_emulator()
    if answers(url):
        if (file := state_file(url)) != DATA:
            print(f"Using {whose(file)} that answers at {url} already; it was not started from here.")
            print(f"For this clone's own: {command_for(port_of(ours) if ours else port + 1)}")
    elif ours:
        running = f"this clone's emulator already runs (process {ours}, port {port_of(ours)})"
        raise Failed(f"{running}: run `make down` first, or use its URL: {command_for(port_of(ours))}")
    elif port_taken(port):
        raise Failed(f"port {port} is taken by something else; free it, or use another: {command_for(port + 1)}")
    else:
        process = start_process(url, port)
        print(f"The emulator answers at {url} (process {process.pid}).")
    return url


def stop_emulator() -> None:
    pid = our_emulator()
    if pid is None:
        print("The emulator is not running.")
    else:
        os.kill(pid, signal.SIGTERM)
        if not wait_until(lambda: our_emulator() is None, seconds=10):
            raise Failed(f"the emulator (process {pid}) does not stop; see {os.path.relpath(LOG)}")
        print(f"The emulator has stopped; its state is kept in {os.path.relpath(DATA)}.")
    PID_FILE.unlink(missing_ok=True)


def state_file(url: str) -> Path | None:
    """Where the emulator at this address keeps its state."""
    try:
        file = get(url, "/_emulator/state").get("file")
    except Failed:  # an older release
        return None
    return Path(file) if file else None


def whose(file: Path | None) -> str:
    """What the emulator is that keeps its state there."""
    if file and file.parts[-2:] == DATA.parts[-2:]:
        return f"the emulator of another clone ({file.parents[1]})"
    return "the emulator"


def command_for(port: int) -> str:
    return f"FASTLY_API_KEY=emulator FASTLY_API_URL=http://127.0.0.1:{port} make up"


def start_process(url: str, port: int) -> subprocess.Popen[bytes]:
    """Starts this clone's emulator; returns once it answers."""
    STATE.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "fastly_emulator", "--port", str(port), "--state", str(DATA)]
    with LOG.open("ab") as log:
        log_start = log.tell()
        # A session of its own: Ctrl-C in this terminal is not for the emulator.
        process = subprocess.Popen(
            command, cwd=REPO, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    try:
        wait_for(process, url, log_start)
        # Not earlier: until it answers, the file may name another process, which still runs.
        PID_FILE.write_text(f"{process.pid}\n")
    except BaseException:
        process.terminate()
        process.wait()
        raise
    return process


def wait_for(process: subprocess.Popen[bytes], url: str, log_start: int) -> None:
    # Not by our_emulator(): the command line of a process that has just begun may be empty still.
    wait_until(lambda: answers(url) or process.poll() is not None, seconds=20)
    if process.poll() is not None or not answers(url):
        lines = LOG.read_bytes()[log_start:].decode(errors="replace").split("\n")
        last = next((line for line in reversed(lines) if line.strip()), "no answer")
        raise Failed(f"the emulator did not start: {last} (its log: {os.path.relpath(LOG)})")


def our_emulator() -> int | None:
    """The process that start_process() started, if it still runs: the id may belong to another program by now."""
    try:
        pid = int(PID_FILE.read_text())
    except (OSError, ValueError):
        return None
    command = command_line(pid)
    return pid if "fastly_emulator" in command and str(DATA) in command else None


def port_of(pid: int) -> int:
    found = re.search(r"--port (\d+)", command_line(pid))
    return int(found[1]) if found else 0


def command_line(pid: int) -> str:
    """Empty if there is no such process, or if it has ended and was not yet waited for."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    command = ["ps", "-ww", "-o", "args=", "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def answers(url: str) -> bool:
    try:
        get(url, "/_emulator/log")
    except Failed:
        return False
    return True


def get(url: str, path: str) -> Any:
    """What the emulator answers; Failed where it does not, or refuses."""
    request = Request(url.rstrip("/") + path, headers={"Fastly-Key": os.environ.get("FASTLY_API_KEY", "")})
    try:
        with urlopen(request, timeout=5) as answer:
            return json.load(answer)
    except (OSError, HTTPException, ValueError) as error:
        raise Failed(f"the emulator at {url} does not answer {path}: {error or type(error).__name__}") from error


def port_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False
