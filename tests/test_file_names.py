"""A search for a file name has one answer."""

from collections import Counter
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
PACKAGES = ("provider", "emulator", "policies", "report", "console", "adopt", "tools", "tests")
CASES = REPO / "tests" / "cases"
"""The case of a kind is named for the file of the kind."""
EVERYWHERE = {"__init__.py", "__main__.py", "conftest.py"}


def test_no_two_modules_have_one_name() -> None:
    paths = [path for package in PACKAGES for path in (REPO / package).rglob("*.py")]
    names = Counter(path.name for path in paths if not path.is_relative_to(CASES))
    assert sorted(name for name, count in names.items() if count > 1 and name not in EVERYWHERE) == []
