"""Links below an object: a director's backends. Each is a write of its own, in the draft."""

from functools import partial

import pytest
from pulumi_fastly_dynamic.api import ServerError
from pulumi_fastly_dynamic.orchestration import NothingToLink, Refusal

from .conftest import Program, Stack

EAST = {"address": "east.example.com"}
WEST = {"address": "west.example.com"}


def program(*backends: str, **director: object) -> Program:
    return {
        "backend/east": EAST,
        "backend/west": WEST,
        "director/origins": {"backends": list(backends), **director},
    }


def linked(stack: Stack) -> list[str]:
    (director,) = stack.emulator.services[stack.service].versions[stack.active or 0].of("director").values()
    return sorted(director["backends"])


def test_only_the_links_that_differ_are_written(stack: Stack) -> None:
    stack.up(program("east"))
    stack.clear()
    stack.up(program("west"))
    assert [row for row in stack.writes if "director" in row] == [
        "DELETE version/2/director/origins/backend/east",
        "POST version/2/director/origins/backend/west",
    ]
    assert linked(stack) == ["west"]


def test_fields_and_links_change_together(stack: Stack) -> None:
    stack.up(program("east"))
    stack.up(program("east", "west", quorum=10))
    assert linked(stack) == ["east", "west"]


def test_a_director_that_is_as_wanted_is_not_written(stack: Stack) -> None:
    stack.up(program("east", "west"))
    stack.clear()
    stack.up({**program("west", "east"), "backend/west": {**WEST, "port": 81}})
    assert not [row for row in stack.writes if "director" in row]
    assert linked(stack) == ["east", "west"]


def test_a_lost_answer_to_a_link_is_settled_by_a_look(stack: Stack) -> None:
    stack.fault(method="POST", path="*/backend/west", drop="after")
    stack.up(program("east", "west"))
    assert linked(stack) == ["east", "west"]
    assert len([row for row in stack.writes if row.endswith("director")]) == 1


def test_a_link_that_fails_leaves_a_draft_that_the_next_update_completes(stack: Stack) -> None:
    stack.up({"backend/east": EAST, "backend/west": WEST})
    stack.fault(method="POST", path="*/backend/west", status=500, times=2)
    session = stack.process()
    with pytest.raises(ServerError, match="500"):
        stack.ensure(session, program("east", "west"))
    assert stack.active == 1
    stack.up(program("east", "west"))
    assert linked(stack) == ["east", "west"]


def test_a_removed_backend_leaves_its_director_first(stack: Stack) -> None:
    stack.up(program("east", "west"))
    stack.up({"backend/east": EAST, "director/origins": {"backends": ["east"]}})
    assert linked(stack) == ["east"]
    assert stack.names("backend") == ["east"]


def test_a_link_that_someone_removed_is_written_again(stack: Stack) -> None:
    stack.up(program("east", "west"))
    stack.api("PUT", "version/1/clone")
    stack.api("DELETE", "version/2/director/origins/backend/west")
    stack.api("PUT", "version/2/activate")
    stack.refresh()
    stack.up(program("east", "west"))
    assert linked(stack) == ["east", "west"]


def test_a_link_that_someone_adds_to_the_draft_is_refused(stack: Stack) -> None:
    stack.up(program("east"))
    changed = {**program("east"), "backend/east": {**EAST, "port": 81}}
    theirs = partial(stack.api, "POST", "version/2/director/origins/backend/west")
    with pytest.raises(Refusal, match="Director 'origins'"):
        stack.up(changed, meanwhile=theirs)
    assert stack.active == 1
    assert linked(stack) == ["east"]


def test_a_backend_named_twice_is_linked_once(stack: Stack) -> None:
    stack.up(program("east", "east"))
    assert linked(stack) == ["east"]


def test_a_backend_that_does_not_exist_is_named_with_the_property(stack: Stack) -> None:
    text = r"Director 'origins': backends refers to 'wets', and version 1 .* has no backend of that name: declare it"
    with pytest.raises(NothingToLink, match=text):
        stack.up(program("east", "wets"))
