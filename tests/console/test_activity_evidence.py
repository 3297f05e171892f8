"""Which stack a row of ``fastly-activity`` came from: that stack, not that stack, or unknown."""

import json
from typing import Any
from unittest import mock

import pytest
from fastly_emulator import audit
from fastly_emulator.faults import read_fault

from .activity_scene import ALICE, CI, SINCE, STACK, Scene

NEW_KEY = ("CI00000000000000000000", "NEWTOKENOFCI0000000000")
LATER = "2026-11-25T18:00Z"
ROLLBACK = (2, "activated", ALICE[1])


@pytest.fixture
def scene() -> Scene:
    return Scene()


def rows(scene: Scene, since: str, stack: str = STACK) -> dict[tuple[int | None, str, str], tuple[Any, Any]]:
    """Stack and ``this_stack`` by version, what was done, and token; of the same twice the newest."""
    code, out, err = scene.run("www", "--since", since, "--stack", stack, "--json")
    assert (code, err) == (0, "")
    found = reversed(json.loads(out)["activity"])
    return {(row["version"], row["what"], row["token"]["id"]): (row["stack"], row["this_stack"]) for row in found}


def act(scene: Scene, who: tuple[str, str], method: str, below: str, **form: Any) -> None:
    with mock.patch.object(audit, "author", return_value=who):
        scene.send(method, f"/service/{scene.service}/version/{below}", **form)


def comment(scene: Scene, number: int) -> str:
    return scene.emulator.services[scene.service].versions[number].comment


def forget_marks(scene: Scene) -> None:
    scene.emulator.events[:] = [event for event in scene.emulator.events if event["event_type"] != "version.update"]


@pytest.mark.parametrize("since", [SINCE, LATER, "2026-11-25T18:01:00Z"])
def test_a_manual_rollback_is_not_this_stack_wherever_the_window_starts(scene: Scene, since: str) -> None:
    assert rows(scene, since)[ROLLBACK] == (None, False)


def test_marks_before_the_window_are_read_once(scene: Scene) -> None:
    act(scene, CI, "PUT", "4/activate")
    scene.emulator.control.log.clear()
    found = rows(scene, "2026-11-25T18:01:27Z")
    assert found == {(4, "activated", CI[1]): (STACK, True)}
    queries = [row["query"] for row in scene.emulator.control.log if row["path"] == "/events"]
    assert [query.get("filter[event_type]") for query in queries] == [None, "version.update"]


def test_marks_in_the_window_are_enough(scene: Scene) -> None:
    rows(scene, SINCE)
    paths = [row["path"] for row in scene.emulator.control.log]
    assert paths.count("/events") == 1


def test_without_any_mark_it_is_unknown(scene: Scene) -> None:
    forget_marks(scene)
    found = rows(scene, SINCE)
    assert found[ROLLBACK] == (None, None)
    assert found[2, "activated", CI[1]] == (None, None)
    assert "this stack" not in scene.run("www", "--since", SINCE, "--stack", STACK)[1]


def test_marks_that_cannot_be_read_are_unknown(scene: Scene) -> None:
    since = "2026-11-25T18:01:27Z"
    act(scene, ALICE, "PUT", "4/activate")
    fault = {"method": "GET", "path": "/events", "status": 403, "times": 9, "skip": 1}
    scene.emulator.control.faults.append(read_fault(fault))
    assert rows(scene, since) == {(4, "activated", ALICE[1]): (None, None)}


def test_versions_without_a_mark_are_unknown_unless_another_token_did_it(scene: Scene) -> None:
    act(scene, ALICE, "PUT", "1/activate")
    found = rows(scene, SINCE)
    assert found[1, "activated", CI[1]] == (None, None)
    assert found[None, "Service 'www' was created", CI[1]] == (None, None)
    assert found[6, "created", CI[1]] == (None, None)
    assert found[1, "activated", ALICE[1]] == (None, False)
    assert found[3, "activated", ALICE[1]] == (None, False)


def test_a_token_that_was_replaced_later_is_unknown(scene: Scene) -> None:
    """What was done before the first known mark may have been done with an older token of the stack."""
    forget_marks(scene)
    act(scene, NEW_KEY, "PUT", "2/clone")
    act(scene, NEW_KEY, "PUT", "7", comment=comment(scene, 4).replace("v4", "v7"))
    found = rows(scene, SINCE)
    assert found[2, "activated", CI[1]] == (None, None)
    assert found[1, "activated", CI[1]] == (None, None)
    assert found[7, "cloned", NEW_KEY[1]] == (STACK, True)


def test_the_version_of_another_stack(scene: Scene) -> None:
    found = rows(scene, SINCE, "acme/www/staging")
    assert found[2, "activated", CI[1]] == (STACK, False)
    assert found[ROLLBACK] == (None, False)


@pytest.mark.parametrize("number", [3, 4])
def test_who_edits_a_comment_does_not_become_the_stack(scene: Scene, number: int) -> None:
    """Version 3 is a clone, with the mark of version 2."""
    act(scene, ALICE, "PUT", str(number), comment=f"for Monday {comment(scene, number)}")
    assert rows(scene, SINCE)[ROLLBACK] == (None, False)


def test_who_drops_a_draft_does_not_become_the_stack(scene: Scene) -> None:
    with mock.patch.object(audit, "author", return_value=ALICE):
        scene.run("www", "--drop", "4")
    assert rows(scene, SINCE)[ROLLBACK] == (None, False)


def test_drafts_without_a_mark_are_unknown(scene: Scene) -> None:
    drafts = json.loads(scene.run("www", "--drafts", "--stack", STACK, "--json")[1])["drafts"]
    assert {row["version"]: row["this_stack"] for row in drafts} == {6: None, 5: False, 4: True}
