"""tools/get_engine.py: which CLI it takes, and when it makes one anew. No network, no build."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.tool_modules import load_tool

REPO = Path(__file__).resolve().parents[2]


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, with folders of its own, nothing on the PATH, and makers that always fail."""
    module = load_tool("get_engine")
    sources = tmp_path / "sources"
    (sources / "cmd").mkdir(parents=True)
    (sources / "go.mod").write_text("go 1.25\n\tgithub.com/pulumi/pulumi/pkg/v3 v3.259.0 // indirect\n")
    (sources / "go.sum").write_text("")
    (sources / "cmd" / "main.go").write_text("package main\n")
    monkeypatch.setattr(module, "REPO", tmp_path)
    monkeypatch.setattr(module, "SOURCES", sources)
    monkeypatch.setattr(module, "ENGINE", tmp_path / ".engine")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(module, "kept_install", module.install, raising=False)
    for maker in ("build", "install"):
        monkeypatch.setattr(module, maker, failing(module, f"{maker} failed"))
    return module


def failing(module: ModuleType, text: str) -> Callable[[Path], None]:
    def maker(scratch: Path) -> None:
        raise module.EngineError(text)

    return maker


def fake_cli(folder: Path, version: str = "v3.300.0", host: bool = True) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in ["pulumi", *(["pulumi-language-python"] if host else [])]:
        (folder / name).write_text(f"#!/bin/sh\necho {version}\n")
        (folder / name).chmod(0o755)
    return folder / "pulumi"


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("v3.259.0\n", (3, 259, 0)),
        ("3.9.10", (3, 9, 10)),
        ("v3.260.0-alpha.x1234", (3, 260, 0)),
        ("", None),
        ("unknown", None),
    ],
)
def test_versions_are_read(script: ModuleType, text: str, version: tuple[int, ...] | None) -> None:
    assert script.parse_version(text) == version


