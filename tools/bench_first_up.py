"""How long the first ``up`` of an example takes, compared with the API's own time: ``python tools/bench_first_up.py``.

The emulator answers as slowly as the real API, by the medians of its calls. Writes of one service must not overlap, so
the sum of their medians cannot be avoided. Reads that go out together count as one. The time of the engine and of this
package is measured without latency. The target: with latency, at most 1.15 times that sum, and that time.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from fastly_emulator.control_state import Control
from scratch_stack import Outcome, ScratchEmulator, ScratchStack, scratch_emulator

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
TARGET = 1.15


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench_first_up", description=__doc__, allow_abbrev=False)
    parser.add_argument("--example", default="vcl-service", help="a folder of examples/ (default: vcl-service)")
    parser.add_argument("--secrets", default="alertsToken", help="its secret settings (default: alertsToken)")
    parser.add_argument("--repeat", type=int, default=3, help="runs with and without latency (default: 3)")
    given = parser.parse_args(arguments)
    seconds: dict[str, list[float]] = {"none": [], "real": []}
    calls: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="fastly-bench-") as folder, scratch_emulator() as emulator:
        for number in range(given.repeat):
            for profile, measured in seconds.items():
                stack = new_stack(Path(folder) / f"{profile}-{number}", emulator, given.example, given.secrets)
                measured.append(first_up(stack, emulator, profile).seconds)
                calls = emulator.control("GET", "log")
    print(report(given.example, calls, {profile: statistics.median(each) for profile, each in seconds.items()}))
    return 0


def new_stack(folder: Path, emulator: ScratchEmulator, example: str, secrets: str) -> ScratchStack:
    """The example as a new stack."""
    stack = ScratchStack(folder, {"FASTLY_API_URL": emulator.url, "FASTLY_API_KEY": "bench"})
    stack.make(f"fastly-{example}", "")
    shutil.copytree(EXAMPLES / example, stack.program.parent, dirs_exist_ok=True)
    for name in filter(None, secrets.split(",")):
        checked(stack.run("config", "set", "--secret", name, "0123456789", "--stack", "scratch"))
    return stack


def first_up(stack: ScratchStack, emulator: ScratchEmulator, profile: str) -> Outcome:
    """The measured command, on an empty emulator."""
    emulator.control("POST", "reset")
    emulator.control("PUT", "latency", {"profile": profile})
    outcome = checked(stack.change("up"))
    print(f"latency {profile}: {outcome.seconds:.2f} s", file=sys.stderr, flush=True)
    return outcome


def checked(outcome: Outcome) -> Outcome:
    """The outcome, unless the command failed."""
    if outcome.code:
        raise RuntimeError(outcome.output[-3000:])
    return outcome


def serial_seconds(calls: Iterable[Mapping[str, Any]]) -> float:
    """The medians of what must be one after the other: each write, and each group of reads."""
    control = Control(latency="real")
    total, in_a_group = 0.0, False
    for call in calls:
        can_join = call["method"] == "GET" and not call["path"].endswith("/validate")
        if not (can_join and in_a_group):
            total += control.seconds_for(call["method"], call["path"])
        in_a_group = can_join
    return total


def report(example: str, calls: list[dict[str, Any]], medians: Mapping[str, float]) -> str:
    """The figures, as lines of text."""
    writes = sum(call["method"] != "GET" for call in calls)
    serial, own, all_ = serial_seconds(calls), medians["none"], medians["real"]
    ratio = (all_ - own) / serial
    return "\n".join(
        [
            f"First up of examples/{example}: {len(calls)} calls, of these {writes} writes",
            f"  sum of the medians of calls that cannot overlap  {serial:6.2f} s",
            f"  engine and package, without latency              {own:6.2f} s",
            f"  with the API's latency                           {all_:6.2f} s",
            f"  (with - without) / sum                           {ratio:6.2f} (target: at most {TARGET})",
            f"Load {os.getloadavg()[0]:.1f} on {os.cpu_count()} CPUs at the end.",
        ]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
