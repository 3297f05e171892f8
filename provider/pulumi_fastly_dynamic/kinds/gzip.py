"""Gzip."""

from typing import Annotated

from ..resource import RESOURCE_NAME, Prop, Ref, Versioned, prop, ref
from ..schema import ValueType, matching
from ..schema.limits import PathSegment
from .condition import Condition

Word = Annotated[str, matching(r"\S+", "one word, without spaces")]

# What Fastly compresses if a create gives no list. They are sent, so that they are stored even if Fastly's own change.
CONTENT_TYPES = [
    "text/html",
    "application/x-javascript",
    "text/css",
    "application/javascript",
    "text/javascript",
    "application/json",
    "application/vnd.ms-fontobject",
    "application/x-font-opentype",
    "application/x-font-truetype",
    "application/x-font-ttf",
    "application/xml",
    "font/eot",
    "font/opentype",
    "font/otf",
    "image/svg+xml",
    "image/vnd.microsoft.icon",
    "text/plain",
    "text/xml",
]
EXTENSIONS = ["css", "js", "html", "eot", "ico", "otf", "ttf", "json"]


class Gzip(Versioned, kind="gzip", path="gzip"):
    """Which responses are compressed.

    See https://www.fastly.com/documentation/reference/api/vcl-services/gzip/
    """

    name: Prop[PathSegment] = prop(default=RESOURCE_NAME)
    """The name. A change replaces the object. Default: the name of the resource."""
    content_types: Prop[list[Word]] = prop(default=CONTENT_TYPES, type=ValueType.WORDS)
    """The MIME types to compress; ``[]`` for none. Order makes no difference."""
    extensions: Prop[list[Word]] = prop(default=EXTENSIONS, type=ValueType.WORDS)
    """The file extensions to compress, without the dot; ``[]`` for none. Order makes no difference."""
    cache_condition: Ref[Condition] = ref("condition", type="CACHE", default=None)
    """The CACHE condition under which responses are compressed."""
