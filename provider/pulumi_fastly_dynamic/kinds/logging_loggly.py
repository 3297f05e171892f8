"""Loggly logging."""

from ..resource import Prop, prop
from .logging import LoggingEndpoint, Text


class LoggingLoggly(LoggingEndpoint, kind="logging_loggly", path="logging/loggly"):
    """Sends logs to Loggly.

    See https://www.fastly.com/documentation/reference/api/logging/loggly/
    """

    token: Prop[Text] = prop(secret=True)
    """The customer token."""