def test_a_new_enough_cli_on_the_path_is_taken(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli = fake_cli(tmp_path / "bin", "v3.203.0")
    monkeypatch.setenv("PATH", f"{cli.parent}:/bin:/usr/bin")
    assert script.get_engine() == cli


def test_a_linked_cli_has_its_language_host_beside_the_real_file(script: ModuleType, tmp_path: Path) -> None:
    cli = fake_cli(tmp_path / "cellar")
    link = tmp_path / "bin" / "pulumi"
    link.parent.mkdir()
    link.symlink_to(cli)
    assert script.on_path(str(link.parent)) == link


@pytest.mark.parametrize(("version", "host"), [("v3.199.9", True), ("v3.300.0", False), ("nonsense", True)])
def test_an_old_or_incomplete_cli_is_passed_by(script: ModuleType, tmp_path: Path, version: str, host: bool) -> None:
    cli = fake_cli(tmp_path / "bin", version, host)
    assert script.on_path(str(cli.parent)) is None


def test_an_outdated_build_is_made_anew_rather_than_passed_by(script: ModuleType, tmp_path: Path) -> None:
    elsewhere = fake_cli(tmp_path / "bin")
    fake_cli(script.ENGINE / "bin")
    assert script.on_path(str(elsewhere.parent)) is None


def test_a_build_is_kept_until_its_sources_change(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "build", fake_cli)
    pulumi = script.get_engine()
    assert pulumi == script.ENGINE / "bin" / "pulumi"

    monkeypatch.setattr(script, "build", failing(script, "not again"))
    assert script.get_engine() == pulumi

    (script.SOURCES / "cmd" / "main.go").write_text("package main // changed\n")
    with pytest.raises(script.EngineError, match="not again"):
        script.get_engine()


@pytest.mark.parametrize("name", ["cmd/main.go", "go.mod", "go.sum", "stubs/module/go.mod", "stubs/module/a/a.go"])
def test_what_a_build_is_made_of(script: ModuleType, name: str) -> None:
    before = script.fingerprint()
    file = script.SOURCES / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("// changed\n")
    assert script.fingerprint() != before


def test_modules_that_are_left_out_have_a_stub() -> None:
    engine = REPO / "tools" / "engine"
    replaced = re.findall(r"^replace (\S+) => (\S+)$", (engine / "go.mod").read_text(), re.MULTILINE)
    assert [module for module, _ in replaced] == ["github.com/pb33f/libopenapi"]
    for module, folder in replaced:
        assert (engine / folder / "go.mod").read_text().startswith(f"module {module}\n")


def test_the_installer_comes_before_a_build(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "install", fake_cli)
    monkeypatch.setattr(script, "build", lambda scratch: pytest.fail("built"))
    assert script.get_engine() == script.built()


def test_a_build_comes_after_a_failed_install(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "build", fake_cli)
    assert script.get_engine() == script.built()


INSTALLED = """
case "$2" in
  *urlopen*) %s ;;
  *) %s ;;
esac
"""
"""The `python -c CODE ...` of the virtual environment: the look whether the site answers, then the installer."""

RELEASE = 'mkdir -p "$3/bin" && for f in pulumi pulumi-language-python; do echo "$4" >"$3/bin/$f"; done'


@pytest.fixture
def installer(real_install: ModuleType) -> Callable[[str, str], None]:
    """Makes the virtual environment's interpreter a script of these two commands."""

    def make(connects: str, installs: str) -> None:
        python = real_install.REPO / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text("#!/bin/sh\nPATH=/bin:/usr/bin\n" + INSTALLED % (connects, installs))
        python.chmod(0o755)

    return make


@pytest.fixture
def real_install(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script with its own `install`, which is never to wait for long."""
    monkeypatch.setattr(script, "install", script.kept_install)
    monkeypatch.setattr(script, "CONNECT_S", 20)
    monkeypatch.setattr(script, "INSTALL_S", 20)
    return script


def test_a_release_is_installed(
    real_install: ModuleType, installer: Callable[[str, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    installer("exit 0", RELEASE)
    pulumi = real_install.get_engine()
    assert pulumi == real_install.ENGINE / "bin" / "pulumi"
    assert pulumi.read_text() == "3.259.0\n", "the version that a build would have"
    assert sorted(file.name for file in pulumi.parent.iterdir()) == ["pulumi", "pulumi-language-python"]
    assert capsys.readouterr().err.startswith("Fetching the pulumi CLI v3.259.0 with Pulumi's own installer")


@pytest.mark.parametrize(
    "case",
    [
        (
            "echo 'URLError: no route' >&2; exit 1",
            "exit 0",
            "",
            "get.pulumi.com cannot be reached (URLError: no route)",
        ),
        ("exec sleep 60", "exit 0", "CONNECT_S", "get.pulumi.com does not answer within 0.2 s"),
        ("exit 0", "echo 'tar: no space' >&2; exit 1", "", "Pulumi's installer failed (tar: no space)"),
        ("exit 0", "sleep 60 & exec sleep 60", "INSTALL_S", "Pulumi's installer was not done after 0.2 s"),
        ("exit 0", "exit 0", "", "Pulumi's installer left no pulumi"),
    ],
)
def test_without_a_release_it_goes_on_to_a_build(
    real_install: ModuleType,
    installer: Callable[[str, str], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    case: tuple[str, str, str, str],
) -> None:
    connects, installs, limit, line = case
    installer(connects, installs)
    monkeypatch.setattr(real_install, "build", fake_cli)
    if limit:
        monkeypatch.setattr(real_install, limit, 0.2)
    assert real_install.version_of(real_install.get_engine()) == (3, 300, 0)
    assert f"  {line}\n" in capsys.readouterr().err
    assert not [*real_install.ENGINE.glob("unfinished-*")]


def test_when_nothing_works_one_line_says_what_was_tried(
    script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert script.main() == 1
    assert capsys.readouterr().err == (
        "get_engine: no pulumi CLI: install failed; build failed; or install pulumi 3.203.0 or later yourself\n"
    )


def test_without_go_or_a_virtual_environment_the_error_names_the_fixes(tmp_path: Path) -> None:
    """The real script, in a copy of the repository that has neither."""
    (tmp_path / "tools" / "engine").mkdir(parents=True)
    for name in ("get_engine.py", "engine/go.mod", "engine/go.sum"):
        (tmp_path / "tools" / name).write_text((REPO / "tools" / name).read_text())
    done = subprocess.run(
        [sys.executable, tmp_path / "tools" / "get_engine.py"],
        capture_output=True,
        text=True,
        env={"PATH": "", "HOME": str(tmp_path)},
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "install Go 1." in done.stderr
    assert "make venv" in done.stderr


def test_what_a_killed_run_left_is_neither_used_nor_kept(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    left = fake_cli(script.ENGINE / "unfinished-1")
    fake_cli(script.ENGINE / "bin", "v1.0.0")  # some files were moved, but the stamp was not written
    monkeypatch.setattr(script, "build", lambda scratch: fake_cli(scratch, "v3.259.0"))
    assert script.version_of(script.get_engine()) == (3, 259, 0)
    assert not left.exists()


def test_of_two_runs_at_once_one_builds(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    builds: list[Path] = []
    started, go_on = threading.Event(), threading.Event()

    def build(scratch: Path) -> None:
        builds.append(scratch)
        started.set()
        assert go_on.wait(10)
        fake_cli(scratch)

    monkeypatch.setattr(script, "build", build)
    monkeypatch.setattr(script, "say", lambda line: go_on.set() if "waiting" in line else None)
    runs = [threading.Thread(target=script.get_engine) for _ in range(2)]
    runs[0].start()
    assert started.wait(10)
    runs[1].start()  # finds the lock taken, says so, and by that lets the first go on
    for run in runs:
        run.join(10)
        assert not run.is_alive()
    assert len(builds) == 1
