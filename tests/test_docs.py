"""The pages in docs/ name what is there, and all of it."""

import argparse
import json
import re
from pathlib import Path

import pytest
from fastly_adopt import __main__ as adopt_command
from fastly_console import activity, stats_command
from fastly_emulator.control import control_app
from fastly_emulator.emulator import Emulator
from fastly_emulator.faults import read_fault
from pulumi_fastly_dynamic.api.fastly_error import FastlyError
from pulumi_fastly_dynamic.failure import Failure
from pulumi_fastly_dynamic.orchestration import release_errors
from pulumi_fastly_dynamic.orchestration.owner import Owner
from starlette.routing import Route

from tests.pages import ALL, FOR_USERS, REPO, code, names, page, rows, section

PACKAGES = (
    "provider/pulumi_fastly_dynamic",
    "emulator/fastly_emulator",
    "policies/fastly_policies",
    "report/fastly_report",
    "console/fastly_console",
    "adopt/fastly_adopt",
)
SOURCES = {path: path.read_text() for package in PACKAGES for path in (REPO / package).rglob("*.py")}
CODE = "\n".join(code(path.read_text()) for path in FOR_USERS)


def ids(path: Path) -> str:
    return path.stem


# --- errors


def test_every_error_is_told_and_every_told_error_exists() -> None:
    classes = {
        name
        for path, text in SOURCES.items()
        if "pulumi_fastly_dynamic" in path.parts
        for name in re.findall(r"^class (\w+)\((?:Failure|Refusal|FastlyError|pulumi\.RunError)\)", text, re.MULTILINE)
    }
    assert {each.__name__ for each in release_errors.Refusal.__subclasses__()} <= classes
    assert {each.__name__ for each in FastlyError.__subclasses__()} <= classes
    told = [name for row in rows(section(page("errors"), "All errors")) for name in names(row[0])]
    assert sorted(told) == sorted(classes - {"Refusal"})
    assert issubclass(release_errors.Refusal, Failure)


def test_every_error_has_a_cause_and_a_way_out() -> None:
    for row in rows(page("errors")):
        assert all(row), row


def test_stuck_updates_name_errors_that_exist() -> None:
    told = {name for row in rows(section(page("errors"), "All errors")) for name in names(row[0])}
    stuck = {name for row in rows(section(page("errors"), "My update is stuck")) for name in names(row[0])}
    assert {name for name in stuck if re.fullmatch(r"[A-Z]\w+", name)} <= told


# --- markers


def test_markers_look_as_they_do_at_fastly() -> None:
    mark = Owner("organization/shop/dev", "key").mark
    marks = [found for path in ALL for found in re.findall(r"\[pulumi (organization\S+) v\d", path.read_text())]
    assert len(marks) > 2
    assert {re.sub(r"[0-9a-f]", "0", found.rpartition("#")[2]) for found in marks} == {
        "0" * len(mark.rpartition("#")[2])
    }
    digits = {12: "twelve"}[len(mark.rpartition("#")[2])]
    assert f"The {digits} digits come from a random key" in " ".join(page("releases").split())


# --- configuration


def test_configuration_keys_and_environment_variables() -> None:
    text = "\n".join(SOURCES.values())
    assert set(re.findall(r"""["'](fastly:[a-z]\w+)["']""", text)) == set(re.findall(r"(fastly:[a-z]\w+)", CODE))
    assert set(re.findall(r"""["'](FASTLY_[A-Z_]+)["']""", text)) == set(re.findall(r"\b(FASTLY_[A-Z_]+)\b", CODE))


# --- the emulator


def test_control_endpoints() -> None:
    told = {names(row[0])[0]: names(row[1]) for row in rows(section(page("emulator"), "Control endpoints"))}
    routes = [route for route in control_app(Emulator()).routes if isinstance(route, Route)]
    assert told == {route.path: sorted(set(route.methods or ()) - {"HEAD"}, key=_in_order) for route in routes}


def _in_order(method: str) -> int:
    return ["GET", "POST", "PUT", "DELETE"].index(method)


def test_effects_of_faults() -> None:
    told = [names(row[0])[0] for row in rows(section(page("emulator"), "Faults"))]
    for effect in told:
        name, _, value = effect.partition(": ")
        assert read_fault({name.strip('"'): json.loads(value)})
    assert {effect.split('"')[1] for effect in told} == {"status", "delay_ms", "drop", "store", "stale"}


@pytest.mark.parametrize(
    ("document", "source"),
    [
        ("emulator", "emulator/fastly_emulator/__main__.py"),
        ("pull-requests", "report/fastly_report/__main__.py"),
    ],
)
def test_options(document: str, source: str) -> None:
    options = set(re.findall(r'"(--[a-z-]+)"', (REPO / source).read_text()))
    told = {name for row in rows(page(document)) for name in names(row[0]) if name.startswith("--")}
    assert told == options


@pytest.mark.parametrize(
    ("document", "parser"),
    [
        ("activity", activity._parser()),
        ("statistics", stats_command._parser()),
        ("adopt", adopt_command._parser()),
    ],
    ids=["activity", "statistics", "adopt"],
)
def test_options_of_commands_for_a_service(document: str, parser: argparse.ArgumentParser) -> None:
    options = {name for name in parser._option_string_actions if name.startswith("--")} - {"--help"}
    told = {name for row in rows(page(document)) for name in names(row[0]) if name.startswith("--")}
    assert told == {name for name in options if not name.startswith("--no-")}
    assert {"--json"} < options
    assert "SERVICE" in parser.format_usage()
    assert "The API key is that of FASTLY_API_KEY." in " ".join(parser.format_help().split())


# --- the pages themselves


@pytest.mark.parametrize("path", ALL, ids=ids)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", path.read_text()):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        found = path.parent / name if name else path
        assert found.exists(), target
        assert not anchor or anchor in anchors(found), target


def anchors(path: Path) -> set[str]:
    """As GitHub makes them of headings."""
    headings = re.findall(r"^#+ (.*)", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", FOR_USERS, ids=ids)
def test_users_need_no_module_of_ours(path: Path) -> None:
    """The package's folders and files may change."""
    text = path.read_text()
    modules = {source.name for source in SOURCES if not source.name.startswith("__")}
    assert not re.findall(r"(?:provider|orchestration|resource|schema|engine|kinds)/\w*", text)
    assert not [name for name in re.findall(r"\b\w+\.py\b", text) if name in modules]


def test_the_budgets_are_tested() -> None:
    table = rows(section(page("releases"), "What one update does"))
    held = next(REPO.glob("tests/e*/test_budgets.py")).read_text()
    assert len(table) <= len(re.findall(r"^def test_", held, re.MULTILINE))
