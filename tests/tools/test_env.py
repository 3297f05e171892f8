"""tools/env.sh, sourced in strict shells, from elsewhere, twice."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
SHELLS = [
    pytest.param(shell, marks=pytest.mark.skipif(not shutil.which(shell), reason=f"{shell} is not installed"))
    for shell in ("bash", "zsh")
]
DUMP = f"'{sys.executable}' -c 'import json, os; print(json.dumps(dict(os.environ)))'"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The file in a repository of its own, under a path that needs quoting."""
    repo = tmp_path / "a b" / "repo"
    (repo / "tools").mkdir(parents=True)
    shutil.copy(REPO / "tools" / "env.sh", repo / "tools")
    return repo


def source(shell: str, repo: Path, before: str = "", **environment: str) -> dict[str, str]:
    done = subprocess.run(
        [shell, "-c", f"set -eu; {before} . '{repo}/tools/env.sh'; . '{repo}/tools/env.sh'; {DUMP}"],
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "CDPATH": "/tmp", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    env: dict[str, str] = json.loads(done.stdout)
    return env


@pytest.mark.parametrize("shell", SHELLS)
def test_everything_lies_in_the_repository(shell: str, copy: Path) -> None:
    env = source(shell, copy)
    assert env["PATH"] == f"{copy}/.venv/bin:{copy}/.engine/bin:/usr/bin:/bin"
    assert env["VIRTUAL_ENV"] == f"{copy}/.venv"
    assert env["PULUMI_HOME"] == f"{copy}/.state/pulumi-home"
    assert env["PULUMI_BACKEND_URL"] == f"file://{copy}/.state/backend"
    assert (copy / ".state" / "backend").is_dir()
    assert env["PULUMI_SKIP_UPDATE_CHECK"] == env["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] == "true"
    assert not [name for name in env if name.startswith("_fastly")]


@pytest.mark.parametrize("shell", SHELLS)
def test_without_credentials_the_emulator_is_used(shell: str, copy: Path) -> None:
    env = source(shell, copy)
    assert (env["FASTLY_API_URL"], env["FASTLY_API_KEY"]) == ("http://127.0.0.1:7070", "emulator")


def test_a_key_alone_means_the_real_service(copy: Path) -> None:
    env = source("bash", copy, FASTLY_API_KEY="mine")
    assert env["FASTLY_API_KEY"] == "mine"
    assert "FASTLY_API_URL" not in env


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://127.0.0.1:9", "emulator"),
        ("http://127.0.0.1", "emulator"),
        ("http://localhost:9/", "emulator"),
        ("http://127.0.0.1.example.com", None),
        ("https://api.fastly.com", None),
    ],
)
def test_the_address_of_an_emulator_is_enough(shell: str, copy: Path, url: str, key: str | None) -> None:
    env = source(shell, copy, FASTLY_API_URL=url)
    assert (env["FASTLY_API_URL"], env.get("FASTLY_API_KEY")) == (url, key)


def test_a_key_is_kept_beside_an_address(copy: Path) -> None:
    env = source("bash", copy, FASTLY_API_URL="http://127.0.0.1:9", FASTLY_API_KEY="mine")
    assert (env["FASTLY_API_URL"], env["FASTLY_API_KEY"]) == ("http://127.0.0.1:9", "mine")


@pytest.mark.parametrize("passphrase", ["", "mine"])
def test_a_passphrase_is_kept_even_an_empty_one(copy: Path, passphrase: str) -> None:
    assert source("bash", copy, PULUMI_CONFIG_PASSPHRASE=passphrase)["PULUMI_CONFIG_PASSPHRASE"] == passphrase


def test_a_passphrase_file_is_enough(copy: Path) -> None:
    assert "PULUMI_CONFIG_PASSPHRASE" not in source("bash", copy, PULUMI_CONFIG_PASSPHRASE_FILE="/dev/null")
    assert source("bash", copy)["PULUMI_CONFIG_PASSPHRASE"] == "emulator"


def test_other_shells_are_told(copy: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f". '{copy}/tools/env.sh'"], capture_output=True, text=True, env={"PATH": "/bin"}, check=False
    )
    if done.returncode:  # where sh is bash, it works
        assert "bash or zsh" in done.stderr
