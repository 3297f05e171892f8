"""The page on the emulator's coverage is written from its code, and never stale."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.tool_modules import load_tool

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "tools" / "coverage.py"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    return load_tool("coverage")


def test_the_page_is_fresh() -> None:
    result = subprocess.run([sys.executable, TOOL, "--check"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("line", "answered"),
    [
        ("GET /service/{service_id}/version/{version}/backend", True),
        ("PUT /service/{service_id}/version/{version}/logging/s3/{name}", True),
        ("PUT /rate-limiters/{id}", True),
        ("GET /current_user", True),
        ("PATCH /service/{service_id}/version/{version}/backend/{name}", False),
        ("GET /service/{service_id}/version/{version}/generated_vcl", True),
        ("GET /tls/certificates", False),
    ],
)
def test_what_is_answered(tool: ModuleType, line: str, answered: bool) -> None:
    assert tool.is_answered(line) is answered


def test_assumptions_have_a_place_and_the_code_they_are_about(tool: ModuleType) -> None:
    source = '''def refuse():
    # Assumed: the wording,
    # and the status.
    raise error("a|b")


LIMIT = 5
"""Per second; assumed: everything else."""
'''
    assert list(tool._comments(source)) == [(2, 'raise error("a|b")', "Assumed: the wording, and the status.")]
    assert list(tool._docstrings(source)) == [(8, "", "Per second; assumed: everything else.")]
    names = tool._names(source)
    assert (tool._enclosing(names, 2), tool._enclosing(names, 8)) == (["refuse"], ["LIMIT"])
