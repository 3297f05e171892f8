"""An update with every shape of call, disturbed at each of its calls in every way: it converges in one activation.

Links of directors, a rate limiter by its id, the main VCL, a PATCH of JSON, an object that is there or not, logging.
"""

from __future__ import annotations

import random
import re

import pytest

from .objects import Object
from .scenario import SEED, settle, up, world_with
from .stack import Options
from .walk_faults import MODES, Fault
from .world import World

BASE = {
    "one": Object("backend", "one"),
    "two": Object("backend", "two"),
    "links": Object("director", "links", target="one"),
    "gone": Object("director", "gone", target="two"),
    "busy": Object("response_object", "busy"),
    "limit": Object("rate_limiter", "limit", target="busy"),
    "old limit": Object("rate_limiter", "old"),
    "main": Object("vcl", "main", main=True),
    "other": Object("vcl", "other"),
    "logs": Object("logging_heroku", "logs"),
    "old logs": Object("logging_heroku", "old"),
    "images": Object("image_optimizer_settings", "image_optimizer_settings"),
    "http3": Object("http3", "http3"),
}
CHANGED = {
    "one": Object("backend", "one"),
    "two": Object("backend", "two"),
    "three": Object("backend", "three"),
    "links": Object("director", "links", target="three", content="2"),
    "added": Object("director", "added", target="one"),
    "later": Object("response_object", "later"),
    "limit": Object("rate_limiter", "limit", target="later", content="2"),
    "new limit": Object("rate_limiter", "new"),
    "main": Object("vcl", "main", content="2"),
    "other": Object("vcl", "other", main=True),
    "logs": Object("logging_heroku", "logs", content="2", secret="s2"),
    "new logs": Object("logging_heroku", "new"),
    "images": Object("image_optimizer_settings", "image_optimizer_settings", content="2"),
}
SHAPES = (
    *("post .*/director/links/backend/three", "delete .*/director/links/backend/one", "put .*/director/links"),
    *("put /rate-limiters/.*", "delete /rate-limiters/.*", "post .*/rate-limiters"),
    *("put .*/vcl/other/main", "put .*/image_optimizer_default_settings", "delete .*/http3"),
    *("post .*/logging/heroku", "put .*/logging/heroku/logs", "delete .*/logging/heroku/old"),
)
BACK = ("post .*/http3", "put .*/vcl/main/main", "delete .*/director/links/backend/three")
_BACK = ("one", "two", "three", "links", "main", "other", "http3")
WAYS = {
    "there": (BASE, CHANGED, SHAPES),
    "back": ({k: v for k, v in CHANGED.items() if k in _BACK}, {k: v for k, v in BASE.items() if k in _BACK}, BACK),
}
READS = {"list", "get_service", "diff"}
FAILING_READS = {"kill", "500"}
"""Modes in which a read fails as no write does; the others are the same for a read, or harmless."""


def prepared(way: str) -> World:
    """The first program is up, and the second one is the program."""
    before, after, _ = WAYS[way]
    world = world_with(*before.items())
    assert not up(world).failed
    world.program.objects = dict(after)
    return world


@pytest.mark.parametrize("way", WAYS)
def test_every_shape_is_in_the_update(way: str) -> None:
    log = up(prepared(way)).log
    assert [shape for shape in WAYS[way][2] if not any(re.fullmatch(shape, row) for row in log)] == []


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("way", WAYS)
def test_disturbed_at_every_call(way: str, mode: str) -> None:
    for number, row in enumerate(up(prepared(way)).log, 1):
        if row.partition(" ")[0] in READS and mode not in FAILING_READS:
            continue
        world = prepared(way)
        disturbed = world.up(random.Random(SEED), Options(fault=Fault(mode, at=number)))
        assert f"{row.partition(' ')[0]} " in disturbed.log[number - 1], f"not {row}: {disturbed.log}"
        assert mode in disturbed.log[number - 1]
        settle(world)
        assert world.service
        assert len(world.ledger.activations[world.service.id]) == 2, f"{mode} at {row}: {disturbed.log}"
