"""One scenario a rule about taking over what others made, and about an odd API."""

from __future__ import annotations

import random

import pytest

from .objects import Object
from .scenario import (
    active,
    add_theirs,
    adopting_world,
    backend,
    condition,
    dictionary,
    draft,
    items,
    serving,
    settle,
    up,
    world_with,
)
from .stack import Options


def test_stored_differently() -> None:
    """An API that stores something else than asked would serve it, and every ``up`` would say that all is well."""
    world = world_with(("b", backend("b")))
    world.oddities.stored = 1
    assert up(world).reasons == {"StoredDifferently"}
    assert world.service
    assert world.service.active is None
    settle(world)
    assert active(world, "backend")["b"]["weight"] == 100


def test_live_items_of_others() -> None:
    """Live items of a service that is taken over would be overwritten, even by an update that is refused."""
    world = adopting_world(("d", dictionary("d")), active=False)
    world.program.items = items("d")
    assert world.service
    world.foreign.post(world.service.id, 1, dictionary("d"))
    world.foreign.activate(world.service.id, 1)
    (container,) = world.service.items
    world.foreign.change_item(world.service, container, "k1", "theirs")
    assert up(world).reasons == {"ObjectExists"}
    assert world.service.items[container]["k1"]["item_value"] == "theirs"
    assert world.program.release
    world.program.release.adopt = True
    settle(world)


def test_live_content_of_others() -> None:
    """The content of a dynamic snippet would be overwritten, and is in no version to which one could roll back."""
    world = adopting_world(("s", Object("dynamic_snippet", "da", live="a")), active=False)
    assert world.service
    world.foreign.post(world.service.id, 1, Object("dynamic_snippet", "da", live="z"))
    world.foreign.activate(world.service.id, 1)
    assert up(world).reasons == {"ObjectExists"}
    (content,) = world.service.contents.values()
    assert content["content"] == Object("dynamic_snippet", "da", live="z").properties(None)["content"]


@pytest.mark.usefixtures("cache_settings_without_class")
@pytest.mark.parametrize("kind", ["response_object", "vcl", "director", "request_settings", "cache_settings"])
def test_kinds_that_the_program_does_not_declare(kind: str) -> None:
    """A service that is taken over would go on with objects that decide what is served, and that nobody knows of."""
    world = adopting_world(("b", backend("b")), active=False)
    add_theirs(world, draft(world), kind)
    assert world.service
    world.foreign.activate(world.service.id, 1)
    refused = up(world)
    assert refused.reasons == {"UndeclaredObjects"}
    assert refused.objects == {(kind, "theirs")}
    assert len(world.service.versions) == 1
    settle(world)
    assert set(serving(world).objects[kind]) == {"theirs"}


@pytest.mark.parametrize("lag", [1, 2])
def test_late_flag(lag: int) -> None:
    """Where the API shows an activation late, the next update would start from the version before, and undo it."""
    world = world_with(("b", backend("b")), ("x", backend("x")))
    assert not up(world).failed
    world.oddities.lag = lag
    del world.program.objects["x"]
    assert not up(world).failed
    world.program.objects["b"].content = "2"
    assert not up(world).failed
    assert set(active(world, "backend")) == {"b"}


@pytest.mark.parametrize("times", [1, 2])
def test_stale_list(times: int) -> None:
    """A list that shows a write late would be taken for someone else's change, and a good draft be abandoned."""
    world = world_with(("b", backend("b")))
    assert not up(world).failed
    world.program.objects["b"].content = "2"
    world.oddities.stale = times
    assert not up(world).failed
    assert world.oddities.stale == 0


@pytest.mark.parametrize("lag", [1, 2])
def test_late_first_flag(lag: int) -> None:
    """The very first activation, shown late, would be taken for someone else's."""
    world = world_with(("b", backend("b")))
    world.oddities.lag = lag
    assert not up(world).failed
    world.program.objects["b"].content = "2"
    assert not up(world).failed
    assert active(world, "backend")["b"]["address"] == "origin-2.example.com"


def test_taken_over_before_it_served() -> None:
    """An object found in a version that was never active would be released again after every refresh."""
    world = adopting_world(("c", condition("c")), active=False, adopt=True)
    assert world.service
    world.foreign.post(world.service.id, 1, condition("c"))
    assert not up(world).failed
    assert not world.refresh().failed
    assert up(world).log == []


@pytest.mark.parametrize("order", range(6))
def test_a_name_of_another(order: int) -> None:
    """An update whose own object another resource took would overwrite live content of the one that has its name."""
    world = adopting_world(active=False)
    assert world.service
    world.foreign.post(world.service.id, 1, Object("dynamic_snippet", "dt", content="2", live="a"))
    world.foreign.activate(world.service.id, 1)
    world.program.objects = {
        "a": Object("dynamic_snippet", "da", live="b"),
        "t": Object("dynamic_snippet", "dt", live="a"),
    }
    assert up(world).reasons == {"ObjectExists"}
    world.program.objects["a"].name, world.program.objects["t"].name = "dt", "da"
    world.up(random.Random(order), Options())
    theirs = next(row["id"] for row in serving(world).of("snippet").values())
    assert world.service.contents[theirs]["content"] == 'log "a";'


def test_dictionary_of_another_stack() -> None:
    """A refresh that finds another one's dictionary under a name of ours would let the update overwrite its items."""
    world = adopting_world(("d", dictionary("d")))
    world.program.items = items("d")
    assert up(world, validate="kill").killed
    assert world.service
    world.someone_else()
    number = world.foreign.clone(world.service.id, 1)
    world.foreign.post(world.service.id, number, dictionary("d"))
    world.foreign.activate(world.service.id, number)
    theirs = list(world.service.items)[-1]
    world.foreign.change_item(world.service, theirs, "k1", "theirs")
    assert up(world, refresh=True).reasons == {"ObjectExists"}
    assert world.service.items[theirs]["k1"]["item_value"] == "theirs"
