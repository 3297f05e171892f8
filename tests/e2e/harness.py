"""The real pulumi CLI on a throw-away project, a local backend, and an emulator of its own."""

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

REPOSITORY = Path(__file__).parents[2]
STACK = "test"
PRELUDE = "import pulumi\nimport pulumi_fastly_dynamic as fastly\n\n"
TIMEOUT_SECONDS = 300


@dataclass(frozen=True)
class Call:
    """One request in the emulator's log."""

    method: str
    path: str
    query: dict[str, Any]
    form: dict[str, Any]
    status: int | None

    @property
    def is_write(self) -> bool:
        return self.method != "GET"

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


class Emulator:
    """A client of the emulator's control endpoints, and of its API as another person would use it."""

    def __init__(self, url: str, process: "subprocess.Popen[str] | None" = None) -> None:
        self.url = url
        self.process = process
        self.http = httpx.Client(base_url=url, headers={"Fastly-Key": "someone-else"}, timeout=30)

    def reset(self) -> None:
        self.http.post("/_emulator/reset").raise_for_status()
        self.http.delete("/_emulator/faults").raise_for_status()
        self.http.put("/_emulator/latency", json={"profile": "none"}).raise_for_status()
        self.clear_log()

    def clear_log(self) -> None:
        self.http.delete("/_emulator/log").raise_for_status()

    def calls(self) -> list[Call]:
        rows = self.http.get("/_emulator/log").json()
        return [Call(r["method"], r["path"], r["query"] or {}, r["form"] or {}, r["status"]) for r in rows]

    def fault(self, method: str, path: str, **what: Any) -> None:
        fault = {"method": method, "path": path, "times": 1, **what}
        self.http.post("/_emulator/faults", json=fault).raise_for_status()

    def clear_faults(self) -> None:
        self.http.delete("/_emulator/faults").raise_for_status()

    def limit(self, remaining: int, reset_s: float) -> None:
        """Lets that many writes pass, then answers 429 until the reset."""
        self.http.put("/_emulator/ratelimit", json={"remaining": remaining, "reset_s": reset_s}).raise_for_status()

    def lag(self, reads: int) -> None:
        """Shows each activation late, to that many reads of the service's versions."""
        self.http.put("/_emulator/lag", json={"reads": reads}).raise_for_status()

    # another client of the same account; its calls are in the log too

    def get(self, path: str, **query: Any) -> Any:
        answer = self.http.get(path, params=query)
        answer.raise_for_status()
        return answer.json()

    def send(self, method: str, path: str, **form: Any) -> Any:
        answer = self.http.request(method, path, data=form)
        answer.raise_for_status()
        return answer.json()

    def services(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.get("/service")
        return rows

    def service_id(self, name: str = "www") -> str:
        return next(str(row["id"]) for row in self.services() if row["name"] == name)

    def versions(self, service_id: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.get(f"/service/{service_id}/version")
        return rows

    def latest(self, service_id: str) -> int:
        """The newest version, which may be a draft."""
        return max(int(row["number"]) for row in self.versions(service_id))

    def active(self, service_id: str) -> int | None:
        return next((int(row["number"]) for row in self.versions(service_id) if row["active"]), None)

    def objects(self, service_id: str, collection: str, version: int | None = None) -> dict[str, dict[str, Any]]:
        """Objects by name, of the active version unless another one is named."""
        number = version or self.active(service_id)
        return {row["name"]: row for row in self.get(f"/service/{service_id}/version/{number}/{collection}")}

    def items(self, service_id: str, dictionary_id: str) -> dict[str, str]:
        rows = self.get(f"/service/{service_id}/dictionary/{dictionary_id}/items", per_page=1000)
        return {row["item_key"]: row["item_value"] for row in rows}

    def entries(self, service_id: str, acl_id: str) -> dict[str, dict[str, Any]]:
        rows = self.get(f"/service/{service_id}/acl/{acl_id}/entries", per_page=1000)
        return {row["ip"] + (f"/{row['subnet']}" if row["subnet"] is not None else ""): row for row in rows}

    def someone_activates(self, service_id: str) -> int:
        """Another client clones the active version and activates the clone, unchanged."""
        number = int(self.send("PUT", f"/service/{service_id}/version/{self.active(service_id)}/clone")["number"])
        self.send("PUT", f"/service/{service_id}/version/{number}/activate")
        return number


@contextmanager
def running_emulator(state: Path | None = None) -> Iterator[Emulator]:
    """An emulator on a free port of the loopback interface."""
    command = [sys.executable, "-m", "fastly_emulator", "--port", "0"]
    process = subprocess.Popen(
        command + (["--state", str(state)] if state else []), stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        match = re.search(r"http://\S+", line)
        assert match, f"the emulator did not start: {line!r}"
        emulator = Emulator(match[0], process)
        with emulator.http:
            yield emulator
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout:
            process.stdout.close()


@dataclass(frozen=True)
class Result:
    """What a command of the CLI said."""

    code: int
    output: str
    calls: list[Call]

    @property
    def ok(self) -> bool:
        return self.code == 0

    @property
    def writes(self) -> list[Call]:
        return [call for call in self.calls if call.is_write]

    @property
    def activations(self) -> int:
        return sum(call.path.endswith("/activate") and call.status == 200 for call in self.calls)

    def __str__(self) -> str:
        return f"exit code {self.code}\n{self.output}\ncalls:\n" + "\n".join(f"  {c} {c.status}" for c in self.calls)


@dataclass
class Stack:
    """A stack of a project whose program the test writes."""

    folder: Path
    emulator: Emulator
    key: str = "test-key"
    environment: dict[str, str] = field(default_factory=dict)

    def write(self, program: str) -> None:
        """Sets the program; ``pulumi`` and ``fastly`` are imported already."""
        (self.folder / "__main__.py").write_text(PRELUDE + textwrap.dedent(program))

    def environ(self) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PULUMI_", "FASTLY_"))}
        binaries = [str(REPOSITORY / ".venv/bin"), str(REPOSITORY / ".engine/bin"), os.environ.get("PATH", "")]
        return {
            **inherited,
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), *binaries]),
            "VIRTUAL_ENV": str(Path(sys.executable).parent.parent),
            "PULUMI_HOME": str(self.folder.parent / "home"),
            "PULUMI_BACKEND_URL": f"file://{self.folder.parent / 'backend'}",
            "PULUMI_CONFIG_PASSPHRASE": "test",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_STACK": STACK,
            "FASTLY_API_URL": self.emulator.url,
            "FASTLY_API_KEY": self.key,
            **self.environment,
        }

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """A command of the CLI in a process group of its own."""
        cli = shutil.which("pulumi", path=self.environ()["PATH"])
        assert cli, "there is no pulumi CLI: run `make engine`"
        return subprocess.Popen(
            [cli, *arguments, "--non-interactive", "--color", "never"],
            cwd=self.folder,
            env=self.environ(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str) -> Result:
        """Runs a command; the calls are those that it made."""
        self.emulator.clear_log()
        process = self.start(*arguments)
        output, _ = process.communicate(timeout=TIMEOUT_SECONDS)
        return Result(process.returncode, output, self.emulator.calls())

    def up(self, program: str | None = None, *arguments: str, preview: bool = False) -> Result:
        """``pulumi up``, without its preview unless asked for."""
        if program is not None:
            self.write(program)
        return self.run("up", "--yes", *([] if preview else ["--skip-preview"]), *arguments)

    def preview(self, program: str | None = None, *arguments: str) -> Result:
        if program is not None:
            self.write(program)
        return self.run("preview", "--diff", *arguments)

    def refresh(self, *arguments: str) -> Result:
        return self.run("refresh", "--yes", "--skip-preview", *arguments)

    def destroy(self, *arguments: str) -> Result:
        return self.run("destroy", "--yes", "--skip-preview", *arguments)

    def state(self) -> dict[str, Any]:
        """The stack's state as the backend has it, secrets encrypted."""
        document: dict[str, Any] = json.loads(self.run("stack", "export").output)
        return document

    def outputs(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.run("stack", "output", "--json").output)
        return document


def new_stack(folder: Path, emulator: Emulator, source: Path | None = None) -> Stack:
    """A project and an empty stack in the folder; the project is a copy of the source, if there is one."""
    project = folder / "project"
    (folder / "backend").mkdir(parents=True)
    stack = Stack(project, emulator)
    if source is not None:
        shutil.copytree(source, project)
    else:
        project.mkdir()
        (project / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
        stack.write("")
    created = stack.run("stack", "init", STACK)
    assert created.ok, str(created)
    return stack
