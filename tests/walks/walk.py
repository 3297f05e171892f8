"""Random walks: what a walk is, running one, shrinking one that fails.

``python -m tests.walks.walk SEED NUMBER`` walks NUMBER seeds from SEED on; ``SEED --replay STEPS`` tells one walk call
by call (``[]``: its own steps).
"""

from __future__ import annotations

import argparse
import ast
import collections
import contextlib
import io
import random
import re
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

from . import commands, edits, strangers
from .begin import random_world
from .settle import Settling
from .stack import Violation
from .world import World

Step = tuple[str, int]
"""What happens, and the seed of its random numbers."""

EDITS = (
    *("edit_add",) * 3,
    *("edit_remove",) * 3,
    *("edit_rename",) * 2,
    *("edit_swap", "edit_rename_resource"),
    *("edit_content",) * 4,
    *("edit_flag",) * 4,
    *("edit_items",) * 3,
    *("edit_release", "edit_service", "edit_revert", "edit_revert"),
)
FOREIGN = (
    *("foreign_activate", "foreign_activate", "foreign_meanwhile", "foreign_rollback", "foreign_rollback"),
    *("foreign_edit_meanwhile", "foreign_edit_meanwhile", "foreign_edit_draft", "foreign_take_draft", "foreign_draft"),
    *("foreign_items", "foreign_deactivate", "foreign_state", "foreign_stack", "foreign_stack"),
)
_BITS = 30


@dataclass
class Outcome:
    """What came of a walk."""

    seed: int
    steps: list[Step]
    failure: str = ""
    told_to_refresh: bool = False
    calls: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def rule(self) -> str:
        """The rule that was broken."""
        return self.failure.partition(":")[0]

    @property
    def signature(self) -> str:
        """The failure without names and numbers, to count those that are alike."""
        return re.sub(r"'[^']*'|\b[0-9A-Za-z]{22}\b|[0-9]+", "#", self.failure)[:110]

    def __str__(self) -> str:
        return (
            f"seed {self.seed}: {self.failure}\n   {[name for name, _ in self.steps]}\n"
            f'   replay: python -m tests.walks.walk {self.seed} --replay "{self.steps}"'
        )


def make(seed: int) -> list[Step]:
    """The steps of a walk."""
    rnd = random.Random(seed)
    steps: list[Step] = [("do_up", rnd.getrandbits(_BITS))] if rnd.random() < 0.7 else []
    foreign = rnd.random() < 0.6
    for _ in range(rnd.randint(3, 18)):
        chance = rnd.random()
        if chance < 0.35:
            name = "do_up"
        elif chance < 0.38:
            name = "do_up_odd"
        elif chance < 0.43:
            name = "do_refresh"
        elif chance < 0.65 and foreign:
            name = rnd.choice(FOREIGN)
        else:
            name = rnd.choice(EDITS)
        steps.append((name, rnd.getrandbits(_BITS)))
    return steps


def happening(name: str) -> Callable[[World, random.Random], None]:
    """The step of that name."""
    module = {"do": commands, "edit": edits, "foreign": strangers}[name.partition("_")[0]]
    step: Callable[[World, random.Random], None] = getattr(module, name)
    return step


def run(seed: int, steps: list[Step], *, threads: bool = False) -> Outcome:
    """Walks, and settles."""
    outcome = Outcome(seed, steps)
    world: World | None = None
    with contextlib.redirect_stdout(io.StringIO()):  # what the provider tells the user
        try:
            world = random_world(random.Random(seed), threads=threads)
            outcome.notes = world.notes
            for name, step_seed in steps:
                world.note(f"== {name}")
                happening(name)(world, random.Random(step_seed))
                if name.startswith("edit_"):
                    world.note(f"   {world.program}")
            world.note(f"== settle\n   {world.program}")
            settling = Settling(world, random.Random(seed + 1), strict_conflicts=world.only_ours)
            settling.run()
            if world.other:
                world.note(f"== the other stack settles\n   {world.other.program}")
                Settling(world.other, random.Random(seed + 2)).run()
            outcome.told_to_refresh = settling.told_to_refresh
        except Violation as violation:
            outcome.failure = str(violation)
        except Exception as error:  # noqa: BLE001 - a mistake of the product or of the walks: a failure like any other
            where = traceback.extract_tb(error.__traceback__)[-1]
            outcome.failure = f"crash: {error!r} in {where.filename}:{where.lineno}"
    outcome.calls = sum(note.count("\n        ") for note in outcome.notes)
    return outcome


def shrink(outcome: Outcome) -> Outcome:
    """Leaves steps out as long as the same rule is broken."""
    best = outcome
    shorter = True
    while shorter:
        shorter = False
        for index in range(len(best.steps)):
            found = run(best.seed, best.steps[:index] + best.steps[index + 1 :])
            if found.failure and found.rule == outcome.rule:
                best, shorter = found, True
                break
    return best


def walks(first: int, number: int) -> list[Outcome]:
    """The outcomes of the walks with these seeds."""
    return [run(seed, make(seed)) for seed in range(first, first + number)]


def main(arguments: list[str]) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.walks.walk", description="Random walks.")
    parser.add_argument("seed", type=int, help="the first seed")
    parser.add_argument("number", type=int, nargs="?", default=1, help="how many walks")
    parser.add_argument("--replay", metavar="STEPS", help="the steps of one walk, which is told call by call")
    options = parser.parse_args(arguments)
    if options.replay is not None:
        return _tell(run(options.seed, ast.literal_eval(options.replay) or make(options.seed)))
    return _count(options.seed, options.number)


def _tell(outcome: Outcome) -> int:
    print("\n".join(outcome.notes))
    print(f"RESULT {outcome.failure or 'ok'}")
    return bool(outcome.failure)


def _count(first: int, number: int) -> int:
    started = time.process_time()
    outcomes = walks(first, number)
    failed = [outcome for outcome in outcomes if outcome.failure]
    told = sum(outcome.told_to_refresh for outcome in outcomes)
    calls = sum(outcome.calls for outcome in outcomes)
    seconds = time.process_time() - started
    print(f"{number} walks, {calls} calls, {seconds:.0f} s, {len(failed)} failed, {told} told to refresh")
    groups: dict[str, list[Outcome]] = collections.defaultdict(list)
    for outcome in failed:
        groups[outcome.signature].append(outcome)
    for group in sorted(groups.values(), key=len, reverse=True):
        few = sorted(group, key=lambda outcome: len(outcome.steps))[:3]
        shortest = min((shrink(outcome) for outcome in few), key=lambda outcome: len(outcome.steps))
        print(f"\n{len(group)} x {shortest}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
