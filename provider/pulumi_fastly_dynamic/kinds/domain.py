"""Domain."""

from typing import Annotated

from annotated_types import MaxLen

from ..resource import RESOURCE_NAME, Prop, Versioned, prop
from ..schema import matching
from ..schema.limits import SEGMENT

LABEL = r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
DomainName = Annotated[
    str,
    MaxLen(253),
    SEGMENT,
    matching(rf"(\*\.)?({LABEL}\.)*{LABEL}", "a host name such as www.example.com or *.example.com"),
]


class Domain(Versioned, kind="domain", path="domain"):
    """A host name under which visitors reach the service. Only one active service at Fastly can have it.

    See https://www.fastly.com/documentation/reference/api/services/domain/
    """

    name: Prop[DomainName] = prop(default=RESOURCE_NAME)
    """The host name; it may begin with ``*.``. A change replaces the domain. Default: the name of the resource."""
    comment: Prop[str] = prop(default="")
    """A comment, for your own use."""
