"""The package and programs that use it, to mypy and pyright."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PACKAGE = ROOT / "provider" / "pulumi_fastly_dynamic"
BIN = Path(sys.executable).parent

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


@pytest.mark.parametrize("checker", CHECKERS)
def test_the_package_and_a_good_program_are_clean(checker: Checker) -> None:
    assert checker(PACKAGE, HERE / "good_program.py") == set()


@pytest.mark.parametrize("checker", CHECKERS)
def test_mistakes_are_errors_on_the_very_line(checker: Checker) -> None:
    program = HERE / "bad_program.py"
    errors = {(line, text) for file, line, text in checker(program) if file == program.name}
    assert {line for line, _ in errors} == marked(program), sorted(errors)
