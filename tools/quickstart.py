"""The quickstart behind `make up`, `make down` and `make destroy`: an emulator in the background, one stack on it.

Expects the environment of tools/env.sh. The emulator's state, log and process id are in .state/, beside the stack's.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

REPO = Path(__file__).resolve().parent.parent
STATE = REPO / ".state"
PID_FILE = STATE / "emulator.pid"
LOG = STATE / "emulator.log"
DATA = STATE / "emulator.json"
STACK = "dev"
STACK_TYPE = "pulumi:pulumi:Stack"
SECRET = "4dabf18193072939515e22adb298388d"
"""The key by which the engine marks a secret value in its events."""
# Where Pulumi's file backend keeps this stack: asking the CLI for it would cost a tenth of a second at each `make up`.
STACK_FILES = STATE / "backend" / ".pulumi" / "stacks" / "fastly-quickstart"


class Failed(Exception):
    """The text is one line for the user; empty where the user has been told."""


def main(arguments: list[str]) -> int:
    commands = {"up": up, "down": down, "destroy": destroy}
    if len(arguments) != 1 or arguments[0] not in commands:
        print(f"usage: quickstart.py {'|'.join(commands)}", file=sys.stderr)
        return 2
    try:
        commands[arguments[0]]()
    except Failed as failure:
        if str(failure):
            print(f"quickstart: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def up() -> None:
    emulator = start_emulator()
    if not list(STACK_FILES.glob(f"{STACK}.json*")):
        pulumi("stack", "select", "--create", STACK)
    before = count_calls(emulator)
    # A preview first, and an update only if there is something to do: the preview is where protected resources and
    # policies speak, and it takes no longer than an update that changes nothing.
    events = preview()
    if any(is_change(event) for event in events):
        pulumi("up", "--yes", "--skip-preview", "--stack", STACK)  # ends with the outputs
        verdict = "Done"
    else:
        print_outputs(events)
        verdict = "Nothing changed"
    calls = count_calls(emulator) - before
    print(f"{verdict}; {calls} API {'call' if calls == 1 else 'calls'}." if emulator else f"{verdict}.")
    for line in serving(emulator) if emulator else []:
        print(line)
    print("\nNext: change a line of examples/quickstart/__main__.py, and `make up` again.")
    print("Or `. tools/env.sh`, and use pulumi itself: `pulumi preview`, `pulumi refresh`, `pulumi stack output`.")


def down() -> None:
    pid = our_emulator()
    if pid is None:
        print("The emulator is not running.")
    else:
        os.kill(pid, signal.SIGTERM)
        if not wait_until(lambda: our_emulator() is None, seconds=10):
            raise Failed(f"the emulator (process {pid}) does not stop; see {os.path.relpath(LOG)}")
        print(f"The emulator has stopped; its state is kept in {os.path.relpath(DATA)}.")
    PID_FILE.unlink(missing_ok=True)


def destroy() -> None:
    start_emulator()
    pulumi("destroy", "--yes", "--stack", STACK)


# --- the stack


def pulumi(*arguments: str) -> None:
    if subprocess.run(["pulumi", *arguments], cwd=REPO, check=False).returncode:
        raise Failed


def preview() -> list[dict[str, Any]]:
    """Show a preview; return what the engine said in it."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "events.jsonl"
        # The event log is what Pulumi's Automation API reads; its flag is among those for debugging.
        environment = {**os.environ, "PULUMI_DEBUG_COMMANDS": "true"}
        command = ["pulumi", "preview", "--stack", STACK, "--event-log", str(log)]
        if subprocess.run(command, cwd=REPO, env=environment, check=False).returncode:
            raise Failed
        return [json.loads(line) for line in log.read_text().splitlines()]


def is_change(event: dict[str, Any]) -> bool:
    """An operation other than `same`; or, under `same`, an option such as `protect`, or an output of the stack."""
    if summary := event.get("summaryEvent"):
        return any(operation != "same" for operation in summary.get("resourceChanges") or {})
    metadata = event.get("resOutputsEvent", {}).get("metadata", {})
    old, new = ({**(metadata.get(side) or {}), "inputs": None} for side in ("old", "new"))
    if metadata.get("type") != STACK_TYPE:
        old["outputs"] = new["outputs"] = None
    return old != new


