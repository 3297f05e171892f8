"""Cache settings."""

from typing import Annotated, Literal

from annotated_types import Ge

from ..resource import RESOURCE_NAME, Prop, Ref, Versioned, prop, ref
from ..schema.limits import PathSegment
from .condition import Condition

Seconds = Annotated[int, Ge(0)]


class CacheSettings(Versioned, kind="cache_settings", path="cache_settings"):
    """How long responses stay in the cache, and whether they are cached at all.

    See https://www.fastly.com/documentation/reference/api/vcl-services/cache-settings/
    """

    name: Prop[PathSegment] = prop(default=RESOURCE_NAME)
    """The name. A change replaces the settings. Default: the name of the resource."""
    action: Prop[Literal["cache", "pass", "restart"] | None] = prop(default=None)
    """What is done with the response at once, without the rest of the VCL. Default: nothing."""
    ttl: Prop[Seconds | None] = prop(default=None)
    """Seconds for which the response is cached. Default: what the response or the service's settings say."""
    stale_ttl: Prop[Seconds | None] = prop(default=None)
    """Seconds for which the response may be served stale if the origin fails."""
    cache_condition: Ref[Condition] = ref("condition", type="CACHE", default=None)
    """The CACHE condition under which the settings apply."""
