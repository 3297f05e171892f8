"""Rate limiter."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from ..resource import RESOURCE_NAME, Prop, Ref, Versioned, prop, ref
from ..schema import Problem, ValueType
from ..schema.limits import SEGMENT
from .dictionary import Dictionary
from .response_object import ResponseObject

Method = Literal["HEAD", "OPTIONS", "GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"]
NEEDED_BY = {
    "response": ("response_status", "response_content", "response_content_type"),
    "response_object": ("response_object",),
    "log_only": ("logger_type",),
}
"""What each action needs; the others must not have it."""


def _what_the_action_needs(values: Mapping[str, Any]) -> Iterator[Problem]:
    action = values.get("action")
    for needing, names in NEEDED_BY.items():
        for name in names:
            if action is None or name not in values:
                continue
            if needing == action and not values[name]:
                yield Problem(name, f"{name} is missing: action={action!r} needs it")
            if needing != action and values[name]:
                yield Problem(name, f"{name} is for action={needing!r}, and not for {action!r}")


class RateLimiter(
    Versioned,
    kind="rate_limiter",
    path="rate-limiters",
    object_path=("rate-limiters",),
    rules=(_what_the_action_needs,),
):
    """Limits the rate of requests of each client.

    See https://www.fastly.com/documentation/reference/api/vcl-services/rate-limiter/
    """

    name: Prop[Annotated[str, MaxLen(255), SEGMENT]] = prop(default=RESOURCE_NAME)
    """The name, at most 255 characters. A change replaces the rate limiter. Default: the name of the resource."""
    action: Prop[Literal["response", "response_object", "log_only"]] = prop()
    """What happens to a client above the limit. ``response`` sends the response with the properties ``response_...``,
    ``response_object`` sends a response object, ``log_only`` only logs."""
    client_key: Prop[Annotated[list[str], MinLen(1)]] = prop(type=ValueType.SET)
    """The VCL variables that identify a client, such as ``req.http.Fastly-Client-IP``."""
    http_methods: Prop[Annotated[list[Method], MinLen(1)]] = prop(type=ValueType.SET)
    """The HTTP methods of the requests that are counted."""
    rps_limit: Prop[Annotated[int, Ge(10), Le(10000)]] = prop()
    """The limit, in requests per second."""
    window_size: Prop[Literal[1, 10, 60]] = prop()
    """The number of seconds over which the rate is measured."""
    penalty_box_duration: Prop[Annotated[int, Ge(1), Le(60)]] = prop()
    """Minutes for which a client that exceeded the limit is blocked."""
    response_status: Prop[Annotated[int, Ge(100), Le(999)] | None] = prop(default=None, wire="response[status]")
    """The HTTP status code of the response."""
    response_content: Prop[str | None] = prop(default=None, wire="response[content]")
    """The body of the response."""
    response_content_type: Prop[str | None] = prop(default=None, wire="response[content_type]")
    """The MIME type of the response."""
    response_object: Ref[ResponseObject] = ref("response_object", default=None, wire="response_object_name")
    """The response object that is sent."""
    logger_type: Prop[str | None] = prop(default=None)
    """The type of the logging endpoint for ``log_only``, such as ``s3``."""
    uri_dictionary: Ref[Dictionary] = ref("dictionary", default=None, wire="uri_dictionary_name")
    """The dictionary whose keys are the limited URIs. Default: all URIs are limited."""
