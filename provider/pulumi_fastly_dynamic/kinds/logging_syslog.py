"""Syslog logging."""

from ..resource import Prop, prop
from ..schema.limits import Host, Port
from .logging import MessageType, TlsLoggingEndpoint, client_certificate


class LoggingSyslog(TlsLoggingEndpoint, kind="logging_syslog", path="logging/syslog", rules=(client_certificate,)):
    """Sends logs to a syslog server.

    See https://www.fastly.com/documentation/reference/api/logging/syslog/
    """

    address: Prop[Host] = prop()
    """The host name or IP address of the server, without a port."""
    port: Prop[Port] = prop(default=514)
    """The port."""
    use_tls: Prop[bool] = prop(default=False)
    """Whether to use TLS."""
    token: Prop[str | None] = prop(default=None, secret=True)
    """A text that precedes each line, for servers that identify senders by it."""
    message_type: Prop[MessageType] = prop(default="classic")
    """What precedes each line."""
