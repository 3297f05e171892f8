"""A search for a file name has one answer."""

from collections import Counter
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
PACKAGES = ("provider", "emulator", "policies", "report", "tools")
EVERYWHERE = {"__init__.py", "__main__.py"}


def test_no_two_modules_have_one_name() -> None:
    names = Counter(path.name for package in PACKAGES for path in (REPO / package).rglob("*.py"))
    assert sorted(name for name, count in names.items() if count > 1 and name not in EVERYWHERE) == []
