"""Snippet."""

from typing import Annotated, Literal

from annotated_types import MinLen

from ..resource import RESOURCE_NAME, Prop, Versioned, prop
from ..schema import matching
from ..schema.limits import PathSegment

SnippetName = Annotated[
    PathSegment, matching(r"[A-Za-z][A-Za-z0-9_\-. ]*", "a letter, then letters, digits, '_', '-', '.' and spaces")
]
SnippetType = Literal["init", "recv", "hash", "hit", "miss", "pass", "fetch", "error", "deliver", "log", "none"]


class Snippet(Versioned, kind="snippet", path="snippet", constants={"dynamic": False}):
    """A piece of VCL that is part of the version.

    See https://www.fastly.com/documentation/reference/api/vcl-services/snippet/
    """

    name: Prop[SnippetName] = prop(default=RESOURCE_NAME)
    """The name: a letter, then letters, digits, ``_``, ``-``, ``.`` and spaces. A change replaces the snippet. Default:
    the name of the resource."""
    type: Prop[SnippetType] = prop()
    """The VCL subroutine that includes the snippet. ``init``: outside of all subroutines; ``none``: only where custom
    VCL includes it."""
    content: Prop[Annotated[str, MinLen(1)]] = prop()
    """The VCL."""
    priority: Prop[int] = prop(default=100)
    """Snippets with lower numbers are included first."""
