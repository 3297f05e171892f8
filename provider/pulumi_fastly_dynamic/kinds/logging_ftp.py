"""FTP logging."""

from ..resource import Prop, prop
from ..schema.limits import Host, Port
from .logging import FileLoggingEndpoint, Text, one_compression


class LoggingFtp(FileLoggingEndpoint, kind="logging_ftp", path="logging/ftp", rules=(one_compression,)):
    """Stores logs on an FTP server.

    See https://www.fastly.com/documentation/reference/api/logging/ftp/
    """

    address: Prop[Host] = prop()
    """The host name or IP address of the server, without a port."""
    port: Prop[Port] = prop(default=21)
    """The port."""
    user: Prop[Text] = prop()
    """The user; ``anonymous`` is allowed."""
    password: Prop[Text] = prop(secret=True)
    """The password; an email address for ``anonymous``."""
