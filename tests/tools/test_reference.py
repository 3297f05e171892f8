"""The reference is written from the declarations, and never stale."""

import inspect
import re
import runpy
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, Literal

import pulumi
import pulumi_fastly_dynamic as fastly
import pytest
from annotated_types import Ge, Le, MaxLen, MinLen
from pulumi_fastly_dynamic.schema import KINDS

from tests.resource import mocked
from tests.tool_modules import load_tool

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "tools" / "reference.py"


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool, writing to a folder of its own."""
    module = load_tool("reference")
    monkeypatch.setattr(module, "TARGET", tmp_path / "docs" / "reference.md")
    return module


def run(tool: ModuleType, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["reference.py", *arguments])
    status: int = tool.main()
    return status


def test_the_reference_is_fresh() -> None:
    result = subprocess.run([sys.executable, TOOL, "--check"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_every_class_and_property_is_in_it() -> None:
    text = (ROOT / "docs" / "reference.md").read_text()
    sections = {part.split("\n", 1)[0]: part for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]}
    names = set(fastly.__all__) - set(fastly.lookups.__all__)
    classes = {name for name in names if not issubclass(getattr(fastly, name), Exception)}
    assert list(sections) == ["Overview", *sorted(classes)]
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
        (Annotated[str, MinLen(1), MaxLen(9)], "string, at most 9 characters"),
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
    assert re.search(r"\| `key` \| string, at most 256 characters \| required \| replaces, live \|", text)
    assert re.search(r"\| `write_only` \| boolean \| `False` \| recreated \|", text)
    assert re.search(r"\| `healthcheck` \| `Healthcheck`, or name \|", text)


def examples() -> dict[str, Callable[..., None]]:
    text = runpy.run_path(str(TOOL.parent / "reference_examples.py"))
    return {name: member for name, member in text.items() if inspect.isfunction(member)}


REGISTERED_BY_RELEASE = {"Takeover", "Version"}


def test_every_class_has_an_example() -> None:
    """Add those that are missing to tools/reference_examples.py."""
    text = (ROOT / "docs" / "reference.md").read_text()
    sections = {part.split("\n", 1)[0]: part for part in re.split(r"^## ", text, flags=re.MULTILINE)[2:]}
    assert {name for name, part in sections.items() if "```python\n" not in part} == REGISTERED_BY_RELEASE
    for name in sections.keys() - REGISTERED_BY_RELEASE:
        assert f"fastly.{name}(" in sections[name].partition("```python\n")[2].partition("```")[0]


@pytest.mark.parametrize("name", examples())
def test_examples_run(name: str) -> None:
    example = examples()[name]
    for key in re.findall(r'require_secret\("(\w+)"\)', inspect.getsource(example)):
        pulumi.runtime.set_config(f"project:{key}", "https://example.com/5ecr3t")

    def program() -> None:
        if "release" not in inspect.signature(example).parameters:
            example()
            return
        www = fastly.Service("www-service")
        with fastly.Release("www-release", service=www) as release:
            example(release)

    assert mocked.run(program).resources


def test_every_kind_links_to_the_page_of_fastly() -> None:
    text = (ROOT / "docs" / "reference.md").read_text()
    sections = {part.split("\n", 1)[0]: part for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]}
    link = r"\[Fastly's documentation\]\(https://www\.fastly\.com/documentation/reference/api/[a-z0-9/-]+/\)"
    for schema in KINDS.values():
        assert re.search(link, sections[schema.label]), schema.label


def test_the_overview_has_every_kind() -> None:
    text = (ROOT / "docs" / "reference.md").read_text().partition("\n## Overview\n")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| \[`(\w+)`\]\(#\w+\) \| .+ \| (.+) \|$", text, re.MULTILINE))
    assert rows.keys() == {schema.label for schema in KINDS.values()} | {"Release"}
    assert (rows["Backend"], rows["DictionaryItems"]) == ("with the next activation", "at once")
