"""Papertrail logging."""

from ..resource import Prop, prop
from ..schema.limits import Host, Port
from .logging import LoggingEndpoint


class LoggingPapertrail(LoggingEndpoint, kind="logging_papertrail", path="logging/papertrail"):
    """Sends logs to Papertrail.

    See https://www.fastly.com/documentation/reference/api/logging/papertrail/
    """

    address: Prop[Host] = prop()
    """The host name or IP address of the server, without a port."""
    port: Prop[Port] = prop(default=514)
    """The port."""
