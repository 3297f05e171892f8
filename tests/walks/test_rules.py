"""One scenario a rule about other people, other stacks and an odd API. Docstrings say what goes wrong without it."""

from __future__ import annotations

import random

import pytest
from fastly_emulator.state import Version

from .faults import Fault
from .program import Items, Object
from .scenario import active, adopting_world, backend, bad_snippet, condition, dictionary, items, settle, up, world_with
from .stack import Options, Result, Violation
from .world import World, new_program


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


def add_theirs(world: World, version: Version, kind: str = "response_object", name: str = "theirs") -> None:
    """Somebody puts an object into a version."""
    assert world.service
    world.somebody_else()
    world.foreign.add(world.service.id, version.number, kind, name)


def up_while(world: World, operation: str, kind: str, name: str = "theirs") -> Result:
    """``pulumi up``, and somebody adds an object to its draft right before such a call."""
    world.transport.meanwhile = lambda: add_theirs(world, draft(world), kind, name)
    return world.up(random.Random(3), Options(fault=Fault("meanwhile", operation=operation)))


def rolled_back() -> World:
    """The program removed ``x`` in version 2; somebody activated version 1 again."""
    world = world_with(("b", backend("b")), ("x", backend("x")))
    assert not up(world).failed
    del world.program.objects["x"]
    assert not up(world).failed
    world.somebody_else()
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
    world.somebody_else()
    world.foreign.activate(world.service.id, world.foreign.clone(world.service.id, 1))
    world.program.objects["b"].content = "2"
    assert up(world).reasons == {"NeedsRefresh"}
    assert serving(world).number == 2
    settle(world)


@pytest.mark.parametrize("kind", ["backend", "response_object", "vcl"])
def test_forward(kind: str) -> None:
    """A fix that somebody added to our failed draft before activating it would be removed by the next ``up``."""
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


@pytest.mark.parametrize("kind", ["backend", "response_object", "vcl", "header", "gzip"])
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


def test_changed_in_left_draft() -> None:
    """A draft that lies about would take live what others did to it, of kinds that the package does not know."""
    world = left_draft()
    add_theirs(world, draft(world))
    assert up(world).reasons == {"ChangedInDraft"}
    settle(world)
    assert not serving(world).of("response_object")


def test_deleted_in_draft() -> None:
    """An object that nobody declares would stop serving, since somebody deleted it in our draft."""
    world = adopting_world(("b", backend("b")), adopt=True)
    assert world.service
    number = world.foreign.clone(world.service.id, 1)
    add_theirs(world, draft(world))
    world.foreign.activate(world.service.id, number)
    assert not up(world).failed
    world.program.objects["b"].content = "2"
    service_id = world.service.id
    world.transport.meanwhile = lambda: world.foreign.delete(service_id, 4, "response_object", "theirs")
    result = world.up(random.Random(3), Options(fault=Fault("meanwhile", operation="diff")))
    assert result.reasons == {"ChangedInDraft"}
    settle(world)
    assert set(serving(world).objects["response_object"]) == {"theirs"}


def test_changed_in_first_version() -> None:
    """The first version of a new service has no base: whatever others put there would go live."""
    world = world_with(("b", backend("b")))
    assert up_while(world, "details", "response_object").reasons == {"ChangedInDraft"}
    assert not draft(world).locked
    settle(world)
    assert not serving(world).of("response_object")


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


@pytest.mark.parametrize("kind", ["response_object", "vcl", "director", "request_settings"])
def test_kinds_without_a_resource(kind: str) -> None:
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


def test_two_stacks_of_one_name() -> None:
    """Two stacks that a file backend gives one name would remove each other's objects."""
    world = world_with(("b", backend("b")))
    assert not up(world).failed
    assert world.service
    other = World(new_program(world.service.id, adopt=True), world)
    other.program.objects = {"t": backend("team-b")}
    assert not up(other).failed
    for each in (world, other):
        each.somebody_else()
    world.program.objects["b"].content = "2"
    assert up(world).reasons == {"NeedsRefresh"}
    settle(world)
    assert set(active(world, "backend")) == {"b", "team-b"}


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
    """A list that shows a write late would be taken for somebody else's change, and a good draft be abandoned."""
    world = world_with(("b", backend("b")))
    assert not up(world).failed
    world.program.objects["b"].content = "2"
    world.oddities.stale = times
    assert not up(world).failed
    assert world.oddities.stale == 0


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


def test_a_bad_draft_is_mended_by_somebody() -> None:
    """Whoever deletes the broken snippet in our draft and activates it would be refused for ever."""
    world = world_with(("b", backend("b")))
    assert not up(world).failed
    world.program.objects["s"] = bad_snippet("s")
    assert up(world).reasons == {"InvalidVersion"}
    assert world.service
    world.somebody_else()
    world.foreign.delete(world.service.id, 2, "snippet", "s")
    world.foreign.activate(world.service.id, 2)
    settle(world)


@pytest.mark.parametrize("lag", [1, 2])
def test_late_first_flag(lag: int) -> None:
    """The very first activation, shown late, would be taken for somebody else's."""
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


def test_activated_by_hand() -> None:
    """A draft that ``activate=False`` left for people to activate would be refused for ever once they did."""
    world = world_with(("b", backend("b")))
    assert world.program.release
    world.program.release.activate = False
    assert not up(world).failed
    assert world.service
    world.somebody_else()
    world.foreign.activate(world.service.id, 1)
    world.program.objects["b"].content = "2"
    assert not up(world, refresh=True).failed
    world.program.release.activate = True
    settle(world)


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


def test_rollback_under_a_left_draft() -> None:
    """A draft left on an older version would be used again once somebody rolled back to it, without a refresh."""
    world = adopting_world(("b", backend("b")))
    assert world.service
    assert up(world, validate="kill").killed
    world.somebody_else()
    number = world.foreign.clone(world.service.id, 1)
    world.foreign.add(world.service.id, number, "backend", "theirs")
    world.foreign.activate(world.service.id, number)
    assert up(world, refresh=True).reasons == {"UndeclaredObjects"}
    world.foreign.activate(world.service.id, 1)
    world.program.objects["b"].content = "2"
    assert up(world).reasons == {"NeedsRefresh"}
    settle(world)


@pytest.mark.xfail(strict=True, raises=Violation, reason="markers do not say who removed what")
def test_backward_over_a_deletion_by_hand() -> None:
    """What a person deleted in our draft, and a rollback brought back, would be taken for removed by the program."""
    world = adopting_world(("b", backend("b")), active=False, adopt=True)
    assert world.service
    world.foreign.add(world.service.id, 1, "response_object", "theirs")
    world.foreign.activate(world.service.id, 1)
    assert up(world, validate="kill").killed
    world.somebody_else()
    world.foreign.delete(world.service.id, 2, "response_object", "theirs")
    world.foreign.activate(world.service.id, 2)
    assert not up(world, refresh=True).failed
    world.foreign.activate(world.service.id, 1)
    world.program.objects["b"].content = "2"
    settle(world)
    assert serving(world).of("response_object")


@pytest.mark.xfail(strict=True, raises=Violation, reason="the diff has no ids, and these lists are not read")
@pytest.mark.parametrize("kind", ["dictionary", "acl"])
def test_recreated_in_draft(kind: str) -> None:
    """A dictionary or ACL that nobody declares would go live empty, since somebody recreated it in our draft."""
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
