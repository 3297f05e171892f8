"""Honeycomb logging."""

from ..resource import Prop, prop
from .logging import LoggingEndpoint, Text


class LoggingHoneycomb(LoggingEndpoint, kind="logging_honeycomb", path="logging/honeycomb"):
    """Sends logs to Honeycomb. Each line must be JSON: set ``format``.

    See https://www.fastly.com/documentation/reference/api/logging/honeycomb/
    """

    dataset: Prop[Text] = prop()
    """The dataset."""
    token: Prop[Text] = prop(secret=True)
    """The write key."""
