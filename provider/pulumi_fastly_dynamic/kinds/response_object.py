"""Response object."""

from typing import Annotated

from annotated_types import Ge, Le

from ..resource import RESOURCE_NAME, Prop, Ref, Versioned, prop, ref
from ..schema.limits import PathSegment
from .condition import Condition


class ResponseObject(Versioned, kind="response_object", path="response_object"):
    """A response that Fastly makes itself, without an origin.

    See https://www.fastly.com/documentation/reference/api/vcl-services/response-object/
    """

    name: Prop[PathSegment] = prop(default=RESOURCE_NAME)
    """The name. Default: the name of the resource. A change replaces it."""
    status: Prop[Annotated[int, Ge(100), Le(999)]] = prop(default=200)
    """The HTTP status code."""
    response: Prop[str] = prop(default="ok")
    """The reason phrase of the status."""
    content: Prop[str | None] = prop(default=None)
    """The body."""
    content_type: Prop[str | None] = prop(default=None)
    """The MIME type of the body."""
    request_condition: Ref[Condition] = ref("condition", type="REQUEST", default=None)
    """The REQUEST condition under which the response is sent."""
    cache_condition: Ref[Condition] = ref("condition", type="CACHE", default=None)
    """The CACHE condition under which the response is sent."""
