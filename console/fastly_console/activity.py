"""``fastly-activity``: what was done to a service, by whom, and which drafts were left behind."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from pulumi_fastly_dynamic.lookups.times import utc_text

from . import activity_view as view
from .activity_rows import read_activity
from .command import find_service, parser_of, run, settings, write_json
from .drafts import drafts_of, drop
from .since import add_since, since_of


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command, and returns its exit code."""
    options = _parser().parse_args(arguments)
    return run(view.PROGRAM, lambda: _work(options))


def _work(options: argparse.Namespace) -> None:
    since = utc_text(since_of(options.since, datetime.now(UTC)))
    client = settings().connect()
    service = find_service(client, options.service)
    stack: str | None = options.stack
    if options.drop is not None:
        draft, is_new = drop(client, service, options.drop)
        if options.json:
            write_json({"dropped": {**view.json_of_draft(draft, stack), "abandoned": True}, "changed": is_new})
        else:
            view.show_dropped(service, draft, is_new=is_new)
    elif options.drafts:
        drafts = drafts_of(service)
        if options.json:
            write_json(view.json_of_drafts(service, drafts, stack))
        else:
            view.show_drafts(service, drafts, stack)
    else:
        activity = read_activity(client, service, since)
        if options.json:
            write_json(view.json_of_activity(activity, since, stack))
        else:
            view.show_activity(activity, since, stack)


def _parser() -> argparse.ArgumentParser:
    parser = parser_of(
        view.PROGRAM,
        "Shows what was done to a service and by whom, or the drafts that were left behind.",
        "Who did what is in the audit log, which a superuser's key may read.",
        json_help="write JSON instead of a table",
    )
    add_since(parser, "7d")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--drafts", action="store_true", help="list the drafts instead, with the stack that made each")
    drop_help = "mark draft N as abandoned, so that its stack does not build on it again; run pulumi up --refresh next"
    what.add_argument("--drop", type=int, metavar="N", help=drop_help)
    parser.add_argument("--stack", metavar="ORG/PROJECT/STACK", help="shown as 'this stack'")
    return parser


if __name__ == "__main__":
    sys.exit(main())
