"""The same update with one call failing, at every call: answer lost, 500, 503, 429 until the reset."""

import re
from pathlib import Path

import pytest

from .gated import GatedStack, Trap
from .updates import FIRST, UPDATE, Case

LIMIT_SECONDS = 0.5
LOST = {"drop": "after"}
NEVER_SENT = {"drop": "before"}


LISTS_LIKE_OTHERS = frozenset(
    call for call in UPDATE if re.match(r"GET \S+/version/N/(dictionary|snippet|condition|header|domain)", call)
)
"""Lists are read by one function of the client: those of backends stand for these. The walks disturb all of them."""
DISTINCT = tuple(call for call in UPDATE if call not in LISTS_LIKE_OTHERS)


def writes(calls: tuple[str, ...]) -> list[str]:
    return [call for call in calls if not call.startswith("GET")]


def goes_on(case: Case, stack: GatedStack, trap: Trap) -> str:
    """The very ``up`` that meets the fault succeeds; the next one makes no call."""
    result = stack.up_with(trap)
    assert result.ok, str(result)
    case.check(stack, result)
    assert stack.up().calls == []
    return str(result)


@pytest.mark.parametrize("call", DISTINCT)
def test_answer_lost(update: Case, tmp_path: Path, call: str) -> None:
    with update.start.copy(tmp_path) as stack:
        goes_on(update, stack, Trap(call, fault=LOST))


@pytest.mark.parametrize("call", writes(FIRST))
def test_answer_lost_in_the_first_up(first: Case, tmp_path: Path, call: str) -> None:
    with first.start.copy(tmp_path) as stack:
        goes_on(first, stack, Trap(call, fault=LOST))


@pytest.mark.parametrize("call", [call for call in writes(UPDATE) if re.match("POST|PATCH|.*activate", call)])
def test_write_lost_on_its_way(update: Case, tmp_path: Path, call: str) -> None:
    with update.start.copy(tmp_path) as stack:
        goes_on(update, stack, Trap(call, fault=NEVER_SENT))


@pytest.mark.parametrize("call", DISTINCT)
def test_503_once(update: Case, tmp_path: Path, call: str) -> None:
    with update.start.copy(tmp_path) as stack:
        goes_on(update, stack, Trap(call, fault={"status": 503}))


@pytest.mark.parametrize("call", DISTINCT)
def test_500_once(update: Case, tmp_path: Path, call: str) -> None:
    with update.start.copy(tmp_path) as stack:
        result = stack.up_with(Trap(call, fault={"status": 500}))
        if result.ok:
            update.check(stack, result)
            assert stack.up().calls == []
        else:
            assert "500 Unknown Error Occurred: Internal Server Error" in result.output
            assert "Traceback" not in result.output
            update.converge(stack, result)


@pytest.mark.parametrize("call", writes(UPDATE))
def test_429_until_the_reset(update: Case, tmp_path: Path, call: str) -> None:
    with update.start.copy(tmp_path) as stack:
        told = goes_on(update, stack, Trap(call, limit_seconds=LIMIT_SECONDS))
    assert "Fastly's hourly rate limit is used up; waiting" in told
    assert " 429" in told


def test_429_longer_than_the_wait(update: Case, tmp_path: Path) -> None:
    with update.start.copy(tmp_path) as stack:
        assert stack.run("config", "set", "fastly:maxWait", "0").ok
        result = stack.up_with(Trap("POST /service/ID/version/N/backend", limit_seconds=LIMIT_SECONDS))
        assert not result.ok
        assert re.search(r"RateLimited: POST \S+: 429 .*resets at \d\d:\d\d:\d\d UTC", result.output), str(result)
        assert "Traceback" not in result.output
        update.converge(stack, result)
