"""Condition."""

from typing import Annotated, Literal

from annotated_types import MinLen

from ..resource import RESOURCE_NAME, Prop, Versioned, prop
from ..schema import Converted
from ..schema.limits import PathSegment


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


class Condition(Versioned, kind="condition", path="condition"):
    """A VCL expression that decides when other objects apply.

    Source: 001-configuration-api.txt and 003-vcl-services-openapi.txt, Condition.
    """

    name: Prop[PathSegment] = prop(default=RESOURCE_NAME)
    """The name that other objects refer to. Default: the name of the resource. A change replaces it."""
    type: Prop[Annotated[Literal["REQUEST", "RESPONSE", "CACHE", "PREFETCH"], Converted(_upper)]] = prop(immutable=True)
    """Which variables the statement may use, and which objects may refer to it. A change makes it anew in the draft."""
    statement: Prop[Annotated[str, MinLen(1)]] = prop()
    """The VCL expression, such as ``req.url ~ "^/api/"``."""
    priority: Prop[int] = prop(default=10)
    """Lower numbers come first."""
    comment: Prop[str] = prop(default="")
    """A note for people."""
