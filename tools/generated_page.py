"""Writes a page that is generated, or with ``--check`` fails if it is stale."""

import argparse
import sys
from pathlib import Path


def write_or_check(target: Path, wanted: str, description: str | None, what: str, command: str) -> int:
    """The exit code. ``what`` is the page and ``command`` writes it, for the message."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if the page is stale")
    if not parser.parse_args().check:
        target.parent.mkdir(exist_ok=True)
        target.write_text(wanted, encoding="utf-8")
    elif not target.is_file() or target.read_text(encoding="utf-8") != wanted:
        print(f"{what} is stale: run `python tools/{command}`", file=sys.stderr)
        return 1
    return 0
