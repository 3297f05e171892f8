"""Calls of other shapes than `POST` and `PUT` of a named object: killed right after them, and with their answers lost.

A few on the real CLI; `tests/walks/test_call_shapes.py` has all of them, in every way.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from .gated import GatedStack, Trap
from .harness import Result
from .updates import Case, case

PROGRAM = """
www = fastly.Service("www", force_destroy=True)
with fastly.Release("www", service=www) as release:
    fastly.Domain("www.example.com", release=release)
    kept = fastly.Dictionary("kept", release=release)
    one = fastly.Backend("one", release=release, address="one.example.com")
    two = fastly.Backend("two", release=release, address="two.example.com")
    fastly.Director("links", release=release, backends=[{backend}])
    fastly.Vcl("first", release=release, content="sub first {{ }}", main={main})
    fastly.Vcl("second", release=release, content="sub second {{ }}", main=not {main})
    busy = fastly.ResponseObject("busy", release=release, status=429)
    fastly.RateLimiter("limit", release=release, action="response_object", response_object=busy, rps_limit={number},
                       client_key=["client.ip"], http_methods=["GET"], window_size=10, penalty_box_duration=5)
    fastly.LoggingHeroku("logs", release=release, url="https://logs.example.com/{number}", token="verysecret")
    fastly.ImageOptimizerSettings("images", release=release, webp_quality={number})
"""
BASE = PROGRAM.format(backend="one", main=True, number=10)
CHANGED = PROGRAM.format(backend="two", main=False, number=20) + "    fastly.Http3('http3', release=release)\n"
SHAPES = (
    "POST /service/ID/version/N/director/links/backend/two",
    "DELETE /service/ID/version/N/director/links/backend/one",
    "PUT /service/ID/version/N/vcl/second/main",
    "PUT /rate-limiters/ID",
    "PUT /service/ID/version/N/logging/heroku/logs",
    "PATCH /service/ID/version/N/image_optimizer_default_settings",
    "POST /service/ID/version/N/http3",
)


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """An update with all of them."""
    return case(tmp_path_factory.mktemp("shapes"), BASE, CHANGED)


def test_every_shape_is_in_the_update(shapes: Case) -> None:
    assert [shape for shape in SHAPES if shape not in shapes.calls] == []
    (served,) = shapes.served.values()
    assert served["activations"] == 2
    assert served["director/links"]["backends"] == ["two"]
    assert served["vcl/second"]["main"]
    assert served["rate-limiters/limit"]["rps_limit"] == 20
    assert served["image_optimizer_default_settings/"]["webp_quality"] == 20
    assert "http3/" in served


def killed(stack: GatedStack, call: str) -> Result:
    result = stack.kill_at(call, "after")
    stack.unlock()
    return result


def lost(stack: GatedStack, call: str) -> Result:
    result = stack.up_with(Trap(call, fault={"drop": "after"}))
    assert result.ok, str(result)
    return result


@pytest.mark.parametrize("happens", [killed, lost])
@pytest.mark.parametrize("call", [SHAPES[0], SHAPES[2], SHAPES[3], SHAPES[5]])
def test_converges(shapes: Case, tmp_path: Path, happens: Callable[[GatedStack, str], Result], call: str) -> None:
    with shapes.start.copy(tmp_path) as stack:
        shapes.converge(stack, happens(stack, call))
