"""What this package costs beside bare dynamic resources: ``make bench``, or ``make bench BENCH_ARGS="--sizes 10,100"``.

Both sides run on the real engine, one after the other, in turns: a service with a domain and N backends, and the same
number of dynamic resources that do nothing (tools/bench_bare.py), with one more at the end that depends on all. The
seconds are those of the whole command, without preview. Progress goes to stderr, the tables to stdout.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import signal
import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pulumi_fastly_dynamic.kinds import Backend
from scratch_stack import ScratchEmulator, ScratchStack, scratch_emulator

OURS = """
import os

import pulumi_fastly_dynamic as fastly

www = fastly.Service("www", name="www", force_destroy=True)
with fastly.Release("www", service=www) as release:
    fastly.Domain("www.example.com", release=release)
    for i in range(int(os.environ["BENCH_SIZE"])):
        port = int(os.environ["BENCH_PORT"]) if i == 0 else 443
        fastly.Backend(f"b{i:04}", release=release, address=f"b{i:04}.example.com", port=port)
"""
# With the properties of a backend as the engine carries them, defaults included.
BARE = f"""
import os

import pulumi
from bench_bare import Bare

defaults = { {f.name: f.default for f in Backend.schema.fields if f.default is not None} }
many = []
for i in range(int(os.environ["BENCH_SIZE"])):
    port = int(os.environ["BENCH_PORT"]) if i == 0 else 443
    many.append(Bare(f"b{{i:04}}", {{**defaults, "address": f"b{{i:04}}.example.com", "port": port}}))
Bare("last", {{}}, pulumi.ResourceOptions(depends_on=many))
"""
PROGRAMS = {"ours": OURS, "bare": BARE}

PROFILES = ("none", "real")
COMMANDS = {"create": "up", "no-op": "up", "one change": "up", "refresh": "refresh"}
BOUNDED = ("no-op", "refresh")
BOUND = 4 / 3
"""What this package adds in these works is to stay within a third; with real latency, it waits for the API besides."""


@dataclass(frozen=True)
class Cell:
    """What is measured under the same conditions."""

    profile: str
    size: int
    checkpoints: bool

    def __str__(self) -> str:
        return f"latency {self.profile}, {self.size} backends, checkpoints {'on' if self.checkpoints else 'off'}"


@dataclass
class Figures:
    """Of one work in one cell."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {side: [] for side in PROGRAMS})
    cpu_seconds: dict[str, list[float]] = field(default_factory=lambda: {side: [] for side in PROGRAMS})
    calls: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """How often, and what not."""

    repeat: int
    repeat_create: int
    longest_create: int
    """With the latency of the real API, creates of more backends than this are not measured."""


