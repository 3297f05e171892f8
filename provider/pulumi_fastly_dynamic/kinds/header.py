"""Header."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from ..resource import RESOURCE_NAME, Prop, Ref, Versioned, prop, ref
from ..schema import Problem
from ..schema.limits import PathSegment
from .condition import Condition


def _what_the_action_needs(values: Mapping[str, Any]) -> Iterator[Problem]:
    action = values.get("action")
    if action in {"set", "append"} and "src" in values and not values["src"]:
        yield Problem("src", "src is empty: the actions 'set' and 'append' need the VCL expression of the value")
    if action in {"regex", "regex_repeat"} and "regex" in values and not values["regex"]:
        text = "regex is empty: the actions 'regex' and 'regex_repeat' need the expression to look for"
        yield Problem("regex", text)


class Header(Versioned, kind="header", path="header", rules=(_what_the_action_needs,)):
    """A change of one HTTP header on its way.

    Source: 001-configuration-api.txt and 003-vcl-services-openapi.txt, Header.
    """

    name: Prop[PathSegment] = prop(default=RESOURCE_NAME)
    """The name of this rule. Default: the name of the resource. A change replaces it."""
    action: Prop[Literal["set", "append", "delete", "regex", "regex_repeat"]] = prop()
    """What is done: ``regex`` replaces once, ``regex_repeat`` everywhere."""
    type: Prop[Literal["request", "fetch", "cache", "response"]] = prop()
    """Where: before the lookup, on the way to the origin, before the answer is cached, before it is delivered."""
    dst: Prop[str] = prop()
    """The header to change, such as ``http.X-Api``."""
    src: Prop[str | None] = prop(default=None)
    """The VCL expression of the value, such as ``"1"`` (with its quotes) or ``client.ip``."""
    regex: Prop[str | None] = prop(default=None)
    """The expression to look for; needed by ``regex`` and ``regex_repeat``."""
    substitution: Prop[str | None] = prop(default=None)
    """What takes its place."""
    ignore_if_set: Prop[bool] = prop(default=False)
    """Whether a header that is there already is left alone."""
    priority: Prop[int] = prop(default=100)
    """Lower numbers come first."""
    request_condition: Ref[Condition] = ref("condition", type="REQUEST", default=None)
    """The REQUEST condition under which the rule applies."""
    cache_condition: Ref[Condition] = ref("condition", type="CACHE", default=None)
    """The CACHE condition under which the rule applies."""
    response_condition: Ref[Condition] = ref("condition", type="RESPONSE", default=None)
    """The RESPONSE condition under which the rule applies."""
