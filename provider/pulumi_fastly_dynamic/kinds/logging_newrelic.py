"""New Relic logging."""

from typing import Literal

from ..resource import Prop, prop
from .logging import LoggingEndpoint, Text


class LoggingNewrelic(LoggingEndpoint, kind="logging_newrelic", path="logging/newrelic"):
    """Sends logs to New Relic. Each line must be JSON: set ``format``.

    See https://www.fastly.com/documentation/reference/api/logging/newrelic/
    """

    token: Prop[Text] = prop(secret=True)
    """The Insert API key."""
    region: Prop[Literal["US", "EU"]] = prop(default="US")
    """The region of the account."""
