"""The emulator answers what the real API answered when it was recorded (2020-2026)."""

from __future__ import annotations

import pytest

from . import replay
from .recordings import recorded_rows


def test_recordings(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = replay.replay(recorded_rows())
    with capsys.disabled():
        print("\n" + replay.table(outcomes))
    assert [outcome.title for outcome in outcomes if outcome.differences] == []


def test_the_command_fails_on_a_difference(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    row = next(row for row in recorded_rows() if row["group"] == "tokens" and row["path"] == "/tokens/self")
    for status, code in ((row["status"], 0), (418, 1)):
        monkeypatch.setattr(replay, "recorded_rows", lambda status=status: [row | {"status": status}])
        assert replay.main() == code
        assert capsys.readouterr().out.startswith("group                     agreed  differing  skipped\n")
