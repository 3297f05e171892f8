"""Custom VCL."""

from typing import Annotated

from annotated_types import MinLen

from ..resource import RESOURCE_NAME, Prop, Versioned, prop
from ..schema.limits import Checked, PathSegment

LIMIT = 1024 * 1024


def _fits(text: str) -> str:
    if len(text.encode()) > LIMIT:
        raise ValueError("must have at most 1 MB")
    return text


class Vcl(Versioned, kind="vcl", path="vcl"):
    """A file of custom VCL.

    See https://www.fastly.com/documentation/reference/api/vcl-services/vcl/
    """

    name: Prop[PathSegment] = prop(default=RESOURCE_NAME)
    """The name, by which other files include it. A change replaces the file. Default: the name of the resource."""
    content: Prop[Annotated[str, MinLen(1), Checked(_fits)]] = prop()
    """The VCL, of at most 1 MB."""
    main: Prop[bool] = prop(default=False, exclusive=True)
    """Whether this is the file that Fastly runs, and that includes the others. At most one file of a release is. A
    file that nobody declares stops being the main one. If no file is, Fastly's own VCL runs, and no file is used."""
