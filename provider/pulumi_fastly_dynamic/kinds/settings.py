"""Settings of a version."""

from typing import Annotated

from annotated_types import Ge

from ..resource import Prop, Versioned, prop
from ..schema import Identity, Presence

Seconds = Annotated[int, Ge(0)]


class Settings(Versioned, kind="settings", path="settings", identity=Identity.SINGLETON, presence=Presence.ALWAYS):
    """Default settings of a version. If you remove the resource, they go back to Fastly's defaults.

    See https://www.fastly.com/documentation/reference/api/vcl-services/settings/
    """

    # stale_if_error is as in recordings of the API.

    default_host: Prop[str] = prop(default="", wire="general.default_host")
    """The host name for requests without one."""
    default_ttl: Prop[Seconds] = prop(default=3600, wire="general.default_ttl")
    """Seconds for which responses without a lifetime of their own are cached."""
    stale_if_error: Prop[bool] = prop(default=False, wire="general.stale_if_error")
    """Whether Fastly serves stale content if the origin fails."""
    stale_if_error_ttl: Prop[Seconds] = prop(default=43200, wire="general.stale_if_error_ttl")
    """Seconds for which stale content may be served."""
