"""The content of a dynamic snippet that another client writes: a program that leaves it out never touches it."""

from typing import Any

import pytest
from pulumi_fastly_dynamic.orchestration import ContainerNotEmpty, ObjectExists

from .conftest import Stack

KEY = "dynamic_snippet/waf"
BACKEND = {"backend/origin": {"address": "a.example.com"}}
THEIRS = "error 403;"
OURS = "esi;"


def program(**given: Any) -> dict[str, dict[str, Any]]:
    return {**BACKEND, KEY: {"type": "recv", **given}}


def rows(stack: Stack) -> dict[str, Any]:
    """The snippets of the version that serves."""
    return stack.emulator.services[stack.service].versions[stack.active or 0].of("snippet")


def content(stack: Stack, name: str = "waf") -> str:
    """What the snippet holds now."""
    return str(stack.emulator.services[stack.service].contents[rows(stack)[name]["id"]]["content"])


def write(stack: Stack, text: str, name: str = "waf") -> None:
    """Another client writes the content."""
    stack.api("PUT", f"snippet/{rows(stack)[name]['id']}", content=text)


@pytest.fixture
def served(taken: Stack) -> Stack:
    """A service that someone made, with a dynamic snippet that holds something; not yet taken over."""
    taken.api("POST", "version/1/snippet", name="waf", type="recv", dynamic=1, content=THEIRS)
    taken.api("PUT", "version/1/activate")
    taken.take_over()
    taken.clear()
    return taken


@pytest.mark.parametrize("adopt", [False, True])
@pytest.mark.parametrize(("priority", "versions"), [(100, 1), (7, 2)])
def test_taken_over_without_content_it_stays(served: Stack, adopt: bool, priority: int, versions: int) -> None:
    served.adopt = adopt
    if priority == 100 or adopt:
        served.up(program(priority=priority))
    else:
        served.up(program())
        served.up(program(priority=priority))
    assert (content(served), served.active) == (THEIRS, versions)
    assert not [each for each in served.writes if each.startswith("PUT snippet/")]
    write(served, "error 404;")
    served.refresh()
    served.clear()
    served.up(program(priority=priority))
    assert (content(served), served.writes) == ("error 404;", [])
    served.up(program(priority=priority, name="renamed"))
    assert content(served, "renamed") == "error 404;"


def test_empty_content_is_content(served: Stack) -> None:
    with pytest.raises(ObjectExists, match="DynamicSnippet 'waf' already exists"):
        served.up(program(content=""))
    assert content(served) == THEIRS
    served.adopt = True
    served.up(program(content=""))
    assert content(served) == ""


def test_a_new_one_starts_empty_and_is_left_alone(stack: Stack) -> None:
    stack.up(program())
    assert content(stack) == ""
    write(stack, THEIRS)
    stack.refresh()
    stack.clear()
    stack.up(program())
    assert (content(stack), stack.writes, stack.active) == (THEIRS, [], 1)


@pytest.mark.parametrize("refreshed", [False, True])
def test_managed_content_that_is_left_out_stays_as_it_is(stack: Stack, refreshed: bool) -> None:
    stack.up(program(content=OURS))
    stack.clear()
    stack.up(program())
    assert (content(stack), stack.writes, stack.active) == (OURS, [], 1)
    write(stack, THEIRS)
    if refreshed:
        stack.refresh()
    stack.clear()
    stack.up(program(priority=7))
    assert (content(stack), stack.active) == (THEIRS, 2)


@pytest.mark.parametrize(
    ("adopted", "adopt", "given", "refused"),
    [
        (False, False, OURS, False),
        (False, False, "", False),
        (True, False, OURS, True),
        (True, False, "", True),
        (True, False, THEIRS, False),
        (True, True, OURS, False),
    ],
)
def test_content_that_is_managed_again(
    stack: Stack, served: Stack, adopted: bool, adopt: bool, given: str, refused: bool
) -> None:
    """Somebody else's is compared first, as in a take-over."""
    assert stack is served
    if not adopted:
        served.service_is_adopted = False
        served.adopt = True
    served.up(program())
    served.adopt = adopt
    served.clear()
    if refused:
        with pytest.raises(ObjectExists, match="DynamicSnippet 'waf' already exists"):
            served.up(program(content=given))
        assert (content(served), served.writes) == (THEIRS, [])
        return
    served.up(program(content=given))
    assert content(served) == given
    assert served.writes == [f"PUT snippet/{rows(served)['waf']['id']}"][: given != THEIRS]


def test_live_content_is_read_only_where_it_is_managed(stack: Stack) -> None:
    stack.up(program())
    stack.clear()
    stack.refresh()
    assert not [each for each in stack.reads if each.startswith("snippet/")]


REMOVED: dict[str, dict[str, dict[str, Any]]] = {
    "out of the program": BACKEND,
    "another snippet in its place": {**BACKEND, "snippet/waf": {"type": "recv", "content": OURS}},
    "another resource and name": {**BACKEND, "dynamic_snippet/other": {"type": "recv"}},
}


@pytest.mark.parametrize("without", REMOVED.values(), ids=REMOVED)
@pytest.mark.parametrize(
    ("given", "text", "refused"),
    [
        ({}, THEIRS, True),
        ({}, "", False),
        ({"content": OURS}, THEIRS, False),
        ({"force_destroy": True}, THEIRS, False),
    ],
)
def test_a_removal_that_would_lose_it(
    stack: Stack, given: dict[str, Any], text: str, refused: bool, without: dict[str, dict[str, Any]]
) -> None:
    stack.up(program(**given))
    write(stack, text)
    if not refused:
        assert stack.up(without).activated
        assert "waf" not in [each["name"] for each in rows(stack).values() if each["dynamic"] == "1"]
        return
    with pytest.raises(ContainerNotEmpty, match="DynamicSnippet 'waf' still holds content"):
        stack.up(without)
    assert stack.active == 1
    stack.up(program())
    assert (content(stack), stack.active) == (THEIRS, 1)
    stack.up(program(force_destroy=True))
    assert content(stack) == THEIRS
    assert stack.up(without).activated


def test_another_resource_takes_it_over_with_its_content(stack: Stack) -> None:
    stack.up(program())
    write(stack, THEIRS)
    stack.up({**BACKEND, "dynamic_snippet/moved": {"type": "recv", "name": "waf"}})
    assert (content(stack), stack.active) == (THEIRS, 1)


def test_one_that_someone_deleted_from_the_draft_starts_empty_and_says_so(
    stack: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    stack.up(program(), activate=False)
    stack.api("DELETE", "version/1/snippet/waf")
    stack.ensure(stack.process(), program(priority=7))
    assert "DynamicSnippet 'waf' is gone and is created again" in capsys.readouterr().out
