"""The command line: ``fastly-adopt SERVICE``, or ``fastly-adopt --from-terraform FILE [SERVICE]``."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from fastly_console.command import parser_of, run, settings

from .adoption import Options, adopt, from_service
from .adoption_progress import told
from .pulumi_state import read_pulumi_state
from .service_content import ServiceContent
from .state_content import content_of
from .terraform_state import read_terraform_state

PROGRAM = "fastly-adopt"
DIFFERS = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line."""
    parser = _parser()
    given = parser.parse_args(arguments)
    _refuse_what_does_not_fit(parser, given)
    results: list[bool] = []

    def work() -> None:
        content = _content(given)
        options = Options(given.out, given.check, given.update, given.stack, given.json)
        results.append(adopt(content, options))

    code = run(PROGRAM, work)
    return code or (0 if all(results) else DIFFERS)


def _content(given: argparse.Namespace) -> ServiceContent:
    """What the service holds, from a state or from Fastly."""
    for file, read in ((given.from_terraform, read_terraform_state), (given.from_pulumi, read_pulumi_state)):
        if file:
            return content_of(read(file), given.service, with_items=given.live, progress=told)
    with closing(settings().connect()) as client:
        return from_service(client, given.service, version=given.version, with_items=given.live)


def _refuse_what_does_not_fit(parser: argparse.ArgumentParser, given: argparse.Namespace) -> None:
    is_from_state = given.from_terraform or given.from_pulumi
    if not is_from_state and given.service is None:
        parser.error("name a SERVICE, or a state with --from-terraform or --from-pulumi")
    if is_from_state and given.version is not None:
        parser.error("a state has one version: leave --version out, or read the service itself")


def _parser() -> argparse.ArgumentParser:
    parser = parser_of(
        PROGRAM,
        "Writes a Pulumi program for an existing VCL service. The first `pulumi up` of it writes nothing.",
        "It needs to read only. Nothing is written to Fastly. With a state, nothing is read, and no key is needed.",
        json_help="write JSON instead of a summary",
        service_help="the id or the name of the service; of a state, also its address, and only if it has several",
        service_may_be_missing=True,
    )
    states = parser.add_mutually_exclusive_group()
    states.add_argument(
        "--from-terraform", type=Path, metavar="FILE", help="read what `terraform show -json` wrote, not Fastly"
    )
    states.add_argument(
        "--from-pulumi",
        type=Path,
        metavar="FILE",
        help="read what `pulumi stack export --show-secrets` wrote of pulumi-fastly, not Fastly",
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
