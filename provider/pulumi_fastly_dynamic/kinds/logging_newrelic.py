"""New Relic logging."""

from typing import Literal

from ..resource import Prop, prop
from . import log_formats
from .logging import LoggingEndpoint, Text


class LoggingNewrelic(LoggingEndpoint, kind="logging_newrelic", path="logging/newrelic"):
    """Sends logs to New Relic.

    See https://www.fastly.com/documentation/reference/api/logging/newrelic/
    """

    format: Prop[Text] = prop(default=log_formats.JSON)
    """The log line, which must be JSON. Default: the JSON object in Fastly's documentation."""
    token: Prop[Text] = prop(secret=True)
    """The Insert API key."""
    region: Prop[Literal["US", "EU"]] = prop(default="US")
    """The region of the account."""
