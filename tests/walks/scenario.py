"""What scenarios are written with: they do something, stop in the middle, and then the program must converge."""

from __future__ import annotations

import random
from typing import Any

from fastly_emulator.state import Version

from .objects import BAD, Object
from .program import Items, Urn
from .settle import Settling
from .stack import Options, Result
from .walk_faults import Fault
from .world import World, new_program

SEED = 3
"""Of the order in which the engine starts what it can start."""


def world_with(*objects: tuple[str, Object], items: dict[str, Items] | None = None) -> World:
    """A service that the program creates, with these objects."""
    world = World(new_program())
    world.program.objects, world.program.items = dict(objects), items or {}
    return world


def adopting_world(*objects: tuple[str, Object], active: bool = True, adopt: bool = False) -> World:
    """An empty service that the program takes over, with these objects."""
    world = world_with(*objects)
    service_id = world.foreign.create_service("old")
    if active:
        world.foreign.activate(service_id, 1)
    program = new_program(service_id, adopt=adopt)
    program.objects = world.program.objects
    world.program, world.removed_release = program, program.release
    return world


def up(world: World, *, targets: frozenset[Urn] | None = None, refresh: bool = False, **faults: str) -> Result:
    """``pulumi up``, in which the first such call fails: ``activate="kill"``."""
    options = Options(targets=targets, refresh=refresh)
    for operation, mode in faults.items():
        options.fault = Fault(mode, operation=operation)
    return world.up(random.Random(SEED), options)


def settle(world: World, *, strict_conflicts: bool = False, order: int = 5, refresh: bool = False) -> Settling:
    """It converges, if need be after the advice to refresh; ``order`` is that of the engine's steps."""
    settling = Settling(world, random.Random(order), strict_conflicts=strict_conflicts)
    settling.run()
    assert settling.told_to_refresh == refresh
    return settling


def active(world: World, collection: str) -> dict[str, dict[str, Any]]:
    """The objects that serve, by name."""
    service = world.service
    assert service
    version = next(each for each in service.versions.values() if each.active)
    return {str(row["name"]): row for row in version.objects[collection].values()}


def backend(name: str, **given: Any) -> Object:
    """A backend."""
    return Object("backend", name, **given)


def condition(name: str, **given: Any) -> Object:
    """A condition."""
    return Object("condition", name, **given)


def dictionary(name: str, **given: Any) -> Object:
    """A dictionary."""
    return Object("dictionary", name, **given)


def bad_snippet(name: str) -> Object:
    """Something that makes an update fail late: it does not compile."""
    return Object("snippet", name, content=BAD)


def items(container: str) -> dict[str, Items]:
    """One item of a container."""
    return {"i": Items(container, {"k1": "x"})}


def serving(world: World) -> Version:
    """The version that serves."""
    assert world.service
    assert world.service.active
    return world.service.active


def draft(world: World) -> Version:
    """The latest version, which nobody activated."""
    assert world.service
    assert not world.service.last.locked
    return world.service.last


def add_theirs(world: World, version: Version, kind: str = "cache_settings", name: str = "theirs") -> None:
    """Someone puts an object into a version."""
    assert world.service
    world.someone_else()
    world.foreign.add(world.service.id, version.number, kind, name)
