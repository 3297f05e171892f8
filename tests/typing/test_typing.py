"""The package and programs that use it, to mypy and pyright."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pulumi_fastly_dynamic.schema import KINDS

from tests.cases import CASES, in_order

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PACKAGE = ROOT / "provider" / "pulumi_fastly_dynamic"
BIN = Path(sys.executable).parent

DECLARED = [case for case in in_order(CASES) if case.kind in KINDS]
HEAD = """\
import pulumi_fastly_dynamic as fastly

www = fastly.Service("www")
release = fastly.Release("www", service=www)"""

Errors = set[tuple[str, int, str]]
"""File, line and text of each."""


def mypy(*paths: Path) -> Errors:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--hide-error-context", "--no-pretty"]
    result = subprocess.run([*command, *map(str, paths)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert not result.stderr, result.stderr
    found = re.findall(r"^(.+?):(\d+): error: (.*)$", result.stdout, re.MULTILINE)
    assert result.returncode == bool(found), result.stdout
    return {(Path(file).name, int(line), text) for file, line, text in found}


def pyright(*paths: Path) -> Errors:
    # Files on the command line are checked whatever `include` of the settings says.
    command = [str(BIN / "pyright"), "--pythonpath", sys.executable, "--outputjson"]
    result = subprocess.run([*command, *map(str, paths)], cwd=ROOT, capture_output=True, text=True, check=False)
    report = json.loads(result.stdout)
    assert report["summary"]["filesAnalyzed"] >= len(paths), result.stdout
    return {
        (Path(row["file"]).name, row["range"]["start"]["line"] + 1, row["message"])
        for row in report["generalDiagnostics"]
        if row["severity"] == "error"
    }


CHECKERS = [pytest.param(checker, id=checker.__name__) for checker in (mypy, pyright)]

Checker = Callable[..., Errors]


def marked(program: Path) -> set[int]:
    """The lines with a mark."""
    lines = program.read_text().splitlines()
    return {number for number, line in enumerate(lines, start=1) if "  # error" in line}


@pytest.fixture(scope="module")
def good_cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with every object of every case, with all its properties."""
    program = tmp_path_factory.mktemp("good") / "good_cases.py"
    lines = [case.line(KINDS[case.kind].label, each, each.full) for case in DECLARED for each in case.objects]
    program.write_text("\n".join([HEAD, *lines, ""]))
    return program


@pytest.fixture(scope="module")
def bad_cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program that gives each kind an unknown argument, and leaves out each one that it needs."""
    program = tmp_path_factory.mktemp("bad") / "bad_cases.py"
    lines = []
    for case in DECLARED:
        label, stages = KINDS[case.kind].label, case.objects[0]
        lines.append(case.line(label, stages, stages.minimal))
        lines.append(case.line(label, stages, {**stages.minimal, "unknown": 1}) + "  # error")
        for field in KINDS[case.kind].fields:
            if field.required and field.name != "name":
                less = {name: value for name, value in stages.minimal.items() if name != field.name}
                lines.append(case.line(label, stages, less) + f"  # error: no {field.name}")
    program.write_text("\n".join([HEAD, *lines, ""]))
    return program


@pytest.mark.parametrize("checker", CHECKERS)
def test_the_package_and_good_programs_are_clean(checker: Checker, good_cases: Path) -> None:
    assert checker(PACKAGE, HERE / "good_program.py", good_cases) == set()


@pytest.mark.parametrize("checker", CHECKERS)
def test_mistakes_are_errors_on_the_very_line(checker: Checker, bad_cases: Path) -> None:
    programs = (HERE / "bad_program.py", bad_cases)
    errors = checker(*programs)
    for program in programs:
        found = {(line, text) for file, line, text in errors if file == program.name}
        assert {line for line, _ in found} == marked(program), sorted(found)
