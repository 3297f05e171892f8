"""README.md is short, and what it says of requirements and commands is so."""

import re
import tomllib

from tests.pages import ALL, REPO, code, programs, rows, section

README = (REPO / "README.md").read_text()
CONTRIBUTING = (REPO / "CONTRIBUTING.md").read_text()
MAKEFILE = (REPO / "Makefile").read_text()
PROJECT = tomllib.loads((REPO / "pyproject.toml").read_text())["project"]
TARGETS = set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE))
EVERYWHERE = "\n".join(code(path.read_text()) for path in ALL)
LONGEST = 130


def test_it_is_short() -> None:
    assert len(README.splitlines()) <= LONGEST


def test_the_first_program_is_on_the_first_screen_and_short() -> None:
    first = programs(README)[0]
    assert README.index(first) < README.index("\n## ")
    assert len([line for line in first.splitlines() if line.strip()]) <= 12


def test_every_page_is_linked() -> None:
    linked = set(re.findall(r"\]\((docs/[a-z-]+\.md)\)", README))
    assert linked == {f"docs/{path.name}" for path in (REPO / "docs").glob("*.md")}


def test_make_targets_exist() -> None:
    called = r"(?:^|\s)make(?: [A-Z_]+=\S+)* ([a-z][a-z-]*)"
    assert set(re.findall(called, EVERYWHERE, re.MULTILINE)) <= TARGETS


def test_make_targets_are_all_in_the_table_of_commands() -> None:
    told = [row[0].strip("`").removeprefix("make ") for row in rows(section(CONTRIBUTING, "Commands"))]
    assert sorted(told) == sorted(TARGETS)


def test_make_variables() -> None:
    commands = "\n".join(line for line in EVERYWHERE.splitlines() if re.search(r"\bmake\b", line))
    named = {name for name in re.findall(r"\b([A-Z_]+)=", commands) if not name.startswith("FASTLY_")}
    assert named == set(re.findall(r"^([A-Z_]+) \?=", MAKEFILE, re.MULTILINE))


def test_versions() -> None:
    go = re.search(r"^go (\S+)", (REPO / "tools/engine/go.mod").read_text(), re.MULTILINE)
    assert go
    assert f"Go ({go[1]} or later)" in README
    assert f"Python {PROJECT['requires-python'].removeprefix('>=')} or later" in README
    pulumi = next(name for name in PROJECT["dependencies"] if name.startswith("pulumi>="))
    assert f"CLI ({pulumi.removeprefix('pulumi>=')} or later)" in README


def test_commands_and_extras() -> None:
    for name in PROJECT["scripts"]:
        assert name in EVERYWHERE
    for extra in PROJECT["optional-dependencies"]:
        assert f"[{extra}]" in EVERYWHERE


def test_figures_are_those_of_the_budgets() -> None:
    table = {row[0]: row[1] for row in rows(section((REPO / "docs/releases.md").read_text(), "What one update does"))}
    nothing, one = table["`pulumi up`, nothing changed"], table["one backend changed"]
    assert f"| API calls | {nothing} if nothing changed; {one} for one changed backend" in README
