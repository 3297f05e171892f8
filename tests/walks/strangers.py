"""What other clients do: people, other tools, a second stack."""

from __future__ import annotations

import random
from collections.abc import Callable

from fastly_emulator.state import Service, Version

from . import edits
from .commands import random_fault, run
from .objects import Object
from .stack import Options
from .walk_faults import Fault
from .world import World, new_program

DURING_UP = ("get_service", "list", "diff", "clone", "comment", "post", "put", "validate")
"""Calls of ours right before which someone else does something."""


def foreign_activate(world: World, rnd: random.Random) -> None:
    """Someone clones the active version, changes it, and mostly activates it."""
    service = world.service
    if service is None or service.active is None:
        return
    world.someone_else()
    number = world.foreign.clone(service.id, service.active.number)
    for _ in range(rnd.randint(0, 2)):
        world.foreign.change_any(service, service.versions[number], rnd)
    if rnd.random() < 0.8:
        world.foreign.activate(service.id, number)


def foreign_rollback(world: World, rnd: random.Random) -> None:
    """Someone activates an older version."""
    service = world.service
    older = [each.number for each in service.versions.values() if each.locked and not each.active] if service else []
    if service and older:
        world.someone_else()
        world.foreign.activate(service.id, rnd.choice(older))


def _open_draft(world: World) -> tuple[Service, Version] | None:
    """The draft that the stack has open: the web interface opens the latest."""
    service = world.service
    drafts = [each for each in service.versions.values() if not each.locked] if service else []
    ours = [each for each in drafts if service and world.ledger.opened[service.id, each.number] == world.watch.actor]
    return (service, ours[-1]) if service and ours else None


def _edit_open_draft(world: World, rnd: random.Random) -> Version | None:
    found = _open_draft(world)
    if found is None:
        return None
    world.someone_else()
    for _ in range(rnd.randint(1, 2)):
        world.foreign.change_any(*found, rnd)
    return found[1]


def _leave_draft(world: World, rnd: random.Random) -> None:
    """An update fails late, and leaves its draft."""
    if _open_draft(world) is None:
        rnd.choice([edits.edit_content, edits.edit_add, edits.edit_remove])(world, rnd)
        run(world, rnd, Options(fault=Fault(rnd.choice(["kill", "500"]), operation="validate", length=40)))


def foreign_edit_draft(world: World, rnd: random.Random) -> None:
    """Someone changes the draft that a failed update left."""
    _leave_draft(world, rnd)
    _edit_open_draft(world, rnd)


def foreign_take_draft(world: World, rnd: random.Random) -> None:
    """Someone mends the draft that a failed update left, and activates it."""
    _leave_draft(world, rnd)
    version, service = _edit_open_draft(world, rnd), world.service
    if version and service:
        world.foreign.activate(service.id, version.number)


def _during_up(world: World, rnd: random.Random, what: Callable[[World, random.Random], object]) -> None:
    world.transport.meanwhile = lambda: what(world, rnd)
    rnd.choice([edits.edit_content, edits.edit_add, edits.edit_remove, edits.edit_rename])(world, rnd)
    fault = Fault("meanwhile", operation=rnd.choice(DURING_UP), skip=rnd.choice([0, 0, 0, 1, 2]))
    run(world, rnd, Options(fault=fault, refresh=rnd.random() < 0.3, skip_preview=True))


def foreign_meanwhile(world: World, rnd: random.Random) -> None:
    """Someone activates a version of theirs, or an older one, while we fill our draft."""
    _during_up(world, rnd, rnd.choice([foreign_activate, foreign_activate, foreign_rollback]))


def foreign_edit_meanwhile(world: World, rnd: random.Random) -> None:
    """Someone changes our draft while we fill it."""
    _during_up(world, rnd, _edit_open_draft)


def foreign_draft(world: World, rnd: random.Random) -> None:
    """Someone changes a draft, be it ours."""
    service = world.service
    drafts = [each for each in service.versions.values() if not each.locked] if service else []
    if not service or not drafts:
        return
    world.someone_else()
    world.foreign.change_any(service, rnd.choice(drafts), rnd)


def foreign_items(world: World, rnd: random.Random) -> None:
    """Someone changes live items, or the content of a dynamic snippet."""
    service = world.service
    if service and service.contents and rnd.random() < 0.5:
        world.someone_else()
        world.foreign.change_content(
            service, rnd.choice(sorted(service.contents)), rnd.choice(["esi;", 'log "z";', ""])
        )
        return
    containers = sorted([*service.items, *service.entries]) if service else []
    if service and containers:
        world.someone_else()
        key, value = rnd.choice([("u1", "x"), ("u2", "x"), ("k1", "z"), ("k2", "y"), ("k1", None), ("u1", None)])
        world.foreign.change_item(service, rnd.choice(containers), key, value)


def foreign_deactivate(world: World, _: random.Random) -> None:
    """Someone deactivates the service."""
    service = world.service
    if service and service.active:
        world.someone_else()
        world.foreign.deactivate(service.id, service.active.number)


def foreign_state(world: World, rnd: random.Random) -> None:
    """Someone removes a resource from the state."""
    found = [each for each in world.state if each.kind != "service"]
    if found:
        world.someone_else()
        world.state.remove(rnd.choice(found))


def foreign_stack(world: World, rnd: random.Random) -> None:
    """A stack of the same name, with a state of its own, changes the service."""
    service = world.service
    if service is None or service.active is None:
        return
    other = world.other = world.other or World(new_program(service.id, adopt=True), world, threads=world.threads)
    world.someone_else()
    other.someone_else()
    other.program.objects.setdefault("t", Object("backend", "t1"))
    rnd.choice([edits.edit_add, edits.edit_remove, edits.edit_content])(other, rnd)
    world.note(f"   the other stack: {other.program}")
    options = Options(refresh=rnd.random() < 0.8, skip_preview=True)
    if rnd.random() < 0.2:
        options.fault = random_fault(rnd)
    other.up(rnd, options)
