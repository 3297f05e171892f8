"""What is shown while a service is read."""

import sys

import pytest
from fastly_adopt.adoption_progress import told


@pytest.mark.parametrize(("is_terminal", "has_rich"), [(False, True), (True, False), (True, True)])
def test_a_line_per_kind_on_a_terminal_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, is_terminal: bool, has_rich: bool
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    if not has_rich:
        monkeypatch.setitem(sys.modules, "rich.console", None)
    told("Backend", 1200)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert ("1,200" in shown.err and "Backend" in shown.err) is is_terminal
