"""Settings of a version."""

from typing import Annotated

from annotated_types import Ge

from ..resource import Prop, Versioned, prop
from ..schema import Identity

Seconds = Annotated[int, Ge(0)]


class Settings(Versioned, kind="settings", path="settings", identity=Identity.SINGLETON):
    """Defaults of a version. Every version has them; taken out of the program, they go back to the API's.

    Source: 001-configuration-api.txt, Settings; ``stale_if_error`` from recordings of the API.
    """

    default_host: Prop[str] = prop(default="", wire="general.default_host")
    """The host name where a request has none."""
    default_ttl: Prop[Seconds] = prop(default=3600, wire="general.default_ttl")
    """Seconds for which what says nothing of its life is cached."""
    stale_if_error: Prop[bool] = prop(default=False, wire="general.stale_if_error")
    """Whether stale content is served when the origin fails."""
    stale_if_error_ttl: Prop[Seconds] = prop(default=43200, wire="general.stale_if_error_ttl")
    """For how many seconds."""
