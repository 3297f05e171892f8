"""Director."""

from typing import Annotated, Literal

from annotated_types import Ge, Le

from ..resource import RESOURCE_NAME, Prop, Refs, Versioned, prop, refs
from ..schema.limits import PathSegment
from .backend import Backend


class Director(Versioned, kind="director", path="director"):
    """A group of backends that share the load.

    See https://www.fastly.com/documentation/reference/api/load-balancing/directors/director/
    """

    name: Prop[PathSegment] = prop(default=RESOURCE_NAME)
    """The name. Default: the name of the resource. The API cannot rename a director, so a change replaces it."""
    backends: Refs[Backend] = refs("backend", default=[], links=True)
    """The backends in the group: resources or names. Order makes no difference."""
    type: Prop[Literal[1, 3, 4]] = prop(default=1)
    """How a backend is chosen: 1 at random, 3 by a hash of the URL, 4 by the client."""
    quorum: Prop[Annotated[int, Ge(0), Le(100)]] = prop(default=75)
    """The percentage of the weight that must be up for the director to be up."""
    retries: Prop[Annotated[int, Ge(0)]] = prop(default=5)
    """The number of backends that are tried for a request."""
    shield: Prop[str | None] = prop(default=None)
    """The POP that fetches for all others, such as ``iad-va-us``."""
    comment: Prop[str] = prop(default="")
    """A description."""
