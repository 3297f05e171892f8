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

    Source: 001-configuration-api.txt and 003-vcl-services-openapi.txt, VCL Snippets.
    """

    name: Prop[SnippetName] = prop(default=RESOURCE_NAME)
    """A letter, then letters, digits, ``_``, ``-``, ``.`` and spaces. Default: the name of the resource. A change
    replaces it."""
    type: Prop[SnippetType] = prop()
    """The subroutine it becomes part of; ``init`` is above all, ``none`` leaves it to custom VCL."""
    content: Prop[Annotated[str, MinLen(1)]] = prop()
    """The VCL."""
    priority: Prop[int] = prop(default=100)
    """Lower numbers come first."""
