"""Releases on an emulator: what goes live, what never does, and how often is looked."""

import re
from typing import Any

import pytest
from pulumi_fastly_dynamic.api import FastlyError
from pulumi_fastly_dynamic.orchestration import (
    InvalidVersion,
    NeedsRefresh,
    ProtectedObject,
    ReleasedTwice,
    StoredDifferently,
    steps,
)

from .conftest import Stack

ORIGIN = {"backend/origin": {"address": "a.example.com"}}
MOVED = {"backend/origin": {"address": "b.example.com"}}
DOMAIN: dict[str, dict[str, Any]] = {"domain/www.example.com": {}}
OLD = {"backend/old": {"address": "old.example.com"}}
SNIPPET = {"snippet/code": {"type": "recv", "content": 'set req.http.X = "1";'}}

BROKEN = {"snippet/code": {"type": "recv", "content": "set req.http.X = ;;"}}


def test_one_clone_and_one_activation_for_all_changes(stack: Stack) -> None:
    assert stack.up({**ORIGIN, **DOMAIN, **OLD}).number == 1
    stack.clear()
    outcome = stack.up({**MOVED, **DOMAIN, **SNIPPET})
    assert (outcome.number, outcome.released, outcome.activated, stack.active) == (2, 2, True, 2)
    assert stack.writes == [
        "PUT version/1/clone",
        "PUT version/2",
        "PUT version/2/backend/origin",
        "POST version/2/snippet",
        "DELETE version/2/backend/old",
        "PUT version/2/activate",
    ]
    assert stack.sleeps == []


def test_a_program_that_serves_already_is_not_activated_again(stack: Stack) -> None:
    stack.up(ORIGIN)
    stack.clear()
    stack.version, stack.objects = None, {}  # the state is lost
    assert stack.up(ORIGIN).number == 1
    assert stack.writes == []


def test_a_version_that_does_not_compile_is_carried_on_from(stack: Stack) -> None:
    stack.up(ORIGIN)
    with pytest.raises(InvalidVersion, match=r"version 2 of service .* does not compile, and was not activated: "):
        stack.up({**ORIGIN, **BROKEN})
    assert stack.active == 1
    stack.clear()
    assert stack.up({**ORIGIN, **SNIPPET}).number == 2
    assert stack.writes == ["PUT version/2/snippet/code", "PUT version/2/activate"]


PROBABLY = {
    "snippet": (
        {"snippet/code": {"type": "recv", "content": "# one\nset req.http.X = ;;"}},
        "Syntax error: Expected an assignment at: (input Line 2 Pos 18) (probably in Snippet 'code', line 2)",
    ),
    "condition": (
        {**SNIPPET, "condition/c": {"type": "REQUEST", "statement": "req.url ~ nowhere"}},
        "Undefined `acl nowhere` at: (input Line 1 Pos 11) (probably in Condition 'c', line 1)",
    ),
}


@pytest.mark.parametrize(("program", "words"), PROBABLY.values(), ids=PROBABLY)
def test_what_does_not_compile_is_named_and_not_quoted(stack: Stack, program: Any, words: str) -> None:
    with pytest.raises(InvalidVersion) as refused:
        stack.up({**ORIGIN, **program})
    assert str(refused.value).endswith(f": {words}")


