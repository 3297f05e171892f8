"""The command line: ``fastly-policies new DIR``."""

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path

TEMPLATE = Path(__file__).parent / "template"
FILES = {"PulumiPolicy.yaml": "PulumiPolicy.yaml", "__main__.py": "main.py.txt"}
"""The files of a new pack, and what they are copied from. A ``.py`` in here would be taken for code of this package."""


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; the exit code says whether it did what it was told."""
    parser = argparse.ArgumentParser(prog="fastly-policies", description="Policies for Fastly's configuration.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    new = commands.add_parser("new", help="write a policy pack of your own, with these rules in it")
    new.add_argument("folder", metavar="DIR", type=Path, help="where to; made if it is not there")
    given = parser.parse_args(arguments)
    if find_spec("pulumi_policy") is None:
        return _failed("a pack needs pulumi_policy: pip install 'pulumi-fastly-dynamic[policies]'")
    try:
        return _new(given.folder)
    except OSError as error:
        return _failed(f"{error.filename}: {error.strerror}")


def _new(folder: Path) -> int:
    taken = [name for name in FILES if (folder / name).exists()]
    if taken:
        return _failed(f"{folder / taken[0]} is there already; nothing was written")
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in FILES.items():
        (folder / name).write_text((TEMPLATE / source).read_text())
    print(f"Wrote {' and '.join(FILES)}. Try it: pulumi preview --policy-pack {folder}")  # noqa: T201 - it is a command
    return 0


def _failed(why: str) -> int:
    print(f"fastly-policies: {why}", file=sys.stderr)  # noqa: T201 - as above
    return 1
