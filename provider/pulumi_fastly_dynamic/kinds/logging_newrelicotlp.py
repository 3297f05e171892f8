"""New Relic OTLP logging."""

from typing import Literal

from ..resource import Prop, prop
from ..schema.limits import HttpUrl
from . import log_formats
from .logging import LoggingEndpoint, Text


class LoggingNewrelicotlp(LoggingEndpoint, kind="logging_newrelicotlp", path="logging/newrelicotlp"):
    """Sends logs to New Relic with the OpenTelemetry protocol.

    See https://www.fastly.com/documentation/reference/api/logging/newrelicotlp/
    """

    format: Prop[Text] = prop(default=log_formats.JSON)
    """The log line, which must be JSON. Default: the JSON object in Fastly's documentation."""
    token: Prop[Text] = prop(secret=True)
    """The Insert API key."""
    region: Prop[Literal["US", "EU"] | None] = prop(default=None)
    """The region of the account. Default: ``US``."""
    url: Prop[HttpUrl | None] = prop(default=None)
    """The URL of the Trace Observer, for Infinite Tracing."""