def test_an_activation_that_does_not_compile_names_it_too(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Someone may break the draft after it was validated."""
    monkeypatch.setattr(steps, "STEPS", [step for step in steps.STEPS if step is not steps.validate])
    with pytest.raises(InvalidVersion, match=r"assignment at: .* \(probably in Snippet 'code', line 1\)$"):
        stack.up({**ORIGIN, **BROKEN})
    assert stack.active is None


@pytest.mark.parametrize("path", ["*/validate", "*/activate"])
def test_after_another_failure_the_same_up_carries_on(stack: Stack, path: str) -> None:
    stack.up(ORIGIN)
    stack.fault(path=path, status=400)
    with pytest.raises(FastlyError):
        stack.up(MOVED)
    stack.clear()
    assert stack.up(MOVED).number == 2
    assert stack.writes == ["PUT version/2/activate"]


@pytest.mark.parametrize("drop", ["before", "after"])
@pytest.mark.parametrize("path", ["*/backend/origin", "*/version/1/clone", "*/version/2", "*/activate"])
def test_a_lost_answer_is_settled_by_reading(stack: Stack, path: str, drop: str) -> None:
    stack.up(ORIGIN)
    stack.clear()
    stack.fault(method="PUT", path=path, drop=drop)
    stack.up(MOVED)
    assert stack.active in {2, 3}  # a lost clone may leave an unused draft
    assert len([each for each in stack.writes if each.endswith("/activate")]) <= 2
    assert stack.up(MOVED).number == stack.active


def test_a_snippet_that_was_never_released_is_deleted_from_the_draft(
    stack: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    stack.up(ORIGIN)
    with pytest.raises(InvalidVersion):
        stack.up({**ORIGIN, **BROKEN})
    assert stack.up(MOVED).number == 2
    assert stack.names("snippet") == []
    assert "Snippet 'code' was removed from draft 2: neither the program nor the active version has it" in _text(capsys)


# ------------------------------------------------------------------------ what the API stores


@pytest.mark.parametrize(
    ("method", "program", "store", "words"),
    [
        ("PUT", MOVED, {"weight": 7}, "weight was asked to be 100, stored is 7"),
        ("PUT", MOVED, {"address": "c.example.com"},
         "address was asked to be 'b.example.com', stored is 'c.example.com'"),
        ("POST", {**ORIGIN, **OLD}, {"port": 81}, "port was asked to be 80, stored is 81"),
    ],
)  # fmt: skip
def test_an_answer_that_is_not_what_was_asked_stops_before_activation(
    stack: Stack, method: str, program: Any, store: dict[str, Any], words: str
) -> None:
    stack.up(ORIGIN)
    stack.fault(method=method, path="*/version/2/backend*", store=store)
    with pytest.raises(StoredDifferently, match=re.escape(words)):
        stack.up(program)
    assert stack.active == 1
    assert not [each for each in stack.writes if each.endswith("2/activate")]


def test_what_is_stored_late_is_named_as_well(stack: Stack) -> None:
    """The answer was right, the list is not: someone or something changed a declared object in the draft."""
    stack.up(ORIGIN)
    with pytest.raises(StoredDifferently, match="weight was asked to be 100, stored is 7"):
        stack.up(MOVED, meanwhile=lambda: stack.api("PUT", "version/2/backend/origin", weight=7))
    assert stack.active == 1


# ------------------------------------------------------------------------ late answers


@pytest.mark.parametrize(("times", "sleeps"), [(1, [1.0]), (2, [1.0, 3.0])])
def test_a_stale_list_is_read_again(stack: Stack, times: int, sleeps: list[float]) -> None:
    stack.up(ORIGIN)
    stack.clear()
    stack.fault(path="*/version/2/backend", stale=True, times=times)
    assert stack.up(MOVED).number == 2
    assert stack.sleeps == sleeps


def test_a_list_that_stays_stale_is_believed(stack: Stack) -> None:
    stack.up(ORIGIN)
    stack.clear()
    stack.fault(path="*/version/2/backend", stale=True, times=3)
    with pytest.raises(StoredDifferently, match=r"address was asked to be 'b\.example\.com', stored is 'a\.example"):
        stack.up(MOVED)
    assert (stack.sleeps, stack.active) == ([1.0, 3.0], 1)


@pytest.mark.parametrize(("lag", "sleeps"), [(1, [1.0]), (2, [1.0, 3.0])])
def test_an_active_flag_that_lags_is_read_again(stack: Stack, lag: int, sleeps: list[float]) -> None:
    stack.up(ORIGIN)
    stack.emulator.control.lag = lag
    stack.up(MOVED)
    stack.clear()
    assert stack.up({**MOVED, **OLD}).number == 3
    assert stack.sleeps == sleeps
    assert "PUT version/2/clone" in stack.writes


@pytest.mark.parametrize("status", [400, 404, 500])
def test_a_diff_that_is_refused_counts_as_all_differ(stack: Stack, status: int) -> None:
    stack.up({**ORIGIN, **DOMAIN})
    stack.clear()
    stack.fault(path="*/diff/*", status=status)
    assert stack.up({**MOVED, **DOMAIN}).number == 2
    assert {"version/2/gzip", "version/1/gzip", "version/2/vcl"} <= set(stack.reads)


@pytest.mark.parametrize("status", [400, 500])
def test_a_diff_that_is_refused_hides_nothing(stack: Stack, status: int) -> None:
    stack.up(ORIGIN)
    stack.fault(path="*/diff/*", status=status, times=3)
    with pytest.raises(Exception, match="Gzip 'theirs'"):
        stack.up(MOVED, meanwhile=lambda: stack.api("POST", "version/2/gzip", name="theirs"))
    assert stack.active == 1


# ------------------------------------------------------------------------ what the user is told


def test_warnings_are_told_once(stack: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    stack.up(DOMAIN)
    warning = "Fastly warns about version 1: Warning: No default director found at: (input Line 1 Pos 1)"
    assert _text(capsys).count(warning) == 1


def test_a_comment_alone_activates_nothing(stack: Stack) -> None:
    stack.up(ORIGIN)
    stack.up(MOVED, comment="spring")
    assert stack.comment(2).startswith("spring [pulumi org/project/stack#")
    stack.clear()
    stack.up(MOVED, comment="summer")
    assert stack.writes == ["PUT version/2"]
    assert stack.comment(2).startswith("summer [pulumi org/project/stack#")


def test_two_releases_of_one_service(stack: Stack) -> None:
    session = stack.process()
    stack.ensure(session, ORIGIN)
    stack.release(session, ORIGIN)
    stack.version = None
    with pytest.raises(ReleasedTwice):
        stack.release(session, ORIGIN)


def test_a_draft_that_is_not_to_be_activated(stack: Stack) -> None:
    stack.up({**ORIGIN, **OLD})
    outcome = stack.up(MOVED, activate=False)
    assert (outcome.number, outcome.released, outcome.activated, stack.active) == (1, 1, False, 1)
    assert list(outcome.kept) == ["backend/old"]
    assert stack.up(MOVED, comment="now").number == 2
    assert stack.names("backend") == ["origin"]


def test_protected_objects_are_not_removed(stack: Stack) -> None:
    stack.up({**ORIGIN, **OLD})
    assert stack.version
    stack.version.objects["backend/old"]["protect"] = True  # type: ignore[index]
    stack.clear()
    with pytest.raises(ProtectedObject, match="Backend 'old' is protected"):
        stack.up(ORIGIN)
    assert stack.writes == []


# ------------------------------------------------------------------------ someone else activates


def test_after_a_rollback_a_plain_up_writes_nothing(stack: Stack) -> None:
    stack.up({**ORIGIN, **OLD})
    stack.up(ORIGIN)
    stack.api("PUT", "version/1/activate")
    stack.clear()
    for program in (MOVED, {**ORIGIN, **SNIPPET}, {}):
        with pytest.raises(
            NeedsRefresh, match=r"version 1 of service .* is active, but this stack did not activate it last"
        ):
            stack.up(program)
    assert stack.writes == []
    assert stack.active == 1


def test_after_a_rollback_and_a_refresh_removed_objects_are_removed_again(
    stack: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    stack.up({**ORIGIN, **OLD})
    stack.up(ORIGIN)
    stack.api("PUT", "version/1/activate")
    stack.refresh()
    stack.clear()
    assert stack.up(MOVED).number == 3
    assert stack.names("backend") == ["origin"]
    assert stack.writes.count("PUT version/3/activate") == 1
    assert "Backend 'old' came back with the rollback to version 1; it is removed again" in _text(capsys)


def test_a_foreign_activation_on_top_needs_a_refresh(stack: Stack) -> None:
    stack.up(ORIGIN)
    stack.api("PUT", "version/1/clone")
    stack.api("POST", "version/2/gzip", name="theirs")
    stack.api("PUT", "version/2/activate")
    stack.clear()
    with pytest.raises(NeedsRefresh, match="version 2 of service"):
        stack.up(MOVED)
    assert stack.writes == []
    stack.refresh()
    assert stack.up(MOVED).number == 3
    assert stack.names("gzip") == ["theirs"]  # nobody manages it


def test_an_activation_while_the_draft_is_filled(stack: Stack) -> None:
    stack.up(ORIGIN)

    def meanwhile() -> None:
        stack.api("PUT", "version/1/clone")
        stack.api("PUT", "version/3/activate")

    with pytest.raises(NeedsRefresh, match="someone else activated version 3 since this draft was opened on version 1"):
        stack.up(MOVED, meanwhile=meanwhile)
    assert stack.active == 3


def test_someone_activates_the_draft_itself(stack: Stack) -> None:
    stack.up(ORIGIN)
    with pytest.raises(NeedsRefresh, match="someone else activated version 2"):
        stack.up(MOVED, meanwhile=lambda: stack.api("PUT", "version/2/activate"))
    assert stack.up(MOVED).number == 2


def _text(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())
