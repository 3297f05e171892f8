"""A refusal says who did what it is about, if Fastly's audit log can be read and says so; else it says the rest."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from fastly_emulator import audit
from fastly_emulator.keys import TOKENS, own_token
from pulumi_fastly_dynamic.orchestration import (
    ChangedInDraft,
    NeedsRefresh,
    Refusal,
    UndeclaredObjects,
)

from .conftest import Stack

ORIGIN = {"backend/origin": {"address": "a.example.com"}}
MOVED = {"backend/origin": {"address": "b.example.com"}}
NEW = {**ORIGIN, "backend/new": {"address": "n.example.com"}}

OURS, THEIRS = ("OurUser", "OurToken"), ("TheirUser", "TheirToken")
AT = r"at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, says Fastly's audit log\)$"


class Keys:
    """Whose key a request comes with."""

    def __init__(self) -> None:
        self.current = OURS

    @contextmanager
    def of(self, whose: tuple[str, str]) -> Iterator[None]:
        self.current, before = whose, self.current
        yield
        self.current = before


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Keys:
    keys = Keys()
    monkeypatch.setattr(audit, "author", lambda _call: keys.current)
    return keys


Edit = Callable[[Stack], object]


def calls(*requests: tuple[str, str, dict[str, Any]]) -> Edit:
    return lambda stack: [stack.api(method, path, **form) for method, path, form in requests]


def refused(stack: Stack, keys: Keys, program: Any, edit: Edit, error: type[Refusal]) -> str:
    """The text of the refusal of an update in whose midst someone else does something."""

    def meanwhile() -> None:
        with keys.of(THEIRS):
            edit(stack)

    with pytest.raises(error) as refusal:
        stack.up(program, meanwhile=meanwhile)
    return str(refusal.value)


def asked(stack: Stack) -> list[dict[str, str]]:
    return [row["query"] for row in stack._log if row["path"] == "/events"]


ADDED = ("POST", "version/2/gzip", {"name": "g"})


@pytest.mark.parametrize(
    ("edit", "error", "said"),
    [
        (calls(ADDED), ChangedInDraft, "Gzip 'g' was created"),
        (calls(ADDED, ("PUT", "version/2/gzip/g", {"extensions": "css"})), ChangedInDraft, "Gzip 'g' was changed"),
        (
            calls(("POST", "version/2/director", {"name": "d"}), ("POST", "version/2/director/d/backend/origin", {})),
            ChangedInDraft,
            "Director 'd' was created",
        ),
        (calls(("PUT", "version/2/activate", {})), NeedsRefresh, "version 2 was activated"),
        (
            calls(("PUT", "version/1/clone", {}), ("PUT", "version/3/activate", {})),
            NeedsRefresh,
            "version 3 was activated",
        ),
        (calls(("PUT", "version/1/deactivate", {})), NeedsRefresh, "version 1 was deactivated"),
    ],
)
def test_who_did_it_during_an_update(stack: Stack, keys: Keys, edit: Edit, error: type[Refusal], said: str) -> None:
    stack.up(ORIGIN)
    stack.clear()
    text = refused(stack, keys, MOVED, edit, error)
    assert re.search(rf"Nothing was activated: .* \({said} by user TheirUser with token TheirToken {AT}", text), text
    assert len(asked(stack)) == 1


def their_token(stack: Stack, name: Any) -> None:
    stack.emulator.records[TOKENS]["TheirToken"] = {**own_token(), "id": "TheirToken", "name": name}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("ci of the shop", "'ci of the shop' (TheirToken)"),
        ("\x1b[31mred\n[b]", r"'\x1b[31mred [b]' (TheirToken)"),
        ("long" * 30, f"'{'long' * 15}...' (TheirToken)"),
        ("", "TheirToken"),
        (None, "TheirToken"),
        (["x"], "TheirToken"),
    ],
)
def test_a_token_is_named(stack: Stack, keys: Keys, name: Any, shown: str) -> None:
    stack.up(ORIGIN)
    their_token(stack, name)
    text = refused(stack, keys, MOVED, calls(ADDED), ChangedInDraft)
    assert f"by user TheirUser with token {shown} at " in text, text


@pytest.mark.parametrize("fault", [{"status": 403}, {"status": 500}, {"drop": "before"}, {"delay_ms": 60_000}])
def test_tokens_that_cannot_be_read(stack: Stack, keys: Keys, fault: dict[str, Any]) -> None:
    stack.up(ORIGIN)
    their_token(stack, "ci of the shop")
    stack.fault(method="GET", path="/customer/*/tokens", times=9, **fault)
    text = refused(stack, keys, MOVED, calls(ADDED), ChangedInDraft)
    assert "by user TheirUser with token TheirToken at " in text, text
    assert [row["path"].endswith("/tokens") for row in stack._log].count(True) == 1


def test_a_deleted_object(taken: Stack, keys: Keys) -> None:
    taken.api("POST", "version/1/gzip", name="g")
    taken.api("PUT", "version/1/activate")
    taken.take_over()
    taken.adopt = True
    taken.up(ORIGIN)
    text = refused(taken, keys, MOVED, calls(("DELETE", "version/2/gzip/g", {})), ChangedInDraft)
    assert re.search(rf"\(Gzip 'g' was deleted by user TheirUser with token TheirToken {AT}", text), text


@pytest.mark.parametrize("program", [MOVED, NEW, {}])
def test_who_rolled_back(stack: Stack, keys: Keys, program: Any) -> None:
    stack.up({**ORIGIN, "backend/old": {"address": "x.example.com"}})
    stack.up(ORIGIN)
    with keys.of(THEIRS):
        stack.api("PUT", "version/1/activate")
    stack.clear()
    with pytest.raises(NeedsRefresh, match=rf"\(version 1 was activated by user TheirUser with token TheirToken {AT}"):
        stack.up(program)
    assert [query["filter[event_type]"] for query in asked(stack)] == ["version.activate"]


@pytest.mark.parametrize("program", [MOVED, NEW, {}])
def test_who_switched_it_off(stack: Stack, keys: Keys, program: Any) -> None:
    """A service that someone took offline is not put back by an update that does not know of it."""
    stack.up({**ORIGIN, "backend/old": {"address": "x.example.com"}})
    stack.up(ORIGIN)
    with keys.of(THEIRS):
        stack.api("PUT", "version/2/deactivate")
    stack.clear()
    with pytest.raises(
        NeedsRefresh,
        match=rf"activates it again \(version 2 was deactivated by user TheirUser with token TheirToken {AT}",
    ):
        stack.up(program)
    assert [row for row in stack._log if row["method"] != "GET"] == []


def test_the_log_is_late(stack: Stack, keys: Keys) -> None:
    """The activation of version 1 that it knows is this stack's own."""
    stack.up({**ORIGIN, "backend/old": {"address": "x.example.com"}})
    stack.up(ORIGIN)
    stack.api("PUT", "version/1/activate")
    stack.emulator.events.pop()
    with pytest.raises(
        NeedsRefresh, match=r"which starts from the version that is active and applies the program to it$"
    ):
        stack.up(MOVED)


