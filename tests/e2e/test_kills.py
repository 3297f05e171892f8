"""SIGKILL to the CLI and the providers at every call of an update, and of a first ``up``; then ``up``.

A call that writes is killed before it has its effect, and after it with the answer unread. A kill at a list is the same
as one after the write before it, so of those that read only the first and the last are killed.
"""

from pathlib import Path

import pytest

from .updates import FIRST, OF_THE_BASE, UPDATE, Case


def moments(calls: tuple[str, ...]) -> list[tuple[str, str]]:
    writes = [call for call in calls if not call.startswith("GET")]
    reads = [call for call in calls if call.startswith("GET")]
    return [(call, "before") for call in (*writes, reads[0], reads[-1])] + [(call, "after") for call in writes]


def test_calls_of_the_update(update: Case) -> None:
    of_the_base = OF_THE_BASE.intersection(update.calls)
    assert sorted(update.calls) == sorted([*UPDATE, *of_the_base])
    assert len(of_the_base) == len(OF_THE_BASE) - 1


def test_calls_of_the_first_up(first: Case) -> None:
    assert sorted(first.calls) == sorted(FIRST)


@pytest.mark.parametrize(("call", "moment"), moments(UPDATE))
def test_update_killed(update: Case, tmp_path: Path, call: str, moment: str) -> None:
    with update.start.copy(tmp_path) as stack:
        killed = stack.kill_at(call, moment)
        stack.unlock()
        update.converge(stack, killed)


@pytest.mark.parametrize(("call", "moment"), moments(FIRST))
def test_first_up_killed(first: Case, tmp_path: Path, call: str, moment: str) -> None:
    with first.start.copy(tmp_path) as stack:
        killed = stack.kill_at(call, moment)
        stack.unlock()
        first.converge(stack, killed)
