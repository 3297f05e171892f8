"""The reference is written from the declarations, and never stale."""

import importlib.util
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, Literal

import pulumi_fastly_dynamic as fastly
import pytest
from annotated_types import Ge, Le, MaxLen, MinLen
from pulumi_fastly_dynamic.schema import KINDS

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "tools" / "reference.py"


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool, writing to a folder of its own."""
    spec = importlib.util.spec_from_file_location("reference", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "TARGET", tmp_path / "docs" / "reference.md")
    return module


def run(tool: ModuleType, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["reference.py", *arguments])
    status: int = tool.main()
    return status


def test_the_reference_is_fresh() -> None:
    result = subprocess.run([sys.executable, TOOL, "--check"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_check_fails_where_it_is_missing_or_stale(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tool, monkeypatch, "--check") == 1
    assert not tool.TARGET.exists()
    assert run(tool, monkeypatch) == 0
    assert run(tool, monkeypatch, "--check") == 0
    tool.TARGET.write_text(tool.TARGET.read_text() + "more\n")
    assert run(tool, monkeypatch, "--check") == 1
    assert "docs/reference.md is stale: run `python tools/reference.py`" in capsys.readouterr().err


def test_every_class_and_property_is_in_it() -> None:
    text = (ROOT / "docs" / "reference.md").read_text()
    sections = {part.split("\n", 1)[0]: part for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]}
    classes = {name for name in fastly.__all__ if not issubclass(getattr(fastly, name), Exception)}
    assert list(sections) == sorted(classes)
    for schema in KINDS.values():
        for field in schema.fields:
            assert f"\n| `{field.name}` | " in sections[schema.label]


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        (str, "string"),
        (bool | None, "boolean"),
        (Annotated[int, Ge(1), Le(5)], "integer, 1 to 5"),
        (Annotated[int, Ge(0)] | None, "integer, 0 or more"),
        (Annotated[str, MinLen(1)], "string, not empty"),
        (Annotated[str, MinLen(1), MaxLen(9)], "string, 9 characters at most"),
        (Literal["a", "b"], "`a`, `b`"),
        (list[str] | None, "list of string"),
        (Mapping[str, int], "map of string to integer"),
    ],
    ids=str,
)
def test_types_in_words(tool: ModuleType, annotation: Any, words: str) -> None:
    assert tool.type_words(annotation) == words


def test_marks() -> None:
    text = (ROOT / "docs" / "reference.md").read_text()
    assert re.search(r"\| `ssl_client_key` \| string \|  \| secret \|", text)
    assert re.search(r"\| `key` \| string, 256 characters at most \| required \| replaces, live \|", text)
    assert re.search(r"\| `write_only` \| boolean \| `False` \| made anew \|", text)
    assert re.search(r"\| `healthcheck` \| `Healthcheck`, or name \|", text)