def test_several_resources_ask_once(stack: Stack, keys: Keys) -> None:
    stack.up({**ORIGIN, "backend/old": {"address": "x.example.com"}})
    stack.up(ORIGIN)
    stack.api("PUT", "version/1/activate")
    stack.clear()
    session = stack.process()
    for program in (MOVED, {"backend/other": {"address": "o.example.com"}}):
        with pytest.raises(NeedsRefresh, match="says Fastly's audit log"):
            stack.ensure(session, program)
    assert len(asked(stack)) == 1


@pytest.mark.parametrize(("whose", "named"), [(THEIRS, True), (OURS, False)])
def test_an_object_of_an_earlier_draft_may_be_ours(
    stack: Stack, keys: Keys, whose: tuple[str, str], named: bool
) -> None:
    """An update failed after it had opened the draft: what is in it may be from that update."""
    stack.up(ORIGIN)
    stack.ensure(stack.process(), MOVED)
    with keys.of(whose):
        stack.api("PUT", "version/2/settings", **{"general.default_ttl": "60"})
        stack.api("POST", "version/2/gzip", name="g")
        stack.api("PUT", "version/2/backend/origin", weight="7")
    with pytest.raises(Refusal) as refusal:
        stack.up({**MOVED})
    assert ("says Fastly's audit log" in str(refusal.value)) is named, refusal.value


@pytest.mark.parametrize(("whose", "named"), [(THEIRS, True), (OURS, False)])
def test_an_activation_that_may_be_ours(stack: Stack, keys: Keys, whose: tuple[str, str], named: bool) -> None:
    """A process that is killed right after its own activation leaves no trace of it in the state."""
    stack.up(ORIGIN)
    before = stack.version
    stack.ensure(stack.process(), MOVED)
    stack.api("POST", "version/2/gzip", name="g")
    with keys.of(whose):
        stack.api("PUT", "version/2/activate")
    stack.version = before
    with pytest.raises(UndeclaredObjects, match="Gzip 'g'") as refusal:
        stack.up(NEW)
    said = "(version 2 was activated by user TheirUser with token TheirToken at "
    assert (said in str(refusal.value)) is named, refusal.value


def test_who_edits_the_comment_of_our_draft_is_still_named(stack: Stack, keys: Keys) -> None:
    """The comment keeps our marker, which they did not set."""
    stack.up(ORIGIN)
    before = stack.version
    stack.ensure(stack.process(), MOVED)
    stack.api("POST", "version/2/gzip", name="g")
    with keys.of(THEIRS):
        stack.api("PUT", "version/2", comment=f"for Monday {stack.api('GET', 'version/2')['comment']}")
        stack.api("PUT", "version/2/activate")
    stack.version = before
    with pytest.raises(UndeclaredObjects, match=r"version 2 was activated by user TheirUser with token TheirToken"):
        stack.up(NEW)


