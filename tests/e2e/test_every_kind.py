"""Every kind on the real CLI, all in one program: whatever happens to all of them takes one activation."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pulumi_fastly_dynamic.schema import KINDS, Group

from .every_kind import (
    DECLARED,
    FULL,
    VERSIONED,
    WITH_ANSWERS,
    Form,
    change_everything,
    differences,
    program,
    remove_everything,
    rows_of,
)
from .gated import GatedStack, Prepared, prepare
from .harness import Result, Stack, new_stack
from .lifecycle import ADOPT, NO_DRIFT, NOTHING, Step, live, www

STAGES = ("full", "changed", "minimal", "full")


def as_declared(form: Form) -> Step:
    """One update: one activation, whatever the number of kinds."""

    def check(stack: Stack) -> None:
        assert differences(stack.emulator, form) == []

    return Step(program(form), activations=1, check=check)


def all_gone(stack: Stack) -> None:
    for case in WITH_ANSWERS:
        rows = rows_of(stack.emulator, case, Form("full"))
        if KINDS[case.kind].is_restored:
            assert {name: rows[case.name][name] for name in case.answered if name != "version"} == {
                name: value for name, value in case.answered.items() if name != "version"
            }
        else:
            assert rows.keys() - {"www.example.com"} == set()


def test_created_changed_cleared_removed(stack: Stack) -> None:
    live(
        stack,
        *(step for stage in STAGES for step in (as_declared(Form(stage)), NO_DRIFT)),
        Step(www(), activations=1, check=all_gone),
        NO_DRIFT,
        Step(command=("destroy", "--skip-preview")),
    )


def ids(stack: Stack, form: Form) -> dict[tuple[str, str], str]:
    """The ids of objects that a rename must not replace, by kind and resource name."""
    kinds = [case for case in WITH_ANSWERS if KINDS[case.kind].id_property]
    return {
        (case.kind, each.name): rows_of(stack.emulator, case, form)[form.name(case, each)]["id"]
        for case in kinds
        for each in case.objects
    }


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """A stack that is up with every kind."""
    folder = tmp_path_factory.mktemp("everything")
    with prepare(folder) as stack:
        result = stack.up(program(FULL))
        assert result.ok, str(result)
    return Prepared(folder)


@pytest.fixture
def full(everything: Prepared, tmp_path: Path) -> Iterator[GatedStack]:
    """A copy of it."""
    with everything.copy(tmp_path) as stack:
        yield stack


def test_renamed(full: GatedStack) -> None:
    """References follow; containers and dynamic snippets keep their ids, and with them their content."""
    renamed = Form("full", "2")
    before = ids(full, FULL)

    def check(stack: Stack) -> None:
        assert differences(stack.emulator, renamed) == []
        assert ids(stack, renamed) == before
        for case in VERSIONED:
            old = {each.name for each in case.objects if case.named}
            assert rows_of(stack.emulator, case, renamed).keys() & old == set()

    live(full, Step(program(renamed), activations=1, check=check), NO_DRIFT)


def shown(result: Result, what: str) -> set[tuple[str, str]]:
    """Labels and names of the resources that a command with ``--diff`` shows as updated or deleted."""
    found = re.findall(rf"fastly:(\w+): \({what}\)\n.*\n.*::([^\]]*)\]", result.output)
    return {(label, name) for label, name in found if label not in {"Version", "Takeover"}}


def test_changed_by_someone(full: GatedStack) -> None:
    changed = change_everything(full.emulator)
    live_items = {(KINDS[case.kind].label, case.name) for case in DECLARED if KINDS[case.kind].live_items}
    refreshed = full.refresh("--diff")
    assert shown(refreshed, "update") == {(KINDS[kind].label, name) for kind, name in changed} | live_items
    assert {kind for kind, _ in changed} == {case.kind for case in WITH_ANSWERS} - {"http3"}
    live(full, as_declared(FULL), NO_DRIFT)


def test_removed_by_someone(full: GatedStack) -> None:
    """Settings that have the API's defaults again count as changed; all else is created again.

    Items and entries are still there, in a container of older versions. The new container gets its own.
    """
    remove_everything(full.emulator)
    refreshed = full.refresh("--diff")
    restored = {(KINDS[case.kind].label, case.name) for case in WITH_ANSWERS if KINDS[case.kind].is_restored}
    everything = {(KINDS[case.kind].label, each.name) for case in WITH_ANSWERS for each in case.objects}
    assert shown(refreshed, "update") == restored
    assert shown(refreshed, "delete") == everything - restored
    live(full, as_declared(FULL), NO_DRIFT)


def test_taken_over(full: GatedStack, tmp_path: Path) -> None:
    """A second stack takes over what the first one made, and writes nothing, but for purges when they are created."""
    stack = new_stack(tmp_path / "second", full.emulator)
    stack.environment["SERVICE_ID"] = full.emulator.service_id()
    cases = [case for case in DECLARED if not case.record]
    purges = sum(len(case.objects) for case in cases if KINDS[case.kind].group is Group.PURGE)
    live(
        stack,
        Step(program(FULL, cases, service=ADOPT), writes=purges, activations=0),
        NOTHING,
        NO_DRIFT,
    )
