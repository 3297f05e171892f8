"""The command-line programs without the extra that they need: one line says what to install."""

import subprocess
import sys
from pathlib import Path

import pytest


def without(library: str, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = f"import sys; sys.modules[{library!r}] = None; {program}"
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("library", "module", "arguments", "message"),
    [
        ("starlette", "fastly_emulator.__main__", ["--port", "0"], "fastly-emulator needs starlette: {}[emulator]'"),
        ("uvicorn", "fastly_emulator.__main__", ["--port", "0"], "fastly-emulator needs uvicorn: {}[emulator]'"),
        ("h11", "fastly_emulator.__main__", ["--port", "0"], "fastly-emulator needs h11: {}[emulator]'"),
        (
            "pulumi_policy",
            "fastly_policies.cli",
            ["new", "{folder}"],
            "fastly-policies: a pack needs pulumi_policy: {}[policies]'",
        ),
    ],
)
def test_a_command_says_what_to_install(
    tmp_path: Path, library: str, module: str, arguments: list[str], message: str
) -> None:
    filled = [argument.format(folder=tmp_path / "pack") for argument in arguments]
    done = without(library, f"from {module} import main; sys.exit(main())", *filled)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == message.format("pip install 'pulumi-fastly-dynamic") + "\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("library", "package", "name", "extra"),
    [
        ("starlette", "fastly_emulator", "Emulator", "emulator"),
        ("pulumi_policy", "fastly_policies", "RULES", "policies"),
    ],
)
def test_an_import_says_what_to_install(library: str, package: str, name: str, extra: str) -> None:
    done = without(library, f"from {package} import {name}")
    assert done.stderr.splitlines()[-1] == (
        f"ModuleNotFoundError: {package} needs {library}: pip install 'pulumi-fastly-dynamic[{extra}]'"
    )
