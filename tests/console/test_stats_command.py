"""fastly-stats: what it draws, kept as data, and how it goes on watching."""

import io
import json
import math
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from fastly_console import stats_command, stats_watch
from fastly_console.sparkline import ASCII_BLOCKS, count, share, size, sparkline
from fastly_console.stats_lines import Title, lines_of
from fastly_console.stats_view import table_of
from fastly_emulator import Emulator, create_app
from fastly_emulator.testing import InProcessTransport
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.lookups.measurements import Measurements
from rich.console import Console

from tests.pages import page

DATA = Path(__file__).parents[1] / "data" / "console"
NOW = 1_700_000_000
HOUR = 3600
THIS_HOUR = NOW - NOW % HOUR
OUT_OF_RANGE = "fastly-stats: --since is '{}': statistics are shown of the last minute up to the last 375 days\n"


class Clock:
    """A clock that moves when somebody sleeps."""

    now = float(NOW)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Terminal:
    """The command, with an emulator, a fake clock and a service."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.clock = Clock()
        self.emulator = Emulator(seed="stats", clock=self.clock)
        transport = InProcessTransport(create_app(self.emulator))
        self.http = httpx.Client(transport=transport, base_url="http://127.0.0.1", headers={"Fastly-Key": "key"})
        client = Client("key", "http://127.0.0.1", transport=transport, sleep=lambda _seconds: None)
        connected = SimpleNamespace(connect=lambda: client, connect_realtime=lambda: client)
        monkeypatch.setattr(stats_command, "settings", lambda: connected)
        monkeypatch.setattr(stats_command, "_now", self.clock)
        self.service: str = self.http.post("/service", data={"name": "www"}).json()["id"]

    def serve(self, *rows: dict[str, Any]) -> None:
        body = {"traffic": [{"service_id": self.service, **row} for row in rows]}
        assert self.http.post("/_emulator/stats", json=body).status_code == httpx.codes.OK

    def serve_a_day(self) -> None:
        """A day with a peak at its middle, an hour without traffic and an hour with errors."""
        for hour in range(1, 25):
            requests = 0 if hour == 20 else 1000 * (13 - abs(12 - hour))
            row = {"requests": requests, "hits": requests * 3 // 4, "miss": requests // 4, "bandwidth": 2048 * requests}
            self.serve({"time": THIS_HOUR - hour * HOUR, **row, "status_5xx": 70 if hour == 3 else 0})


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("COLUMNS", "80")
    return Terminal(monkeypatch)


def expect(name: str, text: str) -> None:
    """Compares with what is kept. A new text is written down, and the test fails once."""
    file = DATA / f"{name}.txt"
    if not file.exists():
        file.write_text(text, encoding="utf-8")
        pytest.fail(f"{file} is new: look at it")
    assert text == file.read_text(encoding="utf-8")


def shown(terminal: Terminal, capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert stats_command.main(arguments) == code
    captured = capsys.readouterr()
    text = captured.err if code else captured.out
    return text.replace(terminal.service, "SERVICE-ID")


# -- The past ---------------------------------------------------------------------------------------------------------


def test_a_day(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    terminal.serve_a_day()
    text = shown(terminal, capsys, "www")
    expect("stats-day", text)
    assert text.partition("\n")[2] in page("statistics"), "the page shows what it looks like"
    assert "\x1b" not in text, "no colours where no terminal is"
    assert text == shown(terminal, capsys, terminal.service)


@pytest.mark.parametrize(("columns", "name"), [("50", "stats-narrow"), ("120", "stats-wide")])
def test_widths(
    terminal: Terminal, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str, name: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    terminal.serve_a_day()
    text = shown(terminal, capsys, "www", "--since", "48h")
    expect(name, text)
    assert all(len(line) <= int(columns) for line in text.splitlines())


@pytest.mark.parametrize("width", range(40, 141))
@pytest.mark.parametrize("values", [1, 123_456_789_012], ids=str)
def test_no_width_loses_characters(width: int, values: int) -> None:
    numbers = {"requests": values, "hits": values, "miss": 0, "status_5xx": values, "bandwidth": values * 1000}
    samples = [Measurements(numbers)] * 96
    title = Title(
        "www.example.com (SU1Z0isxPaozGVKXdv0eY)", "2023-11-13 22:00 to 2023-11-14 22:00 UTC, by hour", "hour"
    )
    file = io.StringIO()
    console = Console(file=file, width=width)
    console.print(table_of(console, title, samples))
    text = file.getvalue()
    assert max(map(len, text.splitlines())) <= width
    curves = re.findall("[▁█▂]+", text)
    assert {len(curve) for curve in curves} == {math.ceil(96 / math.ceil(96 / len(curves[0])))}
    per_bar = math.ceil(96 / len(curves[0]))
    shown = [
        f"{title.service}:",
        f"{title.what}, {per_bar} hours per bar" if per_bar > 1 else title.what,
        "Total",
        "Peak",
    ]
    for line in lines_of(samples):
        shown += [line.name, line.total, line.peak]
    bare = re.sub("[▁█▂]+", "", text)
    assert Counter("".join(bare.split())) == Counter("".join("".join(shown).split()))


@pytest.mark.parametrize(
    ("since", "by"),
    [
        ("34h", "by hour"),
        ("35h", "by hour, 2 hours per bar"),
        ("96h", "by hour, 3 hours per bar"),
        ("60m", "by minute, 2 minutes per bar"),
    ],
)
def test_the_title_says_what_a_bar_is(
    terminal: Terminal, capsys: pytest.CaptureFixture[str], since: str, by: str
) -> None:
    title = shown(terminal, capsys, "www", "--since", since).partition("Total")[0]
    assert f"UTC, {by}\n" in title


def test_a_title_that_is_too_long_is_two_lines(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    terminal.http.put(f"/service/{terminal.service}", data={"name": "www.example.com"})
    lines = shown(terminal, capsys, terminal.service).splitlines()
    assert lines[:2] == ["www.example.com (SERVICE-ID):", "2023-11-13 22:00 to 2023-11-14 22:00 UTC, by hour"]


def test_a_service_without_traffic(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    expect("stats-no-traffic", shown(terminal, capsys, "www"))


def test_what_a_terminal_would_take_for_a_command(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    terminal.http.put(f"/service/{terminal.service}", data={"name": "[red]x[/red]\x1b[31m\a"})
    expect("stats-odd-name", shown(terminal, capsys, terminal.service))


def test_json(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    terminal.serve_a_day()
    document = json.loads(shown(terminal, capsys, "www", "--json", "--since", "3h"))
    assert document["service"] == {"id": "SERVICE-ID", "name": "www", "active_version": None}
    assert (document["by"], document["from"], document["to"]) == ("hour", THIS_HOUR - 3 * HOUR, THIS_HOUR)
    assert document["rows"][0] == {
        "start_time": THIS_HOUR - 3 * HOUR,
        "requests": 4000,
        "hits": 3000,
        "miss": 1000,
        "hit_ratio": 0.75,
        "status_4xx": 0,
        "status_5xx": 70,
        "bandwidth": 4000 * 2048,
    }


@pytest.mark.parametrize(
    ("since", "by", "samples"),
    [("1m", "minute", 1), ("1h", "minute", 60), ("3h", "hour", 3), ("96h", "hour", 96), ("97h", "day", 5)],
)
def test_samples(since: str, by: str, samples: int) -> None:
    found, starts = stats_command._samples(stats_command._seconds(since, NOW), NOW)
    assert (found, len(starts)) == (by, samples)
    assert starts.stop <= NOW < starts.stop + starts.step


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["gone"], "fastly-stats: there is no service of the id or name 'gone'\n"),
        *((["www", "--since", since], OUT_OF_RANGE.format(since)) for since in ("0h", "376d", "2030-01-01")),
        (
            ["www", "--since", "x"],
            "fastly-stats: --since is 'x': give a time such as 24h, 7d, 2026-11-01 or 2026-11-01T17:00Z\n",
        ),
        (["gone", "--watch"], "fastly-stats: there is no service of the id or name 'gone'\n"),
    ],
)
def test_failures(terminal: Terminal, capsys: pytest.CaptureFixture[str], arguments: list[str], text: str) -> None:
    assert shown(terminal, capsys, *arguments, code=2) == text


@pytest.mark.parametrize("arguments", [["www", "--since", "1h", "--watch"], []])
def test_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        stats_command.main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: fastly-stats")


def test_without_rich() -> None:
    program = (
        "import sys; sys.modules['rich.console'] = None; from fastly_console import stats_command as it; it._drawing()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1].endswith("a table needs rich: pip install 'pulumi-fastly-dynamic[console]'")


# -- Live -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def three_rounds(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rounds with one second between them; then somebody presses Ctrl-C."""
    left = iter(range(2))

    def sleep(seconds: float) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        terminal.clock.sleep(seconds)
        terminal.serve({"time": terminal.clock.now - 1, "requests": 10, "hits": 9, "miss": 1, "bandwidth": 12345})

    monkeypatch.setattr(stats_command, "watch", partial(stats_watch.watch, sleep=sleep))


