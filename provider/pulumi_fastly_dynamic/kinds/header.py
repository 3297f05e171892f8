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
    """A rule that sets, changes or deletes one HTTP header.

    See https://www.fastly.com/documentation/reference/api/vcl-services/header/
    """

    name: Prop[PathSegment] = prop(default=RESOURCE_NAME)
    """The name of the rule. A change replaces the rule. Default: the name of the resource."""
    action: Prop[Literal["set", "append", "delete", "regex", "regex_repeat"]] = prop()
    """What the rule does. ``regex`` replaces the first match, ``regex_repeat`` all matches."""
    type: Prop[Literal["request", "fetch", "cache", "response"]] = prop()
    """When the rule runs: on a visitor's request, on a request to the origin, before a response is cached, or before
    it is delivered."""
    dst: Prop[str] = prop()
    """The header to change, such as ``http.X-Api``."""
    src: Prop[str | None] = prop(default=None)
    """The value, as a VCL expression such as ``"1"`` (with the quotes) or ``client.ip``."""
    regex: Prop[str | None] = prop(default=None)
    """The regular expression to search for; ``regex`` and ``regex_repeat`` need it."""
    substitution: Prop[str | None] = prop(default=None)
    """The replacement for the matches."""
    ignore_if_set: Prop[bool] = prop(default=False)
    """Whether the rule does nothing if the header is already set."""
    priority: Prop[int] = prop(default=100)
    """Rules with lower numbers run first."""
    request_condition: Ref[Condition] = ref("condition", type="REQUEST", default=None)
    """The REQUEST condition under which the rule applies."""
    cache_condition: Ref[Condition] = ref("condition", type="CACHE", default=None)
    """The CACHE condition under which the rule applies."""
    response_condition: Ref[Condition] = ref("condition", type="RESPONSE", default=None)
    """The RESPONSE condition under which the rule applies."""
