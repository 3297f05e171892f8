"""The page of functions is written from them, and never stale."""

import inspect
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import pulumi_fastly_dynamic as fastly
import pytest
from pulumi_fastly_dynamic.lookups.lookup import Lookup

from tests.pages import names, page, rows
from tests.tool_modules import load_tool

TOOL = Path(__file__).parents[2] / "tools" / "function_reference.py"
FUNCTIONS = [name for name in fastly.__all__ if isinstance(getattr(fastly, name), Lookup)]


@pytest.fixture
def tool() -> ModuleType:
    return load_tool("function_reference")


@pytest.fixture
def sections() -> dict[str, str]:
    return {part.split("\n", 1)[0]: part for part in re.split(r"^##+ ", page("functions"), flags=re.MULTILINE)[1:]}


def test_the_page_is_fresh() -> None:
    result = subprocess.run([sys.executable, TOOL, "--check"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_no_link_has_a_space_in_it() -> None:
    links = re.findall(r"\]\(([^)]*)\)", page("functions"))
    assert links
    assert [link for link in links if re.search(r"\s", link)] == []


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_in_it(name: str, sections: dict[str, str]) -> None:
    told = {names(row[0])[0]: row for row in rows(sections[name])}
    assert list(told) == list(inspect.signature(getattr(fastly, name)).parameters)
    described = [argument for argument, row in told.items() if row[3]]
    assert described == list(told), "describe each argument with `:param name:`"
    assert f"[`{name}`](#{name})" in page("functions")
    assert f"\n{name}(" in sections[name]
    assert "https://www.fastly.com/documentation/reference/api/" in sections[name]
    assert "\nReturns: " in sections[name]


def test_every_result_is_in_it(sections: dict[str, str]) -> None:
    results = [name for name in fastly.lookups.__all__ if hasattr(getattr(fastly, name), "__dataclass_fields__")]
    for name in results:
        told = {names(row[0])[0]: row for row in rows(sections[name])}
        assert set(getattr(fastly, name).__dataclass_fields__) <= set(told)
        assert all(row[2] for row in told.values()), name
    assert "| `active_version` | integer or `None` |" in sections["GetServiceResult"]
    assert "| `names(objects)` | tuple of string |" in sections["VersionDetails"]


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        (str, "string"),
        (int | None, "integer or `None`"),
        (tuple[float, ...], "tuple of number"),
        (Mapping[str, tuple[Any, ...]], "mapping of string to tuple of anything"),
        (Literal["a", "b"], '`"a"`, `"b"`'),
        (fastly.ServiceVersion, "[`ServiceVersion`](#serviceversion)"),
        (bytes, "`bytes`"),
    ],
    ids=str,
)
def test_types_in_words(tool: ModuleType, annotation: Any, words: str) -> None:
    assert tool.type_text(annotation) == words
