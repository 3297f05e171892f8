"""A generated page that is missing or stale fails the check, and is not written by it."""

import sys
from pathlib import Path

import pytest

from tests.tool_modules import load_tool

PAGES = load_tool("generated_page")


@pytest.mark.parametrize(
    ("arguments", "found", "expected"),
    [
        (["--check"], None, (1, None)),
        (["--check"], "old", (1, "old")),
        (["--check"], "new", (0, "new")),
        ([], None, (0, "new")),
        ([], "old", (0, "new")),
    ],
)
def test_write_or_check(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    found: str | None,
    expected: tuple[int, str | None],
) -> None:
    monkeypatch.setattr(sys, "argv", ["reference.py", *arguments])
    page = tmp_path / "docs" / "page.md"
    if found is not None:
        page.parent.mkdir()
        page.write_text(found)
    code = PAGES.write_or_check(page, "new", None, "docs/page.md", "reference.py")
    assert (code, page.read_text() if page.exists() else None) == expected
    assert ("docs/page.md is stale: run `python tools/reference.py`" in capsys.readouterr().err) is bool(code)