def test_objects_of_a_service_that_is_taken_over_are_nobodys_deed(taken: Stack, keys: Keys) -> None:
    taken.api("POST", "version/1/gzip", name="g")
    taken.api("PUT", "version/1/activate")
    taken.take_over()
    taken.clear()
    with pytest.raises(UndeclaredObjects):
        taken.up(ORIGIN)
    assert asked(taken) == []


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 403},
        {"status": 401},
        {"status": 429},
        {"status": 500},
        {"status": 503},
        {"drop": "before"},
        {"drop": "after"},
        {"delay_ms": 60_000},
    ],
)
def test_whatever_goes_wrong_is_not_told(stack: Stack, keys: Keys, fault: dict[str, Any]) -> None:
    stack.up(ORIGIN)
    stack.clear()
    stack.fault(method="GET", path="/events", times=9, **fault)
    text = refused(stack, keys, MOVED, calls(ADDED), ChangedInDraft)
    assert text.endswith("which starts from the version that is active and applies the program to it")
    assert len(asked(stack)) == 1
    assert stack.sleeps == [1.0, 3.0]  # those of the look at the draft


EVENT = {
    "event_type": "version.activate",
    "description": "Version 1 was activated",
    "metadata": {"version_number": 1},
    "created_at": "2026-11-25T17:04:05Z",
    "user_id": "U",
    "token_id": "T",
    "admin": False,
}


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ({}, " (version 1 was activated by user U with token T at 2026-11-25 17:04:05 UTC, says Fastly's audit log)"),
        (
            {"created_at": "2026-11-25T18:04:05+01:00", "metadata": None, "token_id": None},
            " (version 1 was activated by user U at 2026-11-25 17:04:05 UTC, says Fastly's audit log)",
        ),
        ({"user_id": None, "created_at": "x"}, " (version 1 was activated by token T, says Fastly's audit log)"),
        ({"admin": True}, " (version 1 was activated by Fastly at 2026-11-25 17:04:05 UTC, says Fastly's audit log)"),
        ({"user_id": None, "token_id": None}, ""),
        ({"user_id": "\x1b[31mU\n", "token_id": "T" * 41}, ""),
        ({"user_id": 1, "token_id": ["T"]}, ""),
        ({"metadata": {"version_number": 2}}, ""),
        ({"metadata": [], "description": None}, ""),
        ({"event_type": None}, ""),
    ],
)
def test_what_is_said_of_an_event(
    stack: Stack, monkeypatch: pytest.MonkeyPatch, attributes: dict[str, Any], said: str
) -> None:
    answer(stack, monkeypatch, {"data": [{"attributes": {**EVENT, **attributes}}]})
    assert stack.process().audit_log.activation(1) == said


@pytest.mark.parametrize(
    ("event_type", "description", "metadata", "is_named"),
    [
        ("logging.create", "Logging 'n' was created on Version '1'", {}, True),
        (
            "logging.update",
            "Logging 'm' was updated on Version '1'",
            {"old": {"name": "n"}, "new": {"name": "m"}},
            True,
        ),
        (
            "logging.update",
            "Logging 'm' was updated on Version '1'",
            {"old": {"name": "l"}, "new": {"name": "n"}},
            True,
        ),
        ("logging.create", "Logging 'n' was created on Version '2'", {}, False),
        ("logging.create", "Logging 'nn' was created on Version '1'", {}, False),
        ("logging.sent", "Logging 'n' was sent on Version '1'", {}, False),
        ("backend.create", "Backend 'n' was created on Version '1'", {}, False),
    ],
)
def test_the_event_of_an_object(
    stack: Stack,
    monkeypatch: pytest.MonkeyPatch,
    event_type: str,
    description: str,
    metadata: dict[str, Any],
    is_named: bool,
) -> None:
    event = {**EVENT, "event_type": event_type, "description": description, "metadata": metadata}
    answer(stack, monkeypatch, {"data": [{"attributes": event}]})
    said = stack.process().audit_log.change(1, {("logging/s3", "n"): "Logging 'n'"}, may_be_ours=False)
    assert bool(said) is is_named


@pytest.mark.parametrize(
    "body", [{"data": None}, {"data": [None]}, {"data": [{"attributes": []}]}, {"msg": "x"}, [], "", None]
)
def test_an_answer_of_another_shape(stack: Stack, monkeypatch: pytest.MonkeyPatch, body: Any) -> None:
    answer(stack, monkeypatch, body)
    log = stack.process().audit_log
    assert log.activation(1) == log.activation(None, 1) == log.activation(1, may_be_ours=True) == ""
    assert log.change(1, {("gzip", "g"): "Gzip 'g'"}, may_be_ours=False) == ""


def answer(stack: Stack, monkeypatch: pytest.MonkeyPatch, body: Any) -> None:
    """Fastly answers every read with this."""
    transport = httpx.MockTransport(lambda _request: httpx.Response(200, json=body))
    client = stack.connect()
    monkeypatch.setattr(client, "_http", httpx.Client(transport=transport, base_url="http://127.0.0.1"))
