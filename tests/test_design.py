"""The design documents name the steps, refusals and files that exist, and agree with the README."""

import re
from pathlib import Path

import pytest
from pulumi_fastly_dynamic.orchestration import release_errors as errors
from pulumi_fastly_dynamic.orchestration.steps import STEPS

REPO = Path(__file__).resolve().parents[1]
PROVIDER = REPO / "provider" / "pulumi_fastly_dynamic"
EMULATOR = REPO / "emulator" / "fastly_emulator"
ORCHESTRATION = PROVIDER / "orchestration"
DESIGN = REPO / "docs" / "design"

README = (REPO / "README.md").read_text()
CONTRIBUTING = (REPO / "CONTRIBUTING.md").read_text()
DOCUMENT = (DESIGN / "orchestration.md").read_text()
DECISIONS = sorted((DESIGN / "decisions").glob("*.md"))
REFUSALS = sorted(each.__name__ for each in errors.Refusal.__subclasses__())
LONGEST_DECISION = 30


def section(text: str, title: str) -> str:
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    """The cells of a table's rows, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    heads = {number - 1 for number, row in enumerate(cells) if set("".join(row)) <= set("-:")}
    return [row for number, row in enumerate(cells) if not {number, number - 1} & heads]


def names(text: str) -> list[str]:
    """What is set as code."""
    return re.findall(r"`([^`\n]+)`", text)


def test_rows_leaves_heads_out() -> None:
    assert rows("| a | b |\n|---|---:|\n| 1 | 2 |\n\n| c |\n|---|\n| 3 |") == [["1", "2"], ["3"]]


@pytest.mark.parametrize("name", REFUSALS)
def test_users_are_told_of_a_refusal(name: str) -> None:
    """When it occurs, and the way out."""
    found = [row for row in rows(section(README, "Errors and what to do")) if f"`{name}`" in row[0]]
    assert len(found) == 1
    _, when, way_out = found[0]
    assert when
    assert way_out


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


def test_budgets_are_those_of_the_readme() -> None:
    told = [row[:3] for row in rows(section(DOCUMENT, "Call budgets"))]
    assert told == rows(section(README, "What one update does"))


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


@pytest.mark.parametrize("path", [DESIGN / "orchestration.md", *DECISIONS], ids=lambda path: path.stem)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text()):
        assert target.startswith("https://") or (path.parent / target).exists(), target
