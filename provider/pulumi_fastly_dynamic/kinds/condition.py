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

    See https://www.fastly.com/documentation/reference/api/vcl-services/condition/
    """

    name: Prop[PathSegment] = prop(default=RESOURCE_NAME)
    """The name that other objects refer to. A change replaces the condition. Default: the name of the resource."""
    type: Prop[Annotated[Literal["REQUEST", "RESPONSE", "CACHE", "PREFETCH"], Converted(_upper)]] = prop(immutable=True)
    """Decides which variables the statement may use and which objects may refer to it. A change recreates it."""
    statement: Prop[Annotated[str, MinLen(1)]] = prop()
    """The VCL expression, such as ``req.url ~ "^/api/"``."""
    priority: Prop[int] = prop(default=10)
    """Conditions with lower numbers are evaluated first."""
    comment: Prop[str] = prop(default="")
    """A comment, for your own use."""
