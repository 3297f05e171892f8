"""Sumo Logic logging."""

from ..resource import Prop, prop
from ..schema.limits import HttpUrl
from .logging import LoggingEndpoint, MessageType


class LoggingSumologic(LoggingEndpoint, kind="logging_sumologic", path="logging/sumologic"):
    """Sends logs to Sumo Logic.

    See https://www.fastly.com/documentation/reference/api/logging/sumologic/
    """

    url: Prop[HttpUrl] = prop(secret=True)
    """The URL of the HTTP source. Encrypted in the state: whoever knows it can send logs."""
    message_type: Prop[MessageType] = prop(default="classic")
    """What precedes each line."""
