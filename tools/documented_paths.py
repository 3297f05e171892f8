"""The paths that Fastly documents, from documented_paths.txt."""

from pathlib import Path

DOCUMENTED = Path(__file__).with_suffix(".txt")


def documented() -> list[tuple[str, str]]:
    """The paths that Fastly documents: (section, method and path)."""
    rows, section = [], ""
    for line in DOCUMENTED.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ")
        elif line and not line.startswith("#"):
            rows.append((section, line))
    return rows
