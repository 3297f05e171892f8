"""README.md says what is there, and all of it; its programs run."""

import re
import tomllib
from pathlib import Path

import pulumi_fastly_dynamic as fastly
import pytest
from fastly_emulator.account import Emulator
from fastly_emulator.control import control_app
from pulumi_fastly_dynamic.schema import KINDS

from tests.e2e.harness import new_stack, running_emulator

REPO = Path(__file__).resolve().parents[1]
README = (REPO / "README.md").read_text()
GUIDES = [README, (REPO / "CONTRIBUTING.md").read_text()]
MAKEFILE = (REPO / "Makefile").read_text()
PACKAGES = ("provider", "emulator", "policies", "report")
PROJECT = tomllib.loads((REPO / "pyproject.toml").read_text())["project"]

PROGRAMS = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
TARGETS = set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE))


def code_spans(text: str) -> str:
    """What is set as code, one after the other."""
    blocks = re.findall(r"^```.*?^```", text, re.MULTILINE | re.DOTALL)
    return "\n".join(
        [*blocks, *re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))]
    )


CODE = code_spans(README)


def sources() -> dict[Path, str]:
    return {path: path.read_text() for package in PACKAGES for path in (REPO / package).rglob("*.py")}


# --- the programs


def test_the_first_program_is_on_the_first_screen_and_short() -> None:
    assert README.index(PROGRAMS[0]) < README.index("\n## ")
    assert len([line for line in PROGRAMS[0].splitlines() if line.strip()]) <= 12


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.splitlines()[0])
def test_programs_preview_on_the_real_engine(tmp_path: Path, program: str) -> None:
    with running_emulator() as emulator:
        stack = new_stack(tmp_path, emulator)
        result = stack.preview(program)
        assert result.ok, str(result)
        assert result.calls == []


def test_the_first_program_goes_live(tmp_path: Path) -> None:
    with running_emulator() as emulator:
        stack = new_stack(tmp_path, emulator)
        result = stack.up(PROGRAMS[0])
        assert result.ok, str(result)
        assert result.activations == 1
        assert stack.outputs() == {"version": 1}
        assert stack.up().calls == []
        assert stack.destroy().ok


# --- what it names is there, and what is there it names


def test_make_targets() -> None:
    called = r"(?:^|`|\s)make(?: [A-Z_]+=\S+)* ([a-z][a-z-]*)"
    named = {target for guide in GUIDES for target in re.findall(called, code_spans(guide), re.MULTILINE)}
    assert named <= TARGETS
    assert {target for target in TARGETS if f"`{target}`" in README or f"make {target}" in README} == TARGETS


def test_versions() -> None:
    go = re.search(r"^go (\S+)", (REPO / "tools/engine/go.mod").read_text(), re.MULTILINE)
    assert go
    assert f"Go ({go[1]} or later)" in README
    assert f"Python {PROJECT['requires-python'].removeprefix('>=')} or later" in README
    pulumi = next(name for name in PROJECT["dependencies"] if name.startswith("pulumi>="))
    assert f"CLI ({pulumi.removeprefix('pulumi>=')} or later)" in README


def test_make_variables() -> None:
    commands = "\n".join(line for line in CODE.splitlines() if re.search(r"\bmake\b", line))
    named = {name for name in re.findall(r"\b([A-Z_]+)=", commands) if not name.startswith("FASTLY_")}
    settable = set(re.findall(r"^([A-Z_]+) \?=", MAKEFILE, re.MULTILINE))
    assert named == settable


def test_configuration_keys_and_environment_variables() -> None:
    text = "\n".join(sources().values())
    keys = set(re.findall(r"""["'](fastly:[a-z]\w+)["']""", text))
    assert keys == set(re.findall(r"`(fastly:[a-z]\w+)`", README))
    read = set(re.findall(r"""["'](FASTLY_[A-Z_]+)["']""", text))
    assert read == set(re.findall(r"\b(FASTLY_[A-Z_]+)\b", README))


def test_resources() -> None:
    classes = {schema.label for schema in KINDS.values()} | {"Release"}
    table = README.partition("\n## Resources\n")[2].partition("\n## ")[0]
    assert set(re.findall(r"`([A-Z]\w+)`", table)) == classes
    assert {name for name in fastly.__all__ if name not in classes} <= set(re.findall(r"\w+", CODE))


def test_errors() -> None:
    text = "\n".join(source for path, source in sources().items() if "pulumi_fastly_dynamic" in path.parts)
    classes = set(re.findall(r"^class (\w+)\((?:Failure|Refusal|FastlyError|pulumi\.RunError)\)", text, re.MULTILINE))
    table = README.partition("\n## Errors and what to do\n")[2].partition("\n## ")[0]
    told = {name for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    assert told == classes - {"Refusal"}


def test_commands_and_extras() -> None:
    for name in PROJECT["scripts"]:
        assert name in CODE
    for extra in PROJECT["optional-dependencies"]:
        assert f"[{extra}]" in CODE or f"`{extra}`" in README


def test_emulator() -> None:
    table = README.partition("\n## The emulator\n")[2].partition("\n## ")[0]
    paths = {getattr(route, "path", "") for route in control_app(Emulator()).routes}
    assert set(re.findall(r"/_emulator/\w+", table)) == paths
    options = set(re.findall(r'"(--[a-z]+)"', (REPO / "emulator/fastly_emulator/__main__.py").read_text()))
    assert options == set(re.findall(r"(?<= )--[a-z]+", table))


def test_links_lead_somewhere() -> None:
    for guide in GUIDES:
        for target in re.findall(r"\]\(([^)#]+)\)", guide):
            assert target.startswith("https://") or (REPO / target).exists(), target


def test_budgets_are_those_of_the_tests() -> None:
    """The table of calls and the tests of the engine must not drift apart."""
    table = README.partition("\n## What one update does\n")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| (?!work)(.+?) \| (.+?) \| \d+ \|", table, re.MULTILINE))
    held = (REPO / "tests/e2e/test_budgets.py").read_text()
    assert len(rows) <= len(re.findall(r"^def test_", held, re.MULTILINE))
