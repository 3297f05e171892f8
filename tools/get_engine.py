#!/usr/bin/env python3
"""Make sure that there is a ``pulumi`` CLI with its Python language host, and say which one it is.

In this order: the one made here before, in .engine/bin, if it is of these sources (tools/env.sh puts it first on the
PATH); one on the PATH that is new enough; one fetched by Pulumi's own installer, which takes seconds; one built here
from Go modules, which takes minutes but no access to Pulumi's releases. It may run before the virtual environment
exists, so it uses the standard library only.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OLDEST = (3, 203, 0)
"""The oldest CLI taken from the PATH; pyproject.toml asks the same of the SDK."""
LANGUAGE_HOST = "pulumi-language-python"
PROGRESS_EVERY_S = 20
RELEASES = "https://get.pulumi.com/install.sh"
CONNECT_S: float = 5
"""How long to wait for Pulumi's site, which a build does not need: where there is no connection, it begins soon."""
INSTALL_S: float = 300
"""About what a build takes."""

REPO = Path(__file__).resolve().parent.parent
SOURCES = REPO / "tools" / "engine"
ENGINE = REPO / ".engine"
SDK = "github.com/pulumi/pulumi/sdk/v3"
BUILD = ("go", "build", "-v", "-trimpath", "-buildvcs=false", "-tags=osusergo,grpcnotrace,disable_grpc_modules")
SDK_SCRIPTS = ("python/cmd/pulumi-language-python-exec", "python/dist/pulumi-resource-pulumi-python")


class EngineError(Exception):
    """No engine this way; the text is one line for the user."""


