"""Dictionaries and ACLs that hold something: a release neither removes nor replaces them, unless it may."""

from typing import Any

import pytest
from pulumi_fastly_dynamic.orchestration import ContainerNotEmpty, NameOccupied, StoredDifferently

from .conftest import Stack

ORIGIN = {"backend/origin": {"address": "a.example.com"}}
PROGRAM: dict[str, dict[str, Any]] = {**ORIGIN, "dictionary/redirects": {}}
REPLACED = frozenset({"dictionary/redirects"})
"""As by `--replace`: the resource gets another object."""
ITEM = {"op": "create", "item_key": "/old", "item_value": "/new"}


@pytest.fixture
def filled(stack: Stack) -> Stack:
    """A released dictionary with one item."""
    stack.up(PROGRAM)
    stack.items(f"dictionary/{_id(stack)}/items", ITEM)
    stack.clear()
    return stack


def _id(stack: Stack) -> str | None:
    return stack.objects["dictionary/redirects"].record.object_id


def test_one_that_holds_items_is_not_removed(filled: Stack) -> None:
    with pytest.raises(ContainerNotEmpty, match=r"Dictionary 'redirects' still holds items, .*force_destroy=True"):
        filled.up(ORIGIN)
    assert filled.active == 1
    assert filled.up(PROGRAM).number == 1


@pytest.mark.parametrize("inputs", [{}, {"name": "other"}], ids=["same name", "another name"])
def test_one_that_holds_items_is_not_replaced(filled: Stack, inputs: dict[str, Any]) -> None:
    program = {**ORIGIN, "dictionary/redirects": inputs}
    before = _id(filled)
    with pytest.raises(ContainerNotEmpty, match="Dictionary 'redirects' would be replaced by a new one") as refusal:
        filled.up(program, replaced=REPLACED)
    assert "tmp_" not in str(refusal.value)
    assert (filled.active, filled.comment(2).endswith(" abandoned]")) == (1, True)
    assert _id(filled) != before
    # The state has the new one now, which is in no draft any more.
    filled.refresh()
    assert filled.up(PROGRAM).number in {1, 3}
    assert _id(filled) == before
    assert filled.names("dictionary") == ["redirects"]


def test_putting_another_name_back_settles_without_a_refresh(filled: Stack) -> None:
    before = _id(filled)
    with pytest.raises(ContainerNotEmpty):
        filled.up({**ORIGIN, "dictionary/redirects": {"name": "other"}}, replaced=REPLACED)
    filled.up(PROGRAM)
    assert (filled.active, filled.names("dictionary"), _id(filled)) == (1, ["redirects"], before)


def test_where_there_is_no_other_name_to_put_back_the_refusal_says_how_to_settle(filled: Stack) -> None:
    """The program did not change, and the state has the id of the new one."""
    before = _id(filled)
    for replaced in (REPLACED, frozenset[str]()):
        with pytest.raises(ContainerNotEmpty, match=r"Dictionary 'redirects' .*run `pulumi up --refresh`") as refusal:
            filled.up(PROGRAM, replaced=replaced)
        assert "tmp_" not in str(refusal.value)
    filled.refresh()
    filled.up(PROGRAM)
    assert (filled.active, filled.names("dictionary"), _id(filled)) == (1, ["redirects"], before)


def test_one_that_may_lose_its_items_is_replaced(stack: Stack) -> None:
    program = {**ORIGIN, "dictionary/redirects": {"force_destroy": True}}
    stack.up(program)
    assert stack.version
    stack.version.objects["dictionary/redirects"]["force_destroy"] = True  # type: ignore[index]
    stack.items(f"dictionary/{_id(stack)}/items", ITEM)
    before = _id(stack)
    stack.up(program, replaced=REPLACED)
    assert (stack.active, stack.names("dictionary")) == (2, ["redirects"])
    assert _id(stack) != before


def test_an_empty_one_is_removed(stack: Stack) -> None:
    stack.up(PROGRAM)
    stack.up(ORIGIN)
    assert (stack.active, stack.names("dictionary")) == (2, [])


def test_one_that_holds_items_does_not_change_what_cannot_be_changed(filled: Stack) -> None:
    with pytest.raises(ContainerNotEmpty, match="would be recreated, and lose the items it holds"):
        filled.up({**ORIGIN, "dictionary/redirects": {"write_only": True}})
    assert filled.names("dictionary", 2) == ["redirects"]
    assert filled.active == 1


def test_names_are_swapped_in_one_update(stack: Stack) -> None:
    stack.up({**ORIGIN, "dictionary/a": {}, "dictionary/b": {}})
    ids = {key: each.record.object_id for key, each in stack.objects.items()}
    stack.up({**ORIGIN, "dictionary/a": {"name": "b"}, "dictionary/b": {"name": "a"}})
    assert {key: each.record.object_id for key, each in stack.objects.items()} == ids
    assert (stack.active, sorted(stack.names("dictionary"))) == (2, ["a", "b"])


def test_an_undeclared_one_that_has_a_wanted_name_is_named(stack: Stack) -> None:
    stack.up({**ORIGIN, "dictionary/a": {}})
    stack.api("PUT", "version/1/clone")
    theirs = stack.api("POST", "version/2/dictionary", name="b")["id"]
    stack.api("PUT", "version/2/activate")
    stack.refresh()
    with pytest.raises(NameOccupied, match=f"a Dictionary that this program does not declare .id {theirs}.") as refusal:
        stack.up({**ORIGIN, "dictionary/a": {"name": "b"}})
    assert "tmp_" not in str(refusal.value)
    assert stack.active == 2
    stack.refresh()
    stack.up({**ORIGIN, "dictionary/a": {"name": "c"}})
    assert sorted(stack.names("dictionary")) == ["b", "c"]


def test_a_refused_update_leaves_live_content_as_the_state_has_it(stack: Stack) -> None:
    """Else a program that is put back would not write it: the state would say that it is there."""
    snippet = {"type": "recv", "content": 'log "1";'}
    stack.up({"dynamic_snippet/s": snippet})
    stack.clear()
    stack.fault(method="PUT", path="*/snippet/s", store={"priority": "55"})
    with pytest.raises(StoredDifferently, match="priority was asked to be 7, stored is 55"):
        stack.up({"dynamic_snippet/s": {**snippet, "priority": 7, "content": 'log "2";'}})
    assert stack.writes == ["PUT version/1/clone", "PUT version/2", "PUT version/2/snippet/s"]
