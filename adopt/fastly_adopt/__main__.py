"""The command line: ``fastly-adopt SERVICE``."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from fastly_console.command import parser_of, run, settings

from .adoption import Options, adopt, from_service

PROGRAM = "fastly-adopt"
DIFFERS = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line."""
    given = _parser().parse_args(arguments)
    results: list[bool] = []

    def work() -> None:
        with closing(settings().connect()) as client:
            content = from_service(client, given.service, version=given.version, with_items=given.live)
        options = Options(given.out, given.check, given.update, given.stack, given.json)
        results.append(adopt(content, options))

    code = run(PROGRAM, work)
    return code or (0 if all(results) else DIFFERS)


def _parser() -> argparse.ArgumentParser:
    parser = parser_of(
        PROGRAM,
        "Writes a Pulumi program for an existing VCL service. The first `pulumi up` of it writes nothing.",
        "It needs to read only. Nothing is written to Fastly.",
        json_help="write JSON instead of a summary",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="the program's folder (default: the service's name)")
    parser.add_argument("--version", type=int, metavar="N", help="a version (default: the active one)")
    parser.add_argument(
        "--live",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="declare items, entries and dynamic content too; --no-live leaves them to other tools",
    )
    parser.add_argument(
        "--check",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="try the program in a throw-away stack, against a copy of the service in the emulator",
    )
    parser.add_argument("--stack", metavar="NAME", help="set the secrets in this stack, which is created if need be")
    parser.add_argument("--update", action="store_true", help="write an existing folder again, but nothing you changed")
    return parser


if __name__ == "__main__":
    sys.exit(main())
