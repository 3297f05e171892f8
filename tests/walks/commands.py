"""Commands with random options."""

from __future__ import annotations

import copy
import random

from .stack import Options
from .walk_faults import MODES, Fault
from .walk_registry import resources
from .world import World

OPERATIONS = (
    *("get_service", "list", "clone", "comment", "post", "post", "put", "put", "delete", "delete", "diff"),
    *("items", "patch", "patch", "delete_item", "put_live", "validate", "activate", "activate", "create_service"),
)
"""Calls that are made to fail by what they do."""
LIVE_WRITES = {"activate", "patch", "delete_item", "put_live"}
"""Writes of which the state knows nothing, if the process dies of them or gives up."""


def do_up(world: World, rnd: random.Random) -> None:
    """Runs ``up``; every other time calls fail."""
    options = Options(skip_preview=rnd.random() < 0.3)
    if rnd.random() < 0.6:
        options.fault = random_fault(rnd)
    if rnd.random() < 0.15:
        options.refresh, options.one_process = True, rnd.random() < 0.5
    elif rnd.random() < 0.07:
        urns = [each.urn for each in resources(world.program)]
        options.targets = frozenset({urns[0], *rnd.sample(urns, min(len(urns), rnd.randint(1, 3)))})
    run(world, rnd, options)


def run(world: World, rnd: random.Random, options: Options) -> None:
    """Runs ``up``, and notes whether the state may lack something that went live."""
    world.history.append(copy.deepcopy(world.program))
    result = world.up(rnd, options)
    if result.failed and LIVE_WRITES & set(result.unanswered):
        world.unsure.append(copy.deepcopy(world.program))
    elif not result.failed and options.targets is None and (options.refresh or world.unsure == [world.program]):
        world.unsure = []


def random_fault(rnd: random.Random) -> Fault:
    """Calls that fail, some so often that the client gives up."""
    fault = Fault(rnd.choice(MODES), length=rnd.choice([1, 2, 12, 40]))
    if rnd.random() < 0.5:
        fault.at = rnd.randint(1, 16)
    else:
        fault.operation = rnd.choice(OPERATIONS)
    return fault


def do_up_odd(world: World, rnd: random.Random) -> None:
    """Runs ``up`` while lists are stale, or while the API stores something else than asked."""
    if rnd.random() < 0.5:
        world.oddities.stale = rnd.randint(1, 2)
    else:
        world.oddities.stored = rnd.randint(1, 3)
    run(world, rnd, Options(refresh=rnd.random() < 0.2, skip_preview=True))
    world.oddities.stale = world.oddities.stored = 0


def do_refresh(world: World, _: random.Random) -> None:
    """Runs ``refresh``."""
    world.refresh()
