"""The sixteen flaws of the model and some more, each of which a rule heals. Docstrings say what goes wrong without it.

A scenario does something, stops in the middle, and then the program must converge: see ``settle.py``.
"""

from __future__ import annotations

import copy
import random

import pytest

from .objects import BAD, Object
from .program import Items
from .scenario import (
    active,
    adopting_world,
    backend,
    bad_snippet,
    condition,
    dictionary,
    items,
    settle,
    up,
    world_with,
)
from .strangers import foreign_deactivate


def test_all_kinds() -> None:
    """A leftover of a failed update, of a kind that no manifest has, would block validation for ever."""
    world = world_with(("b", backend("b")))
    assert not up(world).failed
    world.program.objects["c"] = condition("c", content=BAD)
    assert up(world).reasons == {"InvalidVersion"}
    del world.program.objects["c"]
    world.program.objects["b"].content = "2"
    settle(world)


def test_base_locked() -> None:
    """Without an active version, a draft of our own would be taken for the base, and its leftovers for nobody's."""
    world = adopting_world(("b", backend("b")), ("x", backend("x")), active=False, adopt=True)
    assert up(world, validate="kill").killed
    del world.program.objects["x"]
    settle(world)


def test_byname() -> None:
    """A dictionary recreated under its name would count as an object that the program does not declare."""
    world = adopting_world(("d", dictionary("d", force_destroy=True)), ("b", backend("b")))
    world.program.items = items("d")
    assert not up(world).failed
    world.program.objects["d"].write_only = True
    assert world.program.release
    world.program.release.resource = "rel2"
    assert settle(world).advice == 0


@pytest.mark.parametrize("order", range(4))
def test_claims(order: int) -> None:
    """Two resources would take one dictionary for theirs, where a name is handed on and the update was partial."""
    world = world_with(("d1", dictionary("a")))
    assert not up(world).failed
    world.program.objects = {"d1": dictionary("b"), "d2": dictionary("a")}
    up(world, targets=frozenset({("service", "www"), ("dictionary", "d2")}))
    settle(world, order=order)


def test_own_keys() -> None:
    """Items that were moved away and back would be deleted by the resource that they left."""
    world = world_with(("d", dictionary("a")), ("e", dictionary("b")), ("s", Object("snippet", "s")), items=items("d"))
    assert not up(world).failed
    world.program.items["i"].container = "e"
    world.program.objects["s"] = bad_snippet("s")
    assert up(world).reasons == {"InvalidVersion"}
    world.program.items["i"].container = "d"
    settle(world)


def test_refused() -> None:
    """A draft that lacks a condition would refuse the backend that refers to it, in every ``up`` to come."""
    world = world_with(("c", condition("c")), ("b", backend("b", target="c")))
    assert not up(world).failed
    before = copy.deepcopy(world.program.objects)
    world.program.objects = {"b": backend("b", content="2"), "s": bad_snippet("s")}
    assert up(world).reasons == {"InvalidVersion"}
    world.program.objects = before
    settle(world, refresh=True)


def test_protect_anew() -> None:
    """A protected dictionary recreated would be missed by its protection for ever."""
    world = world_with(("d", dictionary("d", protect=True)))
    assert not up(world).failed
    world.program.objects["d"].write_only = True
    assert up(world).failed
    world.program.objects["d"].protect = False
    up(world)
    world.program.objects["d"].write_only = False
    settle(world)


def test_refresh_by_rev() -> None:
    """A refresh would read an object from a draft that an update left, in which it was removed, and forget it."""
    world = world_with(("d", dictionary("d", force_destroy=True)), ("b", backend("b")), items=items("d"))
    assert not up(world).failed
    before = copy.deepcopy(world.program)
    world.program.objects, world.program.items = {"b": backend("b")}, {}
    assert up(world, activate="kill").killed
    world.program = before
    settle(world)


def test_chain() -> None:
    """What went live in an update that was killed right after, and is not wanted any more, would stay for ever.

    It cannot be told from what a person put there, so it is named; put back and removed again, it is gone.
    """
    world = world_with(("b", backend("b")))
    assert not up(world).failed
    world.program.objects["n"] = backend("n")
    assert up(world, activate="killafter").killed
    removed = world.program.objects.pop("n")
    world.program.objects["b"].content = "2"
    refused = up(world)
    assert refused.reasons == {"UndeclaredObjects"}
    assert refused.objects == {("backend", "n")}
    world.program.objects["n"] = removed
    assert not up(world).failed
    del world.program.objects["n"]
    settle(world)
    assert set(active(world, "backend")) == {"b"}