class Bench:
    """One cell: two stacks that take turns."""

    def __init__(self, cell: Cell, plan: Plan, emulator: ScratchEmulator, folder: Path) -> None:
        self.cell = cell
        self.plan = plan
        self.emulator = emulator
        self.folder = folder
        self.port = 443
        self.turn = 0
        self.stacks: dict[str, ScratchStack] = {}
        self.figures = {work: Figures() for work in COMMANDS}

    def run(self) -> dict[str, Figures]:
        """Everything there is to measure here."""
        if self.cell.profile == "none" or self.cell.size <= self.plan.longest_create:
            for number in range(self.plan.repeat_create):
                self.make_stacks(number, self.cell.profile)
                self.measure("create")
        else:
            self.make_stacks(0, "none")
            self.measure("create")
            self.figures["create"] = Figures()
            self.latency(self.cell.profile)
        for _ in range(self.plan.repeat):
            self.measure("no-op")
            self.port += 1
            self.measure("one change")
            self.measure("refresh")
        return self.figures

    def make_stacks(self, number: int, profile: str) -> None:
        """New stacks, and an empty emulator."""
        self.emulator.control("POST", "reset")
        self.latency(profile)
        for side, program in PROGRAMS.items():
            stack = ScratchStack(self.folder / f"{side}-{number}")
            stack.environment |= {
                "FASTLY_API_URL": self.emulator.url,
                "FASTLY_API_KEY": "bench",
                "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]),
                "PULUMI_SKIP_CHECKPOINTS": "false" if self.cell.checkpoints else "true",
            }
            stack.make(f"bench-{side}", program)
            self.stacks[side] = stack

    def latency(self, profile: str) -> None:
        """Let the emulator take its time, or not."""
        self.emulator.control("PUT", "latency", {"profile": profile})

    def measure(self, work: str) -> None:
        """One run of each side; who goes first changes each time."""
        self.turn += 1
        for side in sorted(self.stacks, reverse=self.turn % 2 == 0):
            self.emulator.control("DELETE", "log")
            variables = {"BENCH_SIZE": str(self.cell.size), "BENCH_PORT": str(self.port)}
            outcome = self.stacks[side].change(COMMANDS[work], **variables)
            if outcome.code:
                raise RuntimeError(f"{self.cell}: {work}, {side}:\n{outcome.output[-3000:]}")
            self.figures[work].seconds[side].append(outcome.seconds)
            self.figures[work].cpu_seconds[side].append(outcome.cpu_seconds)
            if side == "ours":
                self.figures[work].calls.append(len(self.emulator.control("GET", "log")))
            print(f"{self.cell}: {work}, {side}: {outcome.seconds:.2f} s", file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    given = parse(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # as Ctrl-C: what was started ends too
    plan = Plan(given.repeat, given.repeat_create, given.longest_create)
    with tempfile.TemporaryDirectory(prefix="fastly-bench-") as folder, scratch_emulator() as emulator:
        for profile in given.profiles:
            rows = []
            for number, (size, checkpoints) in enumerate(itertools.product(given.sizes, given.checkpoints)):
                cell = Cell(profile, size, checkpoints)
                figures = Bench(cell, plan, emulator, Path(folder) / f"{profile}-{number}").run()
                rows += [row(cell, work, figures[work], plan) for work in COMMANDS]
            print("\n".join([*heading(profile, plan), *rows, ""]), flush=True)
    return 0


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__, allow_abbrev=False)
    parser.add_argument("--sizes", type=numbers, default=[10, 100, 1000], help="backends (default: 10,100,1000)")
    parser.add_argument("--profiles", type=profiles, default=list(PROFILES), help="latency (default: none,real)")
    parser.add_argument(
        "--checkpoints",
        type=lambda text: [{"on": True, "off": False}[part] for part in text.split(",")],
        default=[True, False],
        help="off is with PULUMI_SKIP_CHECKPOINTS=true (default: on,off)",
    )
    parser.add_argument("--repeat", type=int, default=5, help="runs of each work but create (default: 5)")
    parser.add_argument("--repeat-create", type=int, default=1, help="runs of create (default: 1)")
    parser.add_argument(
        "--longest-create", type=int, default=100, help="with real latency, the most backends to create (default: 100)"
    )
    return parser.parse_args(arguments)


def numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def profiles(text: str) -> list[str]:
    chosen = text.split(",")
    if not set(chosen) <= set(PROFILES):
        raise argparse.ArgumentTypeError(f"of {', '.join(PROFILES)}")
    return chosen


# --- the tables


def heading(profile: str, plan: Plan) -> Iterator[str]:
    yield f"### Latency profile: {profile}"
    yield ""
    yield (
        f"Medians of {plan.repeat} runs ({plan.repeat_create} of create) of the whole command without preview. Python "
        f"{platform.python_version()}, {os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f} at the end. CPU seconds "
        "are of all processes but the emulator, and say more where the machine had other work."
        + (" (over): more than a third, in a no-op or a refresh." if profile == "none" else "")
    )
    yield ""
    yield line(
        [
            *("backends", "checkpoints", "work", "API calls"),
            *("seconds", "bare", "added", "CPU seconds", "bare", "added"),
        ]
    )
    yield "|---:|---|---|---:|---:|---:|---:|---:|---:|---:|"


def row(cell: Cell, work: str, figures: Figures, plan: Plan) -> str:
    names = [str(cell.size), "on" if cell.checkpoints else "off", work]
    if not figures.calls:
        return line([*names, f"not run (--longest-create {plan.longest_create})", *[""] * 6])
    calls = "-".join(map(str, sorted({min(figures.calls), max(figures.calls)})))
    columns = []
    for measured in (figures.seconds, figures.cpu_seconds):
        ours, bare = (statistics.median(measured[side]) for side in ("ours", "bare"))
        judged = work in BOUNDED and cell.profile == "none"
        verdict = " (over)" if judged and ours / bare > BOUND else ""
        columns += [f"{ours:.2f}", f"{bare:.2f}", f"{ours / bare - 1:+.0%}{verdict}"]
    return line([*names, calls, *columns])


def line(columns: list[str]) -> str:
    return f"| {' | '.join(columns)} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
