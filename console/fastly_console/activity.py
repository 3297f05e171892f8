"""``fastly-activity``: what was done to a service, by whom, and which drafts were left behind."""

import argparse
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from pulumi_fastly_dynamic.failure import Failure

from . import activity_view as view
from .activity_rows import read_activity
from .command import find_service, run, settings
from .drafts import drafts_of, drop

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command, and returns its exit code."""
    options = _parser().parse_args(arguments)
    return run(view.PROGRAM, lambda: _work(options))


def since_of(text: str, now: datetime) -> str:
    """The time that ``--since`` says, as the API takes it."""
    try:
        if match := re.fullmatch(r"(\d{1,6})([mhdw])", text):
            moment = now - timedelta(**{_UNITS[match[2]]: int(match[1])})
        else:
            moment = datetime.fromisoformat(text)
            # A time without an offset is in UTC, as those that are shown.
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        raise Failure(f"--since is {text!r}: give a time such as 24h, 7d, 2026-11-01 or 2026-11-01T17:00Z") from None


def _work(options: argparse.Namespace) -> None:
    since = since_of(options.since, datetime.now(UTC))
    client = settings().connect()
    service = find_service(client, options.service)
    stack: str | None = options.stack
    if options.drop is not None:
        draft, is_new = drop(client, service, options.drop)
        if options.json:
            view.show_json({"dropped": {**view.json_of_draft(draft, stack), "abandoned": True}, "changed": is_new})
        else:
            view.show_dropped(service, draft, is_new=is_new)
    elif options.drafts:
        drafts = drafts_of(service)
        if options.json:
            view.show_json(view.json_of_drafts(service, drafts, stack))
        else:
            view.show_drafts(service, drafts, stack)
    else:
        activity = read_activity(client, service, since)
        if options.json:
            view.show_json(view.json_of_activity(activity, since, stack))
        else:
            view.show_activity(activity, since, stack)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=view.PROGRAM,
        description="Shows what was done to a Fastly service and by whom, or the drafts that were left behind.",
        epilog="The key is in FASTLY_API_KEY. Who did what is in the audit log, which a superuser's key may read.",
    )
    parser.add_argument("service", metavar="SERVICE", help="its id or name")
    parser.add_argument(
        "--since", default="7d", metavar="TIME", help="24h, 7d, or a time such as 2026-11-01 (default: 7d)"
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--drafts", action="store_true", help="list the drafts instead, with the stack that made each")
    what.add_argument(
        "--drop", type=int, metavar="N", help="mark draft N as abandoned, so that its stack does not build on it again"
    )
    parser.add_argument("--stack", metavar="ORG/PROJECT/STACK", help="shown as 'this stack'")
    parser.add_argument("--json", action="store_true", help="write JSON instead of a table")
    return parser


if __name__ == "__main__":
    sys.exit(main())