def test_deactivated() -> None:
    """After someone deactivated the service, ``up --refresh`` would find nothing to do."""
    world = world_with(("b", backend("b")))
    assert not up(world).failed
    foreign_deactivate(world, random.Random(1))
    settle(world)


def test_aba() -> None:
    """A draft of version 2, left behind while others rolled back and forth, would be taken for good once 2 is back."""
    world = world_with(("b", backend("b")), ("x", backend("x")))
    assert not up(world).failed
    world.program.objects["b"].content = "2"
    assert not up(world).failed
    world.program.objects["b"].content = "3"
    assert up(world, validate="kill").killed
    service = world.service
    assert service
    world.someone_else()
    world.foreign.activate(service.id, 1)
    up(world, refresh=True)
    world.foreign.activate(service.id, 2)
    settle(world)


def test_lineage() -> None:
    """An object whose revision was never active would pass for what the base has; a secret does not show it."""
    world = world_with(("b", backend("b", secret="s1")), ("x", backend("x")))
    assert not up(world).failed
    removed = world.program.objects.pop("x")
    assert up(world, validate="kill").killed
    world.program.objects["b"].secret = "s2"
    world.program.objects["x"] = removed
    settle(world, refresh=True)


def test_base_items() -> None:
    """A dictionary with items, removed in the draft to be recreated, would go although nobody allowed that."""
    world = world_with(("d", dictionary("d")), ("b", backend("b")), items=items("d"))
    assert not up(world).failed
    world.program.objects["d"].write_only = world.program.objects["d"].force_destroy = True
    assert up(world, post="kill").killed
    del world.program.objects["d"]
    world.program.items = {}
    settle(world)


def test_own_leftover() -> None:
    """What a killed update wrote into its draft would be taken for someone else's, and refused."""
    world = adopting_world(("b", backend("b")))
    assert up(world, post="killafter").killed
    world.program.objects["b"].content = "2"
    settle(world, strict_conflicts=True)


def test_ours() -> None:
    """Names that two of our objects change would be taken for someone else's, in a service that was taken over."""
    world = adopting_world(("b1", backend("a", content="1")), ("b2", backend("b", content="2")))
    assert not up(world).failed
    world.program.objects["b1"].name, world.program.objects["b2"].name = "b", "a"
    settle(world, strict_conflicts=True)


def test_num() -> None:
    """A secret that a killed update wrote into its draft would go live, although the program took it back."""
    world = world_with(("b", backend("b", secret="s1")), ("x", backend("x")))
    assert not up(world).failed
    world.program.objects["b"].secret = "s2"
    assert up(world, put="killafter").killed
    world.program.objects["b"].secret = "s1"
    world.program.objects["x"].content = "2"
    settle(world, refresh=True)


def test_kept_names() -> None:
    """An object that was renamed while nothing goes live would stay once something does."""
    world = world_with(("b", backend("x")), ("other", backend("o")))
    assert not up(world).failed
    assert world.program.release
    world.program.release.activate = False
    for name in ("y", "z"):
        world.program.objects["b"].name = name
        assert not up(world).failed
    world.program.release.activate = True
    settle(world)
    assert set(active(world, "backend")) == {"z", "o"}


def test_refresh_claims() -> None:
    """A diff in a refresh would claim an id for a resource that the program does not have any more."""
    world = world_with(("d", dictionary("redirects", force_destroy=True)), items={"i": Items("d", {"k1": "a"})})
    assert not up(world).failed
    before = active(world, "dictionary")["redirects"]["id"]
    world.program.objects = {"d2": world.program.objects["d"]}
    world.program.items = {"i": Items("d2", {"k1": "a"})}
    assert not up(world, refresh=True).failed
    assert active(world, "dictionary")["redirects"]["id"] == before


@pytest.mark.parametrize("order", range(8))
def test_live_content_of_another(order: int) -> None:
    """A dynamic snippet that gets another one's id would keep the other one's content."""
    world = world_with(
        ("a", Object("dynamic_snippet", "da", live="a")), ("b", Object("dynamic_snippet", "db", live="b"))
    )
    assert not up(world).failed
    world.program.objects = {
        "a": Object("dynamic_snippet", "db", live="a"),
        "c": Object("dynamic_snippet", "da", live="c"),
    }
    settle(world, order=order)
    service = world.service
    assert service
    contents = {name: service.contents[row["id"]]["content"] for name, row in active(world, "snippet").items()}
    assert {name: text[5] for name, text in contents.items()} == {"da": "c", "db": "a"}
