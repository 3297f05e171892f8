"""``fastly-stats``: requests, hit ratio, errors and bandwidth of a service, as curves in the terminal."""

import argparse
import math
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pulumi_fastly_dynamic.failure import Failure
from pulumi_fastly_dynamic.lookups import GetServiceResult, get_realtime_stats, get_stats
from pulumi_fastly_dynamic.lookups.realtime_lookups import realtime_since
from pulumi_fastly_dynamic.plain_text import plain

from .command import find_service, need_rich, parser_of, run, service_json, settings, write_json
from .since import add_since, since_of
from .stats_lines import Title, as_json
from .stats_watch import SECONDS, Watched, watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

PROGRAM = "fastly-stats"
HOUR = 3600
_SIZES = {"minute": 60, "hour": HOUR, "day": 24 * HOUR}
_MOST_DAYS = 375
"""What Fastly keeps of hours."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Shows the statistics of a service, and returns the exit code."""
    options = _parser().parse_args(arguments)
    return run(PROGRAM, lambda: _watch(options) if options.watch else _past(options))


def _parser() -> argparse.ArgumentParser:
    parser = parser_of(
        PROGRAM,
        "Shows requests, hit ratio, errors and bandwidth of a service.",
        "It needs to read only.",
        json_help="write JSON instead of a table; with --watch, one object per second",
    )
    what = parser.add_mutually_exclusive_group()
    add_since(what, "24h")
    what.add_argument(
        "--watch", action="store_true", help="the last seconds, live, until Ctrl-C: as many as fit, up to 60"
    )
    return parser


# -------------------------------------------------------------------- the past


def _past(options: argparse.Namespace) -> None:
    by, starts = _samples(_seconds(options.since, _now()), _now())
    client = settings().connect()
    service = find_service(client, options.service)
    found = get_stats.read(client, service.id, by=by, from_=starts.start, to=starts.stop)
    rows = {row.start_time: row for row in found.rows}
    if options.json:
        there = [as_json(rows[start], start_time=start) for start in starts if start in rows]
        document = {"service": service_json(service), "by": by, "from": starts.start, "to": starts.stop, "rows": there}
        write_json(document)
        return
    draw, console = _drawing()
    what = f"{_utc(starts.start)} to {_utc(starts.stop)} UTC, by {by}"
    console.print(draw(console, Title(_named(service), what, by), [rows.get(start) for start in starts]))


def _seconds(since: str, now: float) -> float:
    seconds = now - since_of(since, datetime.fromtimestamp(now, UTC)).timestamp()
    if not _SIZES["minute"] <= seconds <= _MOST_DAYS * 24 * HOUR:
        raise Failure(f"--since is {since!r}: statistics are shown of the last minute up to the last {_MOST_DAYS} days")
    return seconds


def _samples(seconds: float, now: float) -> tuple[Any, range]:
    """How large samples are, and the starts of those that have ended: about a hundred of them at the most."""
    by = "minute" if seconds <= 2 * HOUR else "hour" if seconds <= 4 * 24 * HOUR else "day"
    size = _SIZES[by]
    end = int(now) // size * size
    return by, range(end - math.ceil(seconds / size) * size, end, size)


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
            title = Title(_named(service), f"the last {len(seconds)} seconds{until}", "second")
            note = f"The last read failed, trying again: {watched.failure}" if watched.failure else ""
            live.update(draw(console, title, seconds, note), refresh=True)

        yield show


def _write_json(watched: Watched) -> None:
    _tell(watched)
    for each in watched.new:
        write_json(as_json(each, recorded=each.recorded), indent=None)
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
        sys.stderr.write(f"{PROGRAM}: the last read failed, trying again: {plain(watched.failure)}\n")


# -------------------------------------------------------------------- drawing


def _drawing() -> "tuple[Callable[..., Any], Console]":
    try:
        from rich.console import Console  # noqa: PLC0415 - an extra
    except ImportError:
        need_rich()
    from .stats_view import table_of  # noqa: PLC0415 - it needs the extra

    return table_of, Console(highlight=False)


def _now() -> float:
    return time.time()


def _named(service: GetServiceResult) -> str:
    return f"{service.name} ({service.id})"


def _utc(epoch: float, form: str = "%Y-%m-%d %H:%M") -> str:
    return time.strftime(form, time.gmtime(epoch))
