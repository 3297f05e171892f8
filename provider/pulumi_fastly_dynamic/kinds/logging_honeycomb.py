"""Honeycomb logging."""

from ..resource import Prop, prop
from .logging import LoggingEndpoint, Text


class LoggingHoneycomb(LoggingEndpoint, kind="logging_honeycomb", path="logging/honeycomb"):
    """Sends logs to Honeycomb.

    See https://www.fastly.com/documentation/reference/api/logging/honeycomb/
    """

    format: Prop[Text] = prop()
    """The log line, which must be JSON."""
    dataset: Prop[Text] = prop()
    """The dataset."""
    token: Prop[Text] = prop(secret=True)
    """The write key."""
