"""The design documents name the steps, refusals and files that exist, and agree with the pages for users."""

import re
from pathlib import Path

import pytest
from pulumi_fastly_dynamic.orchestration import release_errors
from pulumi_fastly_dynamic.orchestration.steps import STEPS

from tests.pages import REPO, names, page, rows, section

PROVIDER = REPO / "provider" / "pulumi_fastly_dynamic"
EMULATOR = REPO / "emulator" / "fastly_emulator"
ORCHESTRATION = PROVIDER / "orchestration"
DESIGN = REPO / "docs" / "design"

CONTRIBUTING = (REPO / "CONTRIBUTING.md").read_text()
DOCUMENT = (DESIGN / "orchestration.md").read_text()
DECISIONS = sorted((DESIGN / "decisions").glob("*.md"))
REFUSALS = sorted(each.__name__ for each in release_errors.Refusal.__subclasses__())
LONGEST_DECISION = 30


def test_rows_leaves_heads_out() -> None:
    assert rows("| a | b |\n|---|---:|\n| 1 | 2 |\n\n| c |\n|---|\n| 3 |") == [["1", "2"], ["3"]]


def test_steps_are_those_of_a_release_in_their_order() -> None:
    table = rows(section(DOCUMENT, "Steps of a release"))
    told = [names(row[0])[0] for row in table if row[0].startswith("`")]
    assert told == [step.__name__ for step in STEPS]


def test_every_refusal_has_its_place() -> None:
    assert {name for name in names(section(DOCUMENT, "Steps of a release")) if name in REFUSALS} == set(REFUSALS)


def test_files_of_the_orchestration() -> None:
    table = rows(section(DOCUMENT, "The way of an activation through the files"))
    told = [name for row in table for name in names(row[0])]
    assert sorted(told) == sorted(path.name for path in ORCHESTRATION.glob("*.py") if path.name != "__init__.py")


def test_budgets_are_those_that_users_are_told() -> None:
    told = [row[:3] for row in rows(section(DOCUMENT, "Call budgets"))]
    assert told == rows(section(page("releases"), "What one update does"))


def test_files_to_change_are_there() -> None:
    table = section(CONTRIBUTING, "Where to change what")
    named = [name for row in rows(table) for name in names(row[1]) if name.endswith((".py", "/"))]
    folders = (REPO, PROVIDER, EMULATOR)
    assert named
    assert not [name for name in named if not any((folder / name).exists() for folder in folders)]


def test_decisions_are_numbered() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{number + 1:04}" for number in range(len(DECISIONS))]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_short(path: Path) -> None:
    text = path.read_text()
    assert text.startswith(f"# {int(path.name[:4])}. ")
    assert re.findall(r"^## (.*)", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert len(text.splitlines()) <= LONGEST_DECISION
