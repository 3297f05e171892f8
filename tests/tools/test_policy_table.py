"""The table of rules is written from the rules, and never stale."""

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from fastly_policies import RULES

from tests.tool_modules import load_tool

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "tools" / "policy_table.py"


@pytest.fixture
def tool() -> ModuleType:
    return load_tool("policy_table")


def test_the_table_is_fresh() -> None:
    result = subprocess.run([sys.executable, TOOL, "--check"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_it_has_every_rule_level_and_default(tool: ModuleType) -> None:
    rows = tool.table().splitlines()[2:]
    for rule, row in zip(RULES, rows, strict=True):
        assert row.startswith(f"| `{rule.name}` | {rule.level.value} | {rule.reports} |")
        for name, parameter in rule.parameters.items():
            assert f"`{name}` `{json.dumps(parameter.default)}`: {parameter.text}" in row


def test_a_stale_page_is_found_and_mended(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "policies.md"
    page.write_text(f"before\n{tool.BEGIN}old\n{tool.END}after\n")
    monkeypatch.setattr(tool, "TARGET", page)
    monkeypatch.setattr(sys, "argv", ["policy_table.py", "--check"])
    assert tool.main() == 1
    assert "stale" in capsys.readouterr().err
    monkeypatch.setattr(sys, "argv", ["policy_table.py"])
    assert tool.main() == 0
    assert page.read_text() == f"before\n{tool.BEGIN}\n{tool.table()}\n{tool.END}after\n"


def test_a_page_without_a_place_is_refused(tool: ModuleType) -> None:
    with pytest.raises(ValueError, match="no place"):
        tool.with_table("# Policies\n")
