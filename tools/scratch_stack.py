"""A throw-away project with one stack and a state of its own, and an emulator; for bench and smoke."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

ENGINE = Path(__file__).resolve().parent.parent / ".engine" / "bin"
STACK = "scratch"
NOT_INHERITED = ("PULUMI_", "PYTHONDONTWRITEBYTECODE")
"""The second would have every process compile this package anew, but no other."""


@dataclass(frozen=True)
class Outcome:
    """One command of the CLI."""

    code: int
    output: str
    seconds: float
    cpu_seconds: float
    """Of all its processes; says more than seconds where the machine has other work."""


@dataclass
class ScratchStack:
    """A folder with the project, the state and the plugins' home in it; nothing is shared with other stacks."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def program(self) -> Path:
        """The program's file."""
        return self.folder / "project" / "__main__.py"

    def make(self, project: str, program: str) -> None:
        """Write the project and create the stack."""
        for name in ("project", "backend", "home"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "project" / "Pulumi.yaml").write_text(f"name: {project}\nruntime: python\n")
        self.program.write_text(program)
        made = self.run("stack", "init", STACK)
        if made.code:
            raise RuntimeError(made.output)

    def environ(self, extra: Mapping[str, str]) -> dict[str, str]:
        """The environment of a command: this interpreter, this folder's state."""
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(NOT_INHERITED)},
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), str(ENGINE), os.environ.get("PATH", "")]),
            "VIRTUAL_ENV": sys.prefix,
            "PULUMI_HOME": str(self.folder / "home"),
            "PULUMI_BACKEND_URL": f"file://{self.folder / 'backend'}",
            "PULUMI_CONFIG_PASSPHRASE": "scratch",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            **self.environment,
            **extra,
        }

    def run(self, *arguments: str, **extra: str) -> Outcome:
        """Run a command to its end; keywords are more environment variables."""
        environment = self.environ(extra)
        cli = shutil.which("pulumi", path=environment["PATH"])
        if not cli:
            raise RuntimeError("there is no pulumi CLI: run `make engine`")
        start, cpu = time.monotonic(), children_cpu_seconds()
        process = subprocess.Popen(
            [cli, *arguments, "--non-interactive", "--color", "never"],
            cwd=self.folder / "project",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,  # Ctrl-C in this terminal is for the tool, not in the middle of a write
        )
        try:
            output, _ = process.communicate()
        except BaseException:
            process.send_signal(signal.SIGINT)  # the engine ends what it is in, and its plugins
            process.communicate()
            raise
        return Outcome(process.returncode, output, time.monotonic() - start, children_cpu_seconds() - cpu)

    def change(self, command: str, *arguments: str, **extra: str) -> Outcome:
        """Run ``up``, ``refresh`` or ``destroy`` without its preview."""
        return self.run(command, "--yes", "--skip-preview", "--stack", STACK, *arguments, **extra)

    def outputs(self) -> dict[str, Any]:
        """The stack's outputs."""
        got: dict[str, Any] = json.loads(self.run("stack", "output", "--json", "--stack", STACK).output)
        return got


def children_cpu_seconds() -> float:
    """Of all that have ended, and their own."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@dataclass(frozen=True)
class ScratchEmulator:
    """An emulator that lives as long as the tool."""

    url: str

    def control(self, method: str, endpoint: str, body: Mapping[str, Any] | None = None) -> Any:
        """Call one of its control endpoints."""
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.url}/_emulator/{endpoint}", data, {"Content-Type": "application/json"}, method=method)
        with urlopen(request, timeout=30) as answer:
            return json.load(answer)


@contextmanager
def scratch_emulator() -> Iterator[ScratchEmulator]:
    """Start an emulator on a free port, and stop it at the end."""
    command = [sys.executable, "-m", "fastly_emulator", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        if not found:
            raise RuntimeError(f"the emulator did not start: {line!r}")
        yield ScratchEmulator(found[0])
    finally:
        process.terminate()
        process.wait(10)
