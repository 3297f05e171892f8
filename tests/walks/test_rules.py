"""One scenario a rule about other people, other stacks and an odd API. Docstrings say what goes wrong without it."""

from __future__ import annotations

import random

import pytest

from .objects import Object
from .program import Items
from .scenario import (
    active,
    add_theirs,
    adopting_world,
    backend,
    bad_snippet,
    dictionary,
    draft,
    items,
    serving,
    settle,
    up,
    world_with,
)
from .stack import Options, Result
from .walk_faults import Fault
from .world import World, new_program


def up_while(world: World, operation: str, kind: str, name: str = "theirs") -> Result:
    """``pulumi up``, and someone adds an object to its draft right before such a call."""
    world.transport.meanwhile = lambda: add_theirs(world, draft(world), kind, name)
    return world.up(random.Random(3), Options(fault=Fault("meanwhile", operation=operation)))


def rolled_back() -> World:
    """The program removed ``x`` in version 2; someone activated version 1 again."""
    world = world_with(("b", backend("b")), ("x", backend("x")))
    assert not up(world).failed
    del world.program.objects["x"]
    assert not up(world).failed
    world.someone_else()
    assert world.service
    world.foreign.activate(world.service.id, 1)
    return world


def left_draft() -> World:
    """A service that serves version 1; the second update fails late, and leaves draft 2."""
    world = world_with(("b", backend("b")))
    assert not up(world).failed
    world.program.objects["b"].content = "2"
    assert up(world, validate="kill").killed
    return world


def test_backward() -> None:
    """What the program removed would come back with a rollback, and serve for ever, unknown to program and state."""
    world = rolled_back()
    world.program.objects["b"].content = "2"
    settle(world)
    assert set(active(world, "backend")) == {"b"}


def test_rollback_is_not_overridden() -> None:
    """Whoever rolls back in an incident would be overridden by the next deploy."""
    world = rolled_back()
    world.program.objects["b"].content = "2"
    assert up(world).reasons == {"NeedsRefresh"}
    assert serving(world).number == 1


def test_activation_is_not_overridden() -> None:
    """A plain ``up`` would build on a version that the state has never seen."""
    world = world_with(("b", backend("b")))
    assert not up(world).failed
    assert world.service
    world.someone_else()
    world.foreign.activate(world.service.id, world.foreign.clone(world.service.id, 1))
    world.program.objects["b"].content = "2"
    assert up(world).reasons == {"NeedsRefresh"}
    assert serving(world).number == 2
    settle(world)


@pytest.mark.parametrize("kind", ["backend", "cache_settings", "vcl"])
def test_forward(kind: str) -> None:
    """A fix that someone added to our failed draft before activating it would be removed by the next ``up``."""
    world = left_draft()
    add_theirs(world, draft(world), kind)
    assert world.service
    world.foreign.activate(world.service.id, 2)
    world.program.objects["b"].content = "3"
    refused = up(world, refresh=True)
    assert refused.reasons == {"UndeclaredObjects"}
    assert refused.objects == {(kind, "theirs")}
    assert world.program.release
    world.program.release.adopt = True
    settle(world)
    assert "theirs" in serving(world).objects[kind]
    assert active(world, "backend")["b"]["address"] == "origin-3.example.com"


@pytest.mark.parametrize("kind", ["backend", "cache_settings", "vcl", "header", "gzip"])
@pytest.mark.parametrize("operation", ["put", "get_service", "diff"])
def test_changed_in_open_draft(kind: str, operation: str) -> None:
    """What a teammate puts into the latest draft, which is ours, would go live with our change."""
    world = world_with(("b", backend("b")))
    assert not up(world).failed
    world.program.objects["b"].content = "2"
    if operation == "get_service":  # the second one: the draft is open
        world.transport.meanwhile = lambda: add_theirs(world, draft(world), kind)
        result = world.up(random.Random(3), Options(fault=Fault("meanwhile", operation=operation, skip=1)))
    else:
        result = up_while(world, operation, kind)
    assert result.reasons == {"ChangedInDraft"}
    assert result.objects == {(kind, "theirs")}
    assert serving(world).number == 1
    settle(world)
    assert not serving(world).of(kind).keys() & {"theirs"}


@pytest.mark.usefixtures("cache_settings_without_class")
def test_changed_in_left_draft() -> None:
    """A draft that lies about would take live what others did to it, of kinds that the package does not know."""
    world = left_draft()
    add_theirs(world, draft(world))
    assert up(world).reasons == {"ChangedInDraft"}
    settle(world)
    assert not serving(world).of("cache_settings")


@pytest.mark.usefixtures("cache_settings_without_class")
def test_deleted_in_draft() -> None:
    """An object that nobody declares would stop serving, since someone deleted it in our draft."""
    world = adopting_world(("b", backend("b")), adopt=True)
    assert world.service
    number = world.foreign.clone(world.service.id, 1)
    add_theirs(world, draft(world))
    world.foreign.activate(world.service.id, number)
    assert not up(world).failed
    world.program.objects["b"].content = "2"
    service_id = world.service.id
    world.transport.meanwhile = lambda: world.foreign.delete(service_id, 4, "cache_settings", "theirs")
    result = world.up(random.Random(3), Options(fault=Fault("meanwhile", operation="diff")))
    assert result.reasons == {"ChangedInDraft"}
    settle(world)
    assert set(serving(world).objects["cache_settings"]) == {"theirs"}


