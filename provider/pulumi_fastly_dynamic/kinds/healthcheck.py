"""Healthcheck."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le

from ..resource import RESOURCE_NAME, Prop, Versioned, prop
from ..schema import Problem, matching
from ..schema.limits import PathSegment

HeaderLine = Annotated[str, matching(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n]*", "a header line such as 'Name: value'")]
Count = Annotated[int, Ge(0)]


def _threshold_in_window(values: Mapping[str, Any]) -> Iterator[Problem]:
    window, threshold = values.get("window"), values.get("threshold")
    if window is not None and threshold is not None and threshold > window:
        yield Problem("threshold", "threshold must not be greater than window")


class Healthcheck(Versioned, kind="healthcheck", path="healthcheck", rules=(_threshold_in_window,)):
    """How Fastly asks a backend whether it is well.

    Source: 001-configuration-api.txt, Healthcheck; headers from recordings of the API, the limits of
    ``check_interval`` from Fastly's own client.
    """

    name: Prop[PathSegment] = prop(default=RESOURCE_NAME)
    """The name that backends refer to. Default: the name of the resource. A change replaces it."""
    host: Prop[str | None] = prop(default=None)
    """The ``Host`` to ask for."""
    path: Prop[str | None] = prop(default=None)
    """The path to ask for."""
    method: Prop[str] = prop(default="HEAD")
    """The HTTP method."""
    http_version: Prop[Literal["1.0", "1.1"]] = prop(default="1.1")
    """The HTTP version."""
    headers: Prop[list[HeaderLine] | None] = prop(default=None)
    """Request headers, each ``Name: value``. Their order does not count."""
    expected_response: Prop[Annotated[int, Ge(100), Le(599)]] = prop(default=200)
    """The status that says that the backend is well."""
    check_interval: Prop[Annotated[int, Ge(1000), Le(3600000)]] = prop(default=5000)
    """Milliseconds between two checks, 1,000 to 3,600,000."""
    timeout: Prop[Annotated[int, Ge(1)]] = prop(default=5000)
    """Milliseconds to wait for the answer."""
    window: Prop[Annotated[int, Ge(1)]] = prop(default=5)
    """How many of the latest checks count."""
    threshold: Prop[Count] = prop(default=3)
    """How many of them must be good for the backend to be well; at most ``window``."""
    initial: Prop[Count] = prop(default=3)
    """How many of them count as good when a version starts."""
    comment: Prop[str] = prop(default="")
    """A note for people."""
