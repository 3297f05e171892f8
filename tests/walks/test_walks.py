"""Random walks. ``WALKS=20000 WALK_SEED=1 make test`` walks more of them, from another seed."""

from __future__ import annotations

import os

import pytest

from . import walk

WALKS = int(os.environ.get("WALKS", "1500"))
FIRST = int(os.environ.get("WALK_SEED", "1"))
AT_A_TIME = max(1, WALKS // 20)
THREADED = max(1, WALKS // 6)


@pytest.mark.parametrize("first", range(FIRST, FIRST + WALKS, AT_A_TIME))
def test_walks(first: int) -> None:
    """Whatever is done and wherever it fails, the invariants hold."""
    failed = [each for each in walk.walks(first, min(AT_A_TIME, FIRST + WALKS - first)) if each.failure]
    if failed:
        shortest = walk.shrink(min(failed, key=lambda outcome: len(outcome.steps)))
        pytest.fail(
            f"{len(failed)} walks failed: seeds {[each.seed for each in failed]}; one of them, shrunken:\n{shortest}"
        )


def test_a_walk_can_be_replayed() -> None:
    """The same seed makes the same calls."""
    steps = walk.make(FIRST)
    assert walk.run(FIRST, steps).notes == walk.run(FIRST, steps).notes


def test_threaded_walks() -> None:
    """The same with the engine's threads: up to four steps at once, in no order that could be replayed."""
    outcomes = [walk.run(seed, walk.make(seed), threads=True) for seed in range(FIRST, FIRST + THREADED)]
    failed = [each for each in outcomes if each.failure]
    if failed:
        notes = "\n".join(failed[0].notes[-12:])
        pytest.fail(f"{len(failed)} failed: seeds {[each.seed for each in failed]}; one of them:\n{failed[0]}\n{notes}")
