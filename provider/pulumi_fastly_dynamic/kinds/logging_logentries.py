"""Logentries logging."""

from typing import Literal

from ..resource import Prop, prop
from ..schema.limits import Port
from .logging import LoggingEndpoint, Text


class LoggingLogentries(LoggingEndpoint, kind="logging_logentries", path="logging/logentries"):
    """Sends logs to Logentries (Rapid7).

    See https://www.fastly.com/documentation/reference/api/logging/logentries/
    """

    token: Prop[Text] = prop(secret=True)
    """The token of the log."""
    port: Prop[Port] = prop(default=20000)
    """The port."""
    use_tls: Prop[bool] = prop(default=True)
    """Whether to use TLS, which port 20000 expects."""
    region: Prop[Literal["US", "US-2", "US-3", "EU", "CA", "AU", "AP"] | None] = prop(default=None)
    """The region of the account."""