@pytest.mark.usefixtures("cache_settings_without_class")
def test_changed_in_first_version() -> None:
    """The first version of a new service has no base: whatever others put there would go live."""
    world = world_with(("b", backend("b")))
    assert up_while(world, "details", "cache_settings").reasons == {"ChangedInDraft"}
    assert not draft(world).locked
    settle(world)
    assert not serving(world).of("cache_settings")


def test_two_stacks_of_one_name() -> None:
    """Two stacks that a file backend gives one name would remove each other's objects."""
    world = world_with(("b", backend("b")))
    assert not up(world).failed
    assert world.service
    other = World(new_program(world.service.id, adopt=True), world)
    other.program.objects = {"t": backend("team-b")}
    assert not up(other).failed
    for each in (world, other):
        each.someone_else()
    world.program.objects["b"].content = "2"
    assert up(world).reasons == {"NeedsRefresh"}
    settle(world)
    assert set(active(world, "backend")) == {"b", "team-b"}


def test_protected_items() -> None:
    """Protected items would be deleted with ``--skip-preview``, since the engine looks too late."""
    world = world_with(("d", dictionary("d")))
    world.program.items = {"i": Items("d", {"k1": "x"}, protect=True)}
    assert not up(world).failed
    world.program.items = {}
    world.program.objects["s"] = Object("snippet", "s")
    result = world.up(random.Random(3), Options(skip_preview=True))
    assert result.reasons == {"ProtectedObject"}
    assert serving(world).number == 1
    settle(world)


def test_a_bad_draft_is_mended_by_someone() -> None:
    """Whoever deletes the broken snippet in our draft and activates it would be refused for ever."""
    world = world_with(("b", backend("b")))
    assert not up(world).failed
    world.program.objects["s"] = bad_snippet("s")
    assert up(world).reasons == {"InvalidVersion"}
    assert world.service
    world.someone_else()
    world.foreign.delete(world.service.id, 2, "snippet", "s")
    world.foreign.activate(world.service.id, 2)
    settle(world)


def test_activated_by_hand() -> None:
    """A draft that ``activate=False`` left for people to activate would be refused for ever once they did."""
    world = world_with(("b", backend("b")))
    assert world.program.release
    world.program.release.activate = False
    assert not up(world).failed
    assert world.service
    world.someone_else()
    world.foreign.activate(world.service.id, 1)
    world.program.objects["b"].content = "2"
    assert not up(world, refresh=True).failed
    world.program.release.activate = True
    settle(world)


def test_rollback_under_a_left_draft() -> None:
    """A draft left on an older version would be used again once someone rolled back to it, without a refresh."""
    world = adopting_world(("b", backend("b")))
    assert world.service
    assert up(world, validate="kill").killed
    world.someone_else()
    number = world.foreign.clone(world.service.id, 1)
    world.foreign.add(world.service.id, number, "backend", "theirs")
    world.foreign.activate(world.service.id, number)
    assert up(world, refresh=True).reasons == {"UndeclaredObjects"}
    world.foreign.activate(world.service.id, 1)
    world.program.objects["b"].content = "2"
    assert up(world).reasons == {"NeedsRefresh"}
    settle(world)


@pytest.mark.usefixtures("cache_settings_without_class")
def test_backward_over_a_deletion_by_hand() -> None:
    """What a person deleted in our draft, and a rollback brought back, would be taken for removed by the program."""
    world = adopting_world(("b", backend("b")), active=False, adopt=True)
    assert world.service
    world.foreign.add(world.service.id, 1, "cache_settings", "theirs")
    world.foreign.activate(world.service.id, 1)
    assert up(world, validate="kill").killed
    world.someone_else()
    world.foreign.delete(world.service.id, 2, "cache_settings", "theirs")
    world.foreign.activate(world.service.id, 2)
    assert not up(world, refresh=True).failed
    world.foreign.activate(world.service.id, 1)
    world.program.objects["b"].content = "2"
    settle(world)
    assert serving(world).of("cache_settings")


@pytest.mark.parametrize("kind", ["dictionary", "acl"])
def test_recreated_in_draft(kind: str) -> None:
    """A dictionary or ACL that nobody declares would go live empty, since someone recreated it in our draft."""
    world = adopting_world(("b", backend("b")), active=False, adopt=True)
    assert world.service
    service_id = world.service.id
    world.foreign.post(service_id, 1, Object(kind, "theirs"))
    world.foreign.activate(service_id, 1)
    assert not up(world).failed
    world.program.objects["b"].content = "2"

    def recreate() -> None:
        world.foreign.delete(service_id, 3, kind, "theirs")
        world.foreign.post(service_id, 3, Object(kind, "theirs"))

    world.transport.meanwhile = recreate
    result = world.up(random.Random(3), Options(fault=Fault("meanwhile", operation="put")))
    assert result.reasons == {"ChangedInDraft"}


def test_name_of_a_deleted_dictionary() -> None:
    """A dictionary deleted in our draft would count as recreated, since another one was renamed to its name."""
    world = world_with(("d", dictionary("a")), ("e", dictionary("b")), items=items("d"))
    assert not up(world).failed
    world.program.objects["s"] = bad_snippet("s")
    assert up(world).reasons == {"InvalidVersion"}
    assert world.service
    world.someone_else()
    world.foreign.delete(world.service.id, 2, "dictionary", "a")
    world.program.objects, world.program.items = {"e": dictionary("b")}, {}
    world.program.objects["e"].name = "a"
    assert world.program.release
    world.program.release.resource = "rel2"
    assert up(world).reasons <= {"ChangedInDraft", "UndeclaredObjects"}
    assert set(active(world, "dictionary")) == {"a", "b"}