def print_outputs(events: list[dict[str, Any]]) -> None:
    """The stack's outputs, as `pulumi up` ends with them; the last event about the stack has them all."""
    outputs: dict[str, Any] = {}
    for event in events:
        metadata = event.get("resOutputsEvent", {}).get("metadata", {})
        if metadata.get("type") == STACK_TYPE:
            outputs = metadata["new"]["outputs"]
    if outputs:
        print("Outputs:")
    for name, value in sorted(outputs.items()):
        secret = isinstance(value, dict) and SECRET in value
        print(f"    {name}: {'[secret]' if secret else json.dumps(value)}")
    print()


def serving(emulator: str) -> list[str]:
    """What is live, in the words of the API. The real service may hold much else, so it is not asked."""
    lines = []
    for service in get(emulator, "/service"):
        active = [version["number"] for version in service.get("versions", []) if version.get("active")]
        state = f"version {active[0]} serves" if active else "no version serves"
        lines.append(f"{service['name']} ({service['id']}): {state}.")
    return lines


# --- the emulator


def start_emulator() -> str | None:
    """The emulator's address, once it answers; None where the environment names another service."""
    url = os.environ.get("FASTLY_API_URL", "")
    if urlsplit(url).hostname not in ("127.0.0.1", "localhost"):
        print(f"Using {url or 'the real Fastly API'}, as the environment says; the emulator is not started.")
        return None
    if answers(url):
        if our_emulator() is None:
            print(f"Using {whose(url)} that answers at {url} already; it was not started from here.")
            print(f"For one of this clone: {another_port(url)}")
    else:
        port = urlsplit(url).port or 80
        if port_taken(port):
            raise Failed(f"port {port} is taken by something else; free it, or use another: {another_port(url)}")
        process = start_process(port)
        # Not by our_emulator(): the command line of a process that has just begun may be empty still.
        wait_until(lambda: answers(url) or process.poll() is not None, seconds=20)
        if process.poll() is not None or not answers(url):
            raise Failed(f"the emulator (process {process.pid}) does not answer; see {os.path.relpath(LOG)}")
        print(f"The emulator answers at {url} (process {process.pid}).")
    return url


def whose(url: str) -> str:
    """What the emulator is that answers: that of another clone keeps its state there."""
    try:
        file = get(url, "/_emulator/state")["file"]
    except (OSError, ValueError):  # of an older release
        file = None
    if file and Path(file) != DATA and Path(file).parts[-2:] == DATA.parts[-2:]:
        return f"the emulator of another clone ({Path(file).parents[1]})"
    return "the emulator"


def another_port(url: str) -> str:
    return f"FASTLY_API_KEY=emulator FASTLY_API_URL=http://127.0.0.1:{(urlsplit(url).port or 80) + 1} make up"


def start_process(port: int) -> subprocess.Popen[bytes]:
    STATE.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "fastly_emulator", "--port", str(port), "--state", str(DATA)]
    with LOG.open("ab") as log:
        # A session of its own: Ctrl-C in this terminal is not for the emulator.
        process = subprocess.Popen(
            command, cwd=REPO, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    PID_FILE.write_text(f"{process.pid}\n")
    return process


def our_emulator() -> int | None:
    """The process that start_process() started, if it still runs: the id may belong to another program by now."""
    try:
        pid = int(PID_FILE.read_text())
    except (OSError, ValueError):
        return None
    command = command_line(pid)
    return pid if "fastly_emulator" in command and str(DATA) in command else None


def command_line(pid: int) -> str:
    """Empty if there is no such process, or if it has ended and was not yet waited for."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    command = ["ps", "-ww", "-o", "args=", "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def count_calls(emulator: str | None) -> int:
    return len(get(emulator, "/_emulator/log")) if emulator else 0


def answers(url: str) -> bool:
    try:
        get(url, "/_emulator/log")
    except (OSError, ValueError):
        return False
    return True


def get(url: str, path: str) -> Any:
    request = Request(url.rstrip("/") + path, headers={"Fastly-Key": os.environ.get("FASTLY_API_KEY", "")})
    try:
        with urlopen(request, timeout=5) as answer:
            return json.load(answer)
    except URLError as error:
        raise ConnectionError(f"{path}: {error}") from error


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
