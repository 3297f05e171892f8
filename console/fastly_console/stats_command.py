"""``fastly-stats``: requests, hit ratio, errors and bandwidth of a service, as curves in the terminal."""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pulumi_fastly_dynamic.lookups import GetServiceResult, get_realtime_stats, get_stats
from pulumi_fastly_dynamic.lookups.realtime_lookups import realtime_since

from .command import find_service, need_rich, run, settings
from .stats_lines import as_json
from .stats_watch import SECONDS, Watched, watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

PROGRAM = "fastly-stats"
HOUR = 3600
_SIZES = {"minute": 60, "hour": HOUR, "day": 24 * HOUR}
_MOST_HOURS = 375 * 24
"""What Fastly keeps of hours."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Shows the statistics of a service, and returns the exit code."""
    options = _parser().parse_args(arguments)
    return run(PROGRAM, lambda: _watch(options) if options.watch else _past(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Shows requests, hit ratio, errors and bandwidth of a service.",
        epilog="The API key is that of FASTLY_API_KEY.",
    )
    parser.add_argument("service", metavar="SERVICE", help="the id or the name of the service")
    parser.add_argument("--json", action="store_true", help="write JSON; with --watch, one object per second")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--hours", type=_hours, default=24, metavar="N", help="the last N hours (default: 24)")
    what.add_argument("--watch", action="store_true", help="the last minute, live, until Ctrl-C")
    return parser


def _hours(text: str) -> int:
    number = int(text)
    if not 1 <= number <= _MOST_HOURS:
        raise argparse.ArgumentTypeError(f"{number} is not from 1 to {_MOST_HOURS}")
    return number


# -------------------------------------------------------------------- the past


def _past(options: argparse.Namespace) -> None:
    client = settings().connect()
    service = find_service(client, options.service)
    by, starts = _samples(options.hours, _now())
    found = get_stats.read(client, service.id, by=by, from_=starts.start, to=starts.stop)
    rows = {row.start_time: row for row in found.rows}
    if options.json:
        document = {
            "service": {"id": service.id, "name": service.name},
            "by": by,
            "from": starts.start,
            "to": starts.stop,
            "rows": [as_json(rows[start], start_time=start) for start in starts if start in rows],
        }
        sys.stdout.write(json.dumps(document, indent=2) + "\n")
        return
    draw, console = _drawing()
    title = f"{_named(service)}: {_utc(starts.start)} to {_utc(starts.stop)} UTC, by {by}"
    console.print(draw(console, title, [rows.get(start) for start in starts]))


def _samples(hours: int, now: float) -> tuple[Any, range]:
    """How large samples are, and the starts of those that have ended."""
    by = "minute" if hours <= 2 else "hour" if hours <= 4 * 24 else "day"  # noqa: PLR2004 - about a hundred samples
    size = _SIZES[by]
    end = int(now) // size * size
    return by, range(end - -(-hours * HOUR // size) * size, end, size)


# -------------------------------------------------------------------- live


def _watch(options: argparse.Namespace) -> None:
    service = find_service(settings().connect(), options.service)
    client = settings().connect_realtime()
    with _showing(service, as_lines=options.json) as show:
        watch(
            lambda: get_realtime_stats.read(client, service.id, seconds=SECONDS),
            lambda timestamp: realtime_since(client, service.id, timestamp),
            show,
        )


@contextmanager
def _showing(service: GetServiceResult, *, as_lines: bool) -> "Iterator[Callable[[Watched], None]]":
    """How what was read is shown: redrawn in place in a terminal, else one line per second."""
    if as_lines:
        yield _write_json
        return
    draw, console = _drawing()
    if not console.is_terminal:
        yield _write_lines
        return
    from rich.live import Live  # noqa: PLC0415 - rich is an extra

    from .stats_view import curve_width  # noqa: PLC0415 - as above

    with Live(console=console, auto_refresh=False) as live:

        def show(watched: Watched) -> None:
            until = f" until {_utc(watched.seconds[-1].recorded, '%H:%M:%S')} UTC" if watched.seconds else ""
            # One character per second: averages would change with every round.
            seconds = list(watched.seconds)[-curve_width(console) :]
            title = f"{_named(service)}: the last {len(seconds)} seconds{until}"
            note = f"The last read failed, trying again: {watched.failure}" if watched.failure else ""
            live.update(draw(console, title, seconds, note), refresh=True)

        yield show


def _write_json(watched: Watched) -> None:
    _tell(watched)
    for each in watched.new:
        sys.stdout.write(json.dumps(as_json(each, recorded=each.recorded)) + "\n")
    sys.stdout.flush()


def _write_lines(watched: Watched) -> None:
    from .sparkline import share, size  # noqa: PLC0415 - needed here only

    _tell(watched)
    for each in watched.new:
        sys.stdout.write(
            f"{_utc(each.recorded, '%H:%M:%S')} UTC  requests {each.requests}  hit ratio {share(each.hit_ratio)}  "
            f"errors {each.status_5xx}  bandwidth {size(each.bandwidth)}\n"
        )
    sys.stdout.flush()


def _tell(watched: Watched) -> None:
    if watched.failure:
        sys.stderr.write(f"{PROGRAM}: the last read failed, trying again: {watched.failure}\n")


# -------------------------------------------------------------------- drawing


def _drawing() -> "tuple[Callable[..., Any], Console]":
    try:
        from rich.console import Console  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        need_rich(PROGRAM)
    from .stats_view import table_of  # noqa: PLC0415 - it needs the extra

    return table_of, Console(highlight=False)


def _now() -> float:
    return time.time()


def _named(service: GetServiceResult) -> str:
    return f"{service.name} ({service.id})"


def _utc(epoch: float, form: str = "%Y-%m-%d %H:%M") -> str:
    return time.strftime(form, time.gmtime(epoch))
