"""Request settings."""

from typing import Annotated, Literal

from annotated_types import Ge

from ..resource import RESOURCE_NAME, Prop, Ref, Versioned, prop, ref
from ..schema.limits import PathSegment
from .condition import Condition


class RequestSettings(Versioned, kind="request_settings", path="request_settings"):
    """How requests are handled before the cache is asked.

    See https://www.fastly.com/documentation/reference/api/vcl-services/request-settings/
    """

    # The API answers null for flags that were never set. That means the same as false.

    name: Prop[PathSegment] = prop(default=RESOURCE_NAME)
    """The name. A change replaces the settings. Default: the name of the resource."""
    action: Prop[Literal["lookup", "pass"] | None] = prop(default=None)
    """What is done with the request at once: ``lookup`` asks the cache, ``pass`` bypasses it. Default: nothing."""
    bypass_busy_wait: Prop[bool] = prop(default=False)
    """Whether a request does not wait while another one fetches the same object."""
    default_host: Prop[str | None] = prop(default=None)
    """The Host header to set."""
    force_miss: Prop[bool] = prop(default=False)
    """Whether the object is fetched even if it is cached, and then replaces the cached one."""
    force_ssl: Prop[bool] = prop(default=False)
    """Whether requests without TLS are redirected to HTTPS."""
    geo_headers: Prop[bool] = prop(default=False)
    """Whether the headers ``Fastly-Geo-Country``, ``Fastly-Geo-City`` and ``Fastly-Geo-Region`` are added."""
    hash_keys: Prop[str | None] = prop(default=None)
    """The fields of the request that form the cache key, separated by commas, such as ``req.url, req.http.host``."""
    max_stale_age: Prop[Annotated[int, Ge(0)] | None] = prop(default=None)
    """Seconds after expiry up to which an object may be served stale."""
    timer_support: Prop[bool] = prop(default=False)
    """Whether the header ``X-Timer`` is added, which has the timing of fetches from the origin."""
    xff: Prop[Literal["append", "append_all", "clear", "leave", "overwrite"] | None] = prop(default=None)
    """What happens to the header ``X-Forwarded-For``. Default: what Fastly does by itself."""
    request_condition: Ref[Condition] = ref("condition", type="REQUEST", default=None)
    """The REQUEST condition under which the settings apply."""
