"""Domain."""

from typing import Annotated

from annotated_types import MaxLen

from ..resource import RESOURCE_NAME, Prop, Versioned, prop
from ..schema import matching
from ..schema.limits import PathSegment

LABEL = r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
DomainName = Annotated[
    PathSegment,
    MaxLen(253),
    matching(rf"(\*\.)?({LABEL}\.)*{LABEL}", "a host name such as www.example.com or *.example.com"),
]


class Domain(Versioned, kind="domain", path="domain"):
    """A host name under which visitors reach the service. At most one active service in Fastly can have it.

    Source: 001-configuration-api.txt, Domain.
    """

    name: Prop[DomainName] = prop(default=RESOURCE_NAME)
    """The host name, which may begin with ``*.``. Default: the name of the resource. A change replaces it."""
    comment: Prop[str] = prop(default="")
    """A note for people."""
