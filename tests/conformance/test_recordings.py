"""The emulator answers what the real API answered when it was recorded (2020-2026)."""

from __future__ import annotations

import pytest

from .replay import recorded_rows, replay, table


def test_recordings(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = replay(recorded_rows())
    with capsys.disabled():
        print("\n" + table(outcomes))
    assert [outcome.title for outcome in outcomes if outcome.differences] == []
    assert sum(bool(outcome.skipped) for outcome in outcomes) == 2
