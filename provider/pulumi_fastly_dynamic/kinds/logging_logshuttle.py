"""Log Shuttle logging."""

from ..resource import Prop, prop
from ..schema.limits import HttpUrl
from .logging import LoggingEndpoint


class LoggingLogshuttle(LoggingEndpoint, kind="logging_logshuttle", path="logging/logshuttle"):
    """Sends logs to Log Shuttle.

    See https://www.fastly.com/documentation/reference/api/logging/logshuttle/
    """

    url: Prop[HttpUrl] = prop()
    """The URL."""
    token: Prop[str | None] = prop(default=None, secret=True)
    """The token."""
