"""An emulator inside the test's process, so that a test can stop at any call, and start from a prepared state."""

import asyncio
import math
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import fastly_emulator.emulator
import uvicorn
from fastly_emulator.app import create_app
from fastly_emulator.control_state import RateLimit
from fastly_emulator.faults import Fault
from fastly_emulator.server import Protocol
from starlette.responses import JSONResponse
from starlette.types import Message, Receive, Scope, Send

from .harness import Emulator, Result, Stack, new_stack

MOST_LOOKS = 2_000
SETTLED_SECONDS = 0.15
LONGEST_SECONDS = 20
"""How long reads wait for others that do not come."""


def line(method: str, path: str) -> str:
    """A call without ids and numbers of versions.

    Resources run at once, so a list may be read in the base or, if another resource opened it first, in the draft.
    """
    path = re.sub(r"/(service|dictionary|acl|rate-limiters)/[0-9A-Za-z]{20,22}(?=/|$)", r"/\1/ID", path)
    return f"{method} " + re.sub(r"/(version|from|to)/[0-9]+", r"/\1/N", path)


def numbered(lines: list[str]) -> list[str]:
    """Lines that tell the second call of a kind from the first: ``GET /service/ID #2``."""
    seen: Counter[str] = Counter()
    told = []
    for text in lines:
        seen[text] += 1
        told.append(text if seen[text] == 1 else f"{text} #{seen[text]}")
    return told


@dataclass
class Trap:
    """What happens to one call, named by its numbered line, in which ``*`` stands for anything."""

    call: str
    hold: str | None = None
    """Keep the client waiting for ever: ``before`` anything is done, or ``after`` it."""
    fault: dict[str, Any] = field(default_factory=dict)
    """A fault of the emulator instead."""
    limit_seconds: float | None = None
    """Or the rate limit is used up for that long."""
    quote: bool = False
    """Or it, and each one like it, is refused with a 400 that quotes all that was sent, the key too."""
    meanwhile: Callable[[], object] | None = None
    """Or someone does this before it is answered; the calls that this makes are not trapped."""
    seen: int = 0
    reached: threading.Event = field(default_factory=threading.Event)

    def meets(self, method: str, path: str) -> bool:
        """Whether this is the call; counts those that are like it."""
        wanted, _, number = self.call.partition(" #")
        if not fnmatchcase(line(method, path), wanted):
            return False
        self.seen += 1
        return self.quote or self.seen == int(number or 1)


@dataclass
class Crowd:
    """Reads that must all be under way before any is answered: proof that they go out together."""

    after: str
    """The call that precedes them, as ``METHOD path``."""
    size: int
    gathered: int = 0
    complete: asyncio.Event = field(default_factory=asyncio.Event)
    has_begun: bool = False
    came_apart: bool = False

    async def meet(self, method: str, path: str) -> None:
        """Keeps a read waiting for the others; if one does not come, the others go on after a while."""
        self.has_begun = self.has_begun or f"{method} {path}" == self.after
        if not self.has_begun or method != "GET" or self.gathered == self.size:
            return
        self.gathered += 1
        if self.gathered == self.size:
            self.complete.set()
        try:
            await asyncio.wait_for(self.complete.wait(), LONGEST_SECONDS)
        except TimeoutError:
            self.came_apart = True
            self.complete.set()


class Gate:
    """The emulator's application behind a trap."""

    def __init__(self, emulator: fastly_emulator.emulator.Emulator) -> None:
        self.emulator = emulator
        self.app = create_app(emulator)
        self.trap: Trap | None = None
        self.crowd: Crowd | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        trap, path = self.trap, str(scope["path"])
        if self.crowd is not None:
            await self.crowd.meet(scope["method"], path)
        if trap is None or path.startswith("/_emulator/") or not trap.meets(scope["method"], path):
            await self.app(scope, receive, send)
            return
        if trap.hold:
            await self._hold(trap, scope, receive)
            return
        if trap.quote:
            trap.reached.set()
            await _quote(scope, receive, send)
            return
        if trap.meanwhile:
            self.trap = None
            await asyncio.to_thread(trap.meanwhile)
        control = self.emulator.control
        if trap.fault:
            control.faults.insert(0, Fault(scope["method"], path, **trap.fault))
        if trap.limit_seconds is not None:
            control.rate_limit = RateLimit(0, math.ceil(time.time() + trap.limit_seconds))
        trap.reached.set()
        await self.app(scope, receive, send)

    async def _hold(self, trap: Trap, scope: Scope, receive: Receive) -> None:
        if trap.hold == "after":
            await self.app(scope, receive, _swallow)
        trap.reached.set()
        while (await receive())["type"] != "http.disconnect":
            pass


