"""Rules of how backends are watched and waited for."""

from collections.abc import Iterator
from typing import Any

from .resource import Finding, Resource
from .rule import ADVISORY, Parameter, ResourceRule, Settings

BOUND = {"type": "number", "minimum": 0}
BOUNDS = {"type": "object", "properties": {"min": BOUND, "max": BOUND}, "additionalProperties": False}
BOUNDED = {
    "connectTimeout": "connect_timeout",
    "firstByteTimeout": "first_byte_timeout",
    "betweenBytesTimeout": "between_bytes_timeout",
    "maxConn": "max_conn",
}
"""Which parameter bounds which property."""


def _watched(backend: Resource, _settings: Settings) -> Iterator[Finding]:
    if not backend.get("healthcheck"):
        yield backend.finding("healthcheck", "declare a Healthcheck and set healthcheck to it", value=None)


BACKEND_HEALTHCHECK = ResourceRule(
    name="backend-healthcheck",
    reports="a backend without a health check",
    description="Without a health check Fastly keeps sending visitors to an origin that is down.",
    level=ADVISORY,
    kinds=("Backend",),
    checks=(_watched,),
)


def _bounds(parameter: str) -> Any:
    """The check of one property, so that an unknown one does not silence the others."""

    def check(backend: Resource, settings: Settings) -> Iterator[Finding]:
        name, bounds = BOUNDED[parameter], settings[parameter]
        value = backend.get(name)
        if value is not None and value < bounds.get("min", value):
            yield backend.finding(name, f"it should be {bounds['min']} or more", value=value)
        if value is not None and value > bounds.get("max", value):
            yield backend.finding(name, f"it should be {bounds['max']} or less", value=value)

    return check


def _parameter(low: int, high: int, what: str) -> Parameter:
    return Parameter(BOUNDS, {"min": low, "max": high}, f"bounds of `{what}`")


BACKEND_TIMEOUTS = ResourceRule(
    name="backend-timeouts",
    reports="timeouts (milliseconds) and connection limits outside of bounds",
    description="If timeouts and connection limits are too low, healthy requests fail. If they are too high, a slow "
    "origin keeps visitors waiting and connections busy.",
    level=ADVISORY,
    kinds=("Backend",),
    parameters={
        "connectTimeout": _parameter(100, 10_000, "connect_timeout"),
        "firstByteTimeout": _parameter(1_000, 60_000, "first_byte_timeout"),
        "betweenBytesTimeout": _parameter(1_000, 60_000, "between_bytes_timeout"),
        "maxConn": _parameter(10, 1_000, "max_conn"),
    },
    checks=tuple(_bounds(parameter) for parameter in BOUNDED),
)
