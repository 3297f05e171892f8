"""How a walk begins."""

from __future__ import annotations

import copy
import random

from .edits import edit_add
from .objects import CONTAINERS, KINDS, Object
from .program import Items
from .walk_versions import Thing, content
from .world import World, new_program

_FILLED = (
    *("condition", "backend", "response_object", "director", "dictionary", "acl", "snippet", "dynamic_snippet", "vcl"),
)


_FOCUSES = (
    *(("backend", "director"), ("response_object", "rate_limiter"), ("vcl",), ("logging_heroku",)),
    *(("http3", "image_optimizer_settings", "settings"), ("dynamic_snippet", "dynamic_snippet", "snippet")),
)
"""Kinds that are written in ways of their own, or refer to one another."""


def random_world(rnd: random.Random, *, threads: bool = False) -> World:
    """A program of one to three objects, of a service that it creates or takes over."""
    world = World(new_program(), threads=threads)
    if rnd.random() < 0.4:
        adopt_something(world, rnd, empty=rnd.random() < 0.3)
    if rnd.random() < 0.4:
        world.focus = rnd.choice(_FOCUSES)
    if rnd.random() < 0.2:
        world.oddities.lag = rnd.randint(1, 2)
    for _ in range(rnd.randint(1, 3)):
        edit_add(world, rnd)
    world.history = [copy.deepcopy(world.program)]
    return world


def adopt_something(world: World, rnd: random.Random, *, empty: bool) -> None:
    """A service that someone else made, and filled unless it is empty."""
    service_id = world.foreign.create_service("old")
    if not empty:
        _fill(world, service_id, rnd)
    if rnd.random() < 0.7:
        world.foreign.activate(service_id, 1)
    elif rnd.random() < 0.5:
        world.foreign.clone(service_id, 1)
    world.program = new_program(service_id, adopt=not empty and rnd.random() < 0.6)
    world.removed_release = world.program.release
    world.only_ours = empty
    found = content(world.emulator.services[service_id].last)
    release = world.program.release
    if release and not release.adopt:
        _declare(world, list(found.values()), rnd)


def _declare(world: World, things: list[Thing], rnd: random.Random) -> None:
    """The program declares most of what is there, mostly as it is."""
    for thing in things:
        if thing.kind not in KINDS or rnd.random() < 0.1:
            continue
        each = Object(
            thing.kind, thing.name, content="1" if thing.kind != "settings" else "7", live=rnd.choice(["a", "z", None])
        )
        world.program.objects[world.fresh(thing.kind)] = each
        if thing.kind in CONTAINERS and rnd.random() < 0.8:
            resource = list(world.program.objects)[-1]
            world.program.items[world.fresh("i")] = Items(resource, {"k1": rnd.choice("xyz")})


def _fill(world: World, service_id: str, rnd: random.Random) -> None:
    """Objects of theirs; some have names that the program uses, with items and content of theirs."""
    service, letters = world.emulator.services[service_id], "ua" if rnd.random() < 0.7 else "u"
    for kind in _FILLED:
        if rnd.random() < 0.5:
            letter = rnd.choice(letters)
            name = {"dynamic_snippet": "da", "settings": "settings"}.get(kind, "a") if letter == "a" else "u" + kind[0]
            world.foreign.post(service_id, 1, Object(kind, name, content=rnd.choice("112"), live=rnd.choice("az")))
    if rnd.random() < 0.3:
        world.foreign.put_settings(service_id, 1, "7")
    if rnd.random() < 0.2:
        world.foreign.post(service_id, 1, Object("http3", "http3"))
        world.foreign.post(service_id, 1, Object("logging_heroku", "u"))
    if rnd.random() < 0.15:
        world.foreign.add_other(service, service.last, rnd)
    for container in [*service.items, *service.entries]:
        world.foreign.change_item(service, container, "u1", "x")
        if rnd.random() < 0.8:
            world.foreign.change_item(service, container, "k1", rnd.choice("xyz"))
