"""Healthcheck."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le

from ..resource import RESOURCE_NAME, Prop, Versioned, prop
from ..schema import Problem, matching
from ..schema.limits import Count, PathSegment

HeaderLine = Annotated[str, matching(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n]*", "a header line such as 'Name: value'")]


def _threshold_in_window(values: Mapping[str, Any]) -> Iterator[Problem]:
    window, threshold = values.get("window"), values.get("threshold")
    if window is not None and threshold is not None and threshold > window:
        yield Problem("threshold", "threshold must not be greater than window")


class Healthcheck(Versioned, kind="healthcheck", path="healthcheck", rules=(_threshold_in_window,)):
    """A request that Fastly sends to backends at intervals, to find out whether they are healthy.

    See https://www.fastly.com/documentation/reference/api/services/healthcheck/
    """

    # headers are as in recordings of the API; the limits of check_interval are those of Fastly's own client.

    name: Prop[PathSegment] = prop(default=RESOURCE_NAME)
    """The name that backends refer to. A change replaces the health check. Default: the name of the resource."""
    host: Prop[str | None] = prop(default=None)
    """The ``Host`` header of the request."""
    path: Prop[str | None] = prop(default=None)
    """The path of the request."""
    method: Prop[str] = prop(default="HEAD")
    """The HTTP method of the request."""
    http_version: Prop[Literal["1.0", "1.1"]] = prop(default="1.1")
    """The HTTP version of the request."""
    headers: Prop[list[HeaderLine] | None] = prop(default=None)
    """Headers of the request, each ``Name: value``, in any order."""
    expected_response: Prop[Annotated[int, Ge(100), Le(599)]] = prop(default=200)
    """The status code of a healthy backend."""
    check_interval: Prop[Annotated[int, Ge(1000), Le(3600000)]] = prop(default=5000)
    """Milliseconds between two requests, 1,000 to 3,600,000."""
    timeout: Prop[Annotated[int, Ge(1)]] = prop(default=5000)
    """Milliseconds to wait for the response."""
    window: Prop[Annotated[int, Ge(1)]] = prop(default=5)
    """The number of latest checks that are taken into account."""
    threshold: Prop[Count] = prop(default=3)
    """The number of these checks that must succeed for a healthy backend; at most ``window``."""
    initial: Prop[Count] = prop(default=3)
    """The number of checks that count as successful when a version is activated."""
    comment: Prop[str] = prop(default="")
    """A comment, for your own use."""