def main() -> int:
    try:
        pulumi = get_engine()
    except EngineError as error:
        print(f"get_engine: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print(pulumi)
    return 0


def get_engine() -> Path:
    pulumi = built() or on_path(os.environ.get("PATH", ""))
    if pulumi:
        return pulumi
    with only_one(ENGINE / "lock"):
        pulumi = built()  # by another run, while this one waited for it
        if pulumi:
            return pulumi
        failures = []
        for make in (install, build):
            for left in ENGINE.glob("unfinished-*"):  # by a run that was killed
                shutil.rmtree(left, ignore_errors=True)
            scratch = ENGINE / f"unfinished-{os.getpid()}"
            scratch.mkdir(parents=True)
            try:
                make(scratch)
                return put_in_place(scratch)
            except EngineError as error:
                failures.append(str(error))
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
    raise EngineError(f"no pulumi CLI: {'; '.join(failures)}; or install pulumi {dotted(OLDEST)} or later yourself")


# --- finding one


def built() -> Path | None:
    """The CLI in .engine/bin, if it was made from the sources as they are now."""
    stamp, pulumi = ENGINE / "made-from", ENGINE / "bin" / "pulumi"
    if stamp.is_file() and stamp.read_text() == fingerprint() and pulumi.is_file():
        return pulumi
    return None


def on_path(path: str) -> Path | None:
    """The ``pulumi`` that a shell with this PATH would run, if it is new enough and can run Python programs."""
    # Ours is left out: it was looked at first, and is out of date. If there is one, it hides all others once
    # tools/env.sh is sourced, so it has to be made anew rather than passed by.
    if (ENGINE / "bin" / "pulumi").exists():
        return None
    found = shutil.which("pulumi", path=path)
    if not found:
        return None
    # Package managers link the CLI into another folder than its language hosts.
    folders = (Path(found).parent, Path(found).resolve().parent)
    if not any((folder / LANGUAGE_HOST).exists() for folder in folders) and not shutil.which(LANGUAGE_HOST, path=path):
        say(f"{found} has no {LANGUAGE_HOST} beside it: not used.")
        return None
    version = version_of(found)
    if version is None or version < OLDEST:
        say(f"{found} is older than {dotted(OLDEST)}: not used.")
        return None
    return Path(found)


def version_of(pulumi: str | Path) -> tuple[int, ...] | None:
    try:
        answer = subprocess.run(
            [str(pulumi), "version"],
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
            env={**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"},
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return parse_version(answer.stdout)


def parse_version(text: str) -> tuple[int, ...] | None:
    """``v3.259.0``, or ``3.260.0-alpha.x1234``, which counts as 3.260.0."""
    match = re.match(r"v?(\d+)\.(\d+)\.(\d+)", text.strip())
    return tuple(int(part) for part in match.groups()) if match else None


def dotted(version: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in version)


def fingerprint() -> str:
    """What a build depends on: the flags, the module's pins, the language host."""
    digest = hashlib.sha256(repr((BUILD, SDK_SCRIPTS)).encode())
    for file in sorted([*SOURCES.rglob("*.go"), *SOURCES.rglob("go.mod"), SOURCES / "go.sum"]):
        digest.update(str(file.relative_to(SOURCES)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


# --- making one


def build(scratch: Path) -> None:
    """Compile the pinned CLI and our language host into ``scratch``."""
    if not shutil.which("go"):
        raise EngineError(f"Go is not installed to build one (install Go {go_version()} or later)")
    version = pinned_version()
    say(f"Building the pulumi CLI {version} from Go modules. Once: some 2 minutes on 2 cores.")
    command = [*BUILD, "-ldflags", f"-w -s -X {SDK}/go/common/version.Version={version}", "-o", f"{scratch}/"]
    command += ["github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", f"./cmd/{LANGUAGE_HOST}"]
    # Without cgo no C compiler is needed.
    run_with_progress(command, env={**os.environ, "CGO_ENABLED": "0"})
    module = subprocess.run(
        ["go", "list", "-m", "-f", "{{.Dir}}", SDK], cwd=SOURCES, capture_output=True, text=True, check=False
    )
    if module.returncode:
        raise EngineError(f"`go list -m` failed: {last_line(module.stderr)}")
    for script in SDK_SCRIPTS:
        target = scratch / Path(script).name
        shutil.copyfile(Path(module.stdout.strip()) / script, target)
        target.chmod(0o755)


def install(scratch: Path) -> None:
    """Let Pulumi's SDK run the official installer, which fetches the release that a build would have the version of."""
    python = REPO / ".venv" / "bin" / "python"
    if not python.exists():
        raise EngineError("no .venv to run Pulumi's installer from (run `make venv`)")
    version = pinned_version()
    say(f"Fetching the pulumi CLI {version} with Pulumi's own installer.")
    root = scratch / "release"
    try:
        fetch(python, root, version.removeprefix("v"))
    except EngineError as error:
        say(f"  {error}")
        raise
    for file in (root / "bin").iterdir():
        file.rename(scratch / file.name)
    root.joinpath("bin").rmdir()
    root.rmdir()


def fetch(python: Path, root: Path, version: str) -> None:
    run_code(python, CONNECTING, [RELEASES, str(CONNECT_S)], CONNECT_S, CONNECT_WORDS)
    run_code(python, INSTALLING, [str(root), version], INSTALL_S, INSTALL_WORDS)
    if not (root / "bin" / "pulumi").is_file():
        raise EngineError("Pulumi's installer left no pulumi")


CONNECTING = "import sys, urllib.request as r; r.urlopen(sys.argv[1], timeout=float(sys.argv[2])).close()"
CONNECT_WORDS = "get.pulumi.com cannot be reached", "get.pulumi.com does not answer within"
INSTALLING = """
import sys
from pulumi.automation import PulumiCommand
from semver import VersionInfo
PulumiCommand.install(root=sys.argv[1], version=VersionInfo.parse(sys.argv[2]))
"""
INSTALL_WORDS = "Pulumi's installer failed", "Pulumi's installer was not done after"


def run_code(python: Path, code: str, arguments: list[str], seconds: float, words: tuple[str, str]) -> None:
    """Run Python code for so long at most, and end all that it started; ``words`` say that it failed."""
    process = subprocess.Popen(
        [str(python), "-c", code, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # the installer starts curl and others
    )
    try:
        _, told = process.communicate(timeout=seconds)
    except BaseException as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        if isinstance(error, subprocess.TimeoutExpired):
            raise EngineError(f"{words[1]} {seconds:g} s") from None
        raise
    if process.returncode:
        raise EngineError(f"{words[0]} ({last_line(told)})")


def put_in_place(scratch: Path) -> Path:
    """Move the files one by one, each atomically, and say last of what they were made."""
    target = ENGINE / "bin"
    target.mkdir(exist_ok=True)
    stamp = ENGINE / "made-from"
    stamp.unlink(missing_ok=True)
    for file in scratch.iterdir():
        file.replace(target / file.name)
    unfinished = ENGINE / "made-from.new"
    unfinished.write_text(fingerprint())
    unfinished.replace(stamp)
    return target / "pulumi"


def pinned_version() -> str:
    return pinned(r"github\.com/pulumi/pulumi/pkg/v3 (v\S+)")


def go_version() -> str:
    return pinned(r"^go (\S+)")


def pinned(pattern: str) -> str:
    match = re.search(pattern, (SOURCES / "go.mod").read_text(), re.MULTILINE)
    if not match:
        raise EngineError(f"tools/engine/go.mod has no line like {pattern}")
    return match.group(1)


def run_with_progress(command: list[str], env: dict[str, str]) -> None:
    """Run a ``go build -v``, with a line now and then on how far it is; its own output is shown only if it fails."""
    start = time.monotonic()
    lines: list[str] = []
    process = subprocess.Popen(
        command, cwd=SOURCES, env=env, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )

    def read() -> None:
        assert process.stderr
        lines.extend(iter(process.stderr.readline, ""))

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        while True:
            try:
                process.wait(PROGRESS_EVERY_S)
                break
            except subprocess.TimeoutExpired:
                fetched = sum(line.startswith("go: downloading") for line in lines)
                compiled = len(lines) - fetched
                say(f"  {time.monotonic() - start:4.0f} s: {fetched} modules fetched, {compiled} packages compiled")
    except BaseException:
        process.terminate()
        raise
    reader.join()
    if process.returncode:
        print("".join(lines[-15:]), end="", file=sys.stderr)
        raise EngineError(f"`go build` failed: {last_line(''.join(lines))}")
    say(f"  {time.monotonic() - start:4.0f} s: done")


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Hold a lock that the system frees however this process ends."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another run is getting the pulumi CLI: waiting for it.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def last_line(text: str) -> str:
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "no message")


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
