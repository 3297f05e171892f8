"""The page on the package's coverage is written from the kinds and two lists, and never stale."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pulumi_fastly_dynamic as fastly
import pytest
from pulumi_fastly_dynamic.schema import KINDS, Group, KindSchema

from tests.tool_modules import load_tool

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "tools" / "package_coverage.py"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    return load_tool("package_coverage")


@pytest.fixture
def terraform(tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list of its own."""
    file = tmp_path / "names.txt"
    monkeypatch.setattr(tool, "TERRAFORM", file)
    return file


def test_the_page_is_fresh() -> None:
    result = subprocess.run([sys.executable, TOOL, "--check"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_a_new_kind_changes_its_rows(tool: ModuleType, terraform: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terraform.write_text("## Blocks\nword_press\nwordpresses_by_path\n")
    assert [entry.cell for entry in tool.terraform_names()] == ["planned", "planned"]
    kind = KindSchema(kind="wordpress", label="Wordpress", fields=(), collection="wordpress/wordpresses_by_path")
    monkeypatch.setitem(KINDS, "wordpress", kind)
    monkeypatch.setattr(fastly, "Wordpress", object, raising=False)
    link = "[`Wordpress`](reference.md#wordpress)"
    assert [entry.cell for entry in tool.terraform_names()] == [link, link]
    assert [entry.state for entry in tool.terraform_names()] == ["here", "here"]
    paths = ("/service/{}/version/{}/wordpress/wordpresses_by_path", "/service/{}/version/{}/wordpress/x")
    assert [tool.paths_of_kinds().get(path) for path in paths] == [("Wordpress",), None]


def test_names_that_the_package_has_or_not(tool: ModuleType, terraform: Path) -> None:
    terraform.write_text("# x\n## A\na = Release get_moon\nb = get_moon\n\n- It is far.\nc\n## B\nd = get_service\n")
    entries = tool.terraform_names()
    assert [(entry.section, entry.name, entry.state, entry.reason) for entry in entries] == [
        ("A", "a", "here", ""),
        ("A", "b", "planned", ""),
        ("A", "c", "out of scope", "It is far."),
        ("B", "d", "here", ""),
    ]
    release = "[`Release`](reference.md#release)"
    assert [entry.cell for entry in entries if not entry.reason] == [
        release,
        "planned",
        "[`get_service`](functions.md#get_service)",
    ]


@pytest.mark.parametrize(
    ("path", "classes"),
    [
        ("/service/{}/version/{}/backend/{}", ("Backend",)),
        ("/service/{}/version/{}/logging/s3", ("LoggingS3",)),
        ("/service/{}/version/{}/snippet", ("Snippet", "DynamicSnippet")),
        ("/service/{}/snippet/{}", ("DynamicSnippet",)),
        ("/rate-limiters/{}", ("RateLimiter",)),
        ("/service/{}/acl/{}/entry/{}", ("AclEntry", "AclEntries")),
        ("/service/{}/dictionary/{}/item", ("DictionaryItem", "DictionaryItems")),
        ("/customer/{}/users", ("User",)),
        ("/customer/{}/billing_address", ("BillingAddress",)),
        ("/customer/{}", ("Customer",)),
    ],
)
def test_paths_of_kinds(tool: ModuleType, path: str, classes: tuple[str, ...]) -> None:
    assert tool.paths_of_kinds()[path] == classes


def test_every_kind_is_on_the_page(tool: ModuleType) -> None:
    shown = {name for entry in (*tool.documented_paths(), *tool.terraform_names()) for name in entry.covered_by}
    internal = {Group.TAKEOVER, Group.VERSION}
    assert {schema.label for schema in KINDS.values() if schema.group not in internal} <= shown


def test_a_call_that_is_out_of_scope_beside_others_of_its_path(tool: ModuleType) -> None:
    rows = {entry.name: entry for entry in tool.documented_paths()}
    assert rows["DELETE /customer/{}"].reason.startswith("Only a person who is logged in")
    assert rows["/customer/{}"].covered_by == ("Customer", "get_customer")


def test_a_documented_path_without_an_entry(tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "paths.txt"
    empty.write_text("")
    monkeypatch.setattr(tool, "OTHER_PATHS", empty)
    with pytest.raises(ValueError, match="does not say what covers /service/"):
        tool.documented_paths()


def test_no_entry_is_stale(tool: ModuleType) -> None:
    documented = {entry.name for entry in tool.documented_paths()}
    others = list(tool.entries_of(tool.OTHER_PATHS))
    names = list(tool.entries_of(tool.TERRAFORM))
    for entries in others, names:
        keys = [(entry.section, entry.name) for entry in entries]
        assert sorted(set(keys)) == sorted(keys), "listed twice"
        assert [entry for entry in entries if entry.reason and entry.covered_by] == []
    assert [entry.name for entry in others if entry.name not in documented] == []
    assert [entry.name for entry in others if entry.reason and entry.name in tool.paths_of_kinds()] == []
    blocks = [entry for entry in names if not entry.name.startswith("fastly_")]
    assert [entry.name for entry in blocks if entry.reason and tool._word(entry.name) in tool.kinds_by_word()] == []