def _frames(text: str) -> Iterator[str]:
    """What is drawn in each round, without colours and movements."""
    for frame in re.split(r"(?:\x1b\[1A|\x1b\[2K|\r)+", text):
        plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", frame)
        if plain.strip():
            yield "\n".join(line.rstrip() for line in plain.splitlines()) + "\n"


@pytest.mark.usefixtures("three_rounds")
def test_watching_in_a_terminal(
    terminal: Terminal, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    terminal.serve({"time": NOW - 1, "requests": 5, "hits": 1, "miss": 4, "status_5xx": 1})
    path = f"/v1/channel/{terminal.service}/ts/{NOW}"
    fault = {"method": "GET", "path": path, "status": 404}
    terminal.http.post("/_emulator/faults", json=fault)
    frames = list(_frames(shown(terminal, capsys, "www", "--watch")))
    expect("stats-watch", "---\n".join(dict.fromkeys(frames)))


@pytest.mark.usefixtures("three_rounds")
def test_watching_into_a_file(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(terminal, capsys, "www", "--watch")
    expect("stats-watch-lines", "\n".join(text.splitlines()[-4:]) + "\n")


@pytest.mark.usefixtures("three_rounds")
def test_watching_for_programs(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [json.loads(line) for line in shown(terminal, capsys, "www", "--watch", "--json").splitlines()]
    assert [row["recorded"] for row in rows] == list(range(NOW - 60, NOW + 2))
    assert rows[-1]["hit_ratio"] == 0.9


@pytest.mark.usefixtures("three_rounds")
def test_a_failed_read_is_told_and_repeated(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    path = f"/v1/channel/{terminal.service}/ts/{NOW}"
    terminal.http.post("/_emulator/faults", json={"method": "GET", "path": path, "status": 403})
    assert stats_command.main(["www", "--watch", "--json"]) == 0
    captured = capsys.readouterr()
    assert captured.err.startswith("fastly-stats: the last read failed, trying again: GET /v1/channel/")
    assert captured.err.count("\n") == 1
    recorded = [json.loads(line)["recorded"] for line in captured.out.splitlines()]
    assert recorded == list(range(NOW - 60, NOW + 2)), "nothing is lost"


def test_the_first_read_must_not_fail(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    terminal.http.post("/_emulator/faults", json={"method": "GET", "path": "/v1/channel/*", "status": 403})
    text = shown(terminal, capsys, "www", "--watch", code=2)
    assert text.startswith("fastly-stats: GET /v1/channel/SERVICE-ID/ts/h/limit/60: 403 ")


def test_rounds_can_be_counted() -> None:
    found = SimpleNamespace(seconds=(), next_timestamp=7)
    asked: list[int] = []
    go_on: Callable[[int], Any] = lambda timestamp: asked.append(timestamp) or found  # noqa: E731
    stats_watch.watch(lambda: found, go_on, lambda _watched: None, sleep=lambda _seconds: None, rounds=range(2))  # type: ignore[arg-type,return-value]
    assert asked == [7, 7]


# -- Texts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "width", "curve"),
    [
        ([], 8, ""),
        ([0, 0], 8, "▁▁"),
        ([0, 1, 1000], 8, "▁▂█"),
        ([1, None, 2], 8, "▄ █"),
        ([None, None], 8, "  "),
        ([0, 4, 8, 8], 2, "▂█"),
        ([None, None, 1], 2, " █"),
    ],
)
def test_sparklines(values: list[float | None], width: int, curve: str) -> None:
    assert sparkline(values, width) == curve


def test_a_terminal_without_blocks() -> None:
    file = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="replace")
    console = Console(file=file, width=80)
    samples = [
        Measurements({"requests": value, "hits": 0, "miss": 0, "status_5xx": 0, "bandwidth": 0}) for value in (1, 2)
    ]
    console.print(table_of(console, Title("bücher", "now", "hour"), samples))
    file.seek(0)
    text = file.read()
    assert "b?cher" in text
    assert f"{ASCII_BLOCKS[3]}{ASCII_BLOCKS[-1]}" in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (count(0), "0"),
        (count(99_999), "99,999"),
        (count(12_345_678), "12.3 M"),
        (count(999_999), "1.0 M"),
        (size(999), "999 B"),
        (size(1_500), "1.5 kB"),
        (size(5e18), "5,000.0 PB"),
        (share(None), "-"),
        (share(0.12345), "12.3 %"),
        (share(0), "0.0 %"),
        (share(0.0004), "<0.1 %"),
    ],
)
def test_texts(text: str, expected: str) -> None:
    assert text == expected
