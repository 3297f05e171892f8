"""Writes the reports that `test_cases.py` expects: look at what changed before you commit it.

python -m tests.report.expected
"""

from pathlib import Path

from tests.report.previews import names, report

EXPECTED = Path(__file__).parent / "expected"
TOO_LONG = {"many"}


def path_of(name: str) -> Path:
    """Where the report of a preview is kept."""
    case, _, form = name.rpartition(".")
    return EXPECTED / (f"{case}.md" if form == "jsonl" else f"{case}.document.md")


def kept() -> list[str]:
    """Those that are kept."""
    return [name for name in names() if name.split(".")[0] not in TOO_LONG]


def main() -> None:
    """Writes all of them."""
    EXPECTED.mkdir(exist_ok=True)
    for name in kept():
        path_of(name).write_text(report(name))


if __name__ == "__main__":
    main()