async def _quote(scope: Scope, receive: Receive, send: Send) -> None:
    sent = (await receive())["body"].decode()
    key = dict(scope["headers"])[b"fastly-key"].decode()
    detail = f"With key {key}: cannot take {sent} which is {unquote_plus(sent)}"
    await JSONResponse({"msg": "Bad request", "detail": detail}, 400)(scope, receive, send)


async def _swallow(_message: Message) -> None:
    """Nobody gets the answer."""


@contextmanager
def served(state: Path | None) -> Iterator[tuple[Emulator, Gate]]:
    """An emulator on a free port of the loopback interface, in a thread, its state kept in the file."""
    gate = Gate(fastly_emulator.emulator.Emulator(state))
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        gate,
        http=Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    emulator = Emulator(f"http://127.0.0.1:{listener.getsockname()[1]}")
    try:
        yield emulator, gate
    finally:
        emulator.http.close()
        server.should_exit = True
        thread.join()
        listener.close()


@dataclass
class GatedStack(Stack):
    """A stack whose emulator has a gate."""

    gate: Gate = field(kw_only=True)

    def kill_at(self, call: str, moment: str) -> Result:
        """Starts ``up``; once the call is at that moment, SIGKILLs the CLI and all that it started."""
        self.emulator.clear_log()
        self.gate.trap = trap = Trap(call, hold=moment)
        process = self.start("up", "--yes", "--skip-preview")
        try:
            _wait(trap, process)
            self._settle()
        finally:
            self.gate.trap = None
            kill_session(process.pid)
            output, _ = process.communicate()
        assert process.returncode == -signal.SIGKILL, f"the CLI ended before {call}: {output}"
        return Result(process.returncode, output, self.emulator.calls())

    def _settle(self) -> None:
        """Waits until the CLI has written its state: killed while it writes, it may leave a file cut short."""
        last: dict[Path, int] = {}
        while True:
            files = [*(self.folder.parent / "backend").rglob("*.json")]
            now = {file: file.stat().st_mtime_ns for file in files if file.exists()}
            if now == last:
                return
            last = now
            time.sleep(SETTLED_SECONDS)

    def up_with(self, trap: Trap, *arguments: str) -> Result:
        """``up`` with what the trap does to one call."""
        self.gate.trap = trap
        result = self.up(None, *arguments)
        self.gate.trap = None
        assert trap.reached.is_set(), f"there was no call {trap.call}\n{result}"
        return result

    def unlock(self) -> None:
        """Frees the lock that a killed CLI leaves."""
        result = self.run("cancel", "--yes")
        assert result.ok, str(result)


def meanwhile(call: str, act: Callable[[Stack], object]) -> Callable[[Stack], object]:
    """Another client acts while the next command waits for the answer to this call; for ``Step.other``."""

    def other(stack: Stack) -> None:
        assert isinstance(stack, GatedStack)
        stack.gate.trap = Trap(call, meanwhile=lambda: act(stack))

    return other


def _wait(trap: Trap, process: "subprocess.Popen[str]") -> None:
    for _ in range(MOST_LOOKS):
        if trap.reached.wait(0.05) or process.poll() is not None:
            return
    raise AssertionError(f"there was no call {trap.call}, and the command does not end")


def kill_session(leader: int) -> None:
    """SIGKILLs a session: the CLI, the language host, the program and the providers.

    They are stopped first, so that none of them sees another one die, or starts a new one meanwhile.
    """
    for number in (signal.SIGSTOP, signal.SIGKILL):
        for pid in _session(leader):
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue


def _session(leader: int) -> list[int]:
    found = []
    for pid in _processes():
        try:
            if os.getsid(pid) == leader:
                found.append(pid)
        except (ProcessLookupError, PermissionError):
            continue
    return found


def _processes() -> list[int]:
    if Path("/proc/self").exists():  # a container may have no ps
        return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    listed = subprocess.run(["ps", "-A", "-o", "pid="], capture_output=True, text=True, check=True)
    return [int(pid) for pid in listed.stdout.split()]


@dataclass(frozen=True)
class Prepared:
    """A stack that is up, and its emulator's state, to be copied."""

    folder: Path

    @contextmanager
    def copy(self, folder: Path) -> Iterator[GatedStack]:
        """A copy of both in the folder, running."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        with served(folder / "emulator.json") as (emulator, gate):
            yield GatedStack(folder / "project", emulator, gate=gate)


@contextmanager
def prepare(folder: Path) -> Iterator[GatedStack]:
    """An empty stack, whose folder is to be ``Prepared`` later."""
    with served(folder / "emulator.json") as (emulator, gate):
        stack = new_stack(folder, emulator)
        yield GatedStack(stack.folder, emulator, gate=gate)
