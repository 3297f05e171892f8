"""Runs the ``pulumi`` CLI."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pulumi_fastly_dynamic.failure import Failure


@dataclass(frozen=True)
class Cli:
    """The CLI in the folder of a program."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    """Added to this process's own."""

    @staticmethod
    def is_there() -> bool:
        """Whether there is one on the PATH."""
        return shutil.which("pulumi") is not None

    def run(self, *arguments: str, given: str | None = None) -> "Outcome":
        """Runs a command to its end; ``given`` is what it reads from standard input."""
        command = shutil.which("pulumi")
        if command is None:
            raise Failure("there is no pulumi CLI on the PATH: see https://www.pulumi.com/docs/install/")
        done = subprocess.run(  # noqa: S603 - the command is the user's own pulumi
            [command, *arguments, "--non-interactive", "--color", "never"],
            cwd=self.folder,
            env={**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true", **self.environment},
            input=given or "",
            capture_output=True,
            text=True,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class Outcome:
    """What a command said."""

    code: int
    stdout: str
    stderr: str

    @property
    def first_error(self) -> str:
        """The line that says what is wrong."""
        lines = [line.strip() for line in f"{self.stdout}\n{self.stderr}".splitlines() if line.strip()]
        errors = [line for line in lines if line.startswith("error: ")]
        found = next(iter(errors), lines[-1] if lines else f"exit code {self.code}")
        return found.removeprefix("error: ")


def scratch_environment(folder: Path) -> dict[str, str]:
    """An environment in which nothing is shared with the user's own stacks; this interpreter runs the program."""
    (folder / "backend").mkdir()
    return {
        "PULUMI_HOME": str(folder / "home"),
        "PULUMI_BACKEND_URL": f"file://{folder / 'backend'}",
        "PULUMI_CONFIG_PASSPHRASE": "throw-away",
        "PULUMI_CONFIG_PASSPHRASE_FILE": "",
        "PULUMI_ACCESS_TOKEN": "",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "VIRTUAL_ENV": sys.prefix,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
    }
