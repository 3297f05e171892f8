"""Datadog logging."""

from typing import Literal

from ..resource import Prop, prop
from . import log_formats
from .logging import LoggingEndpoint, Text


class LoggingDatadog(LoggingEndpoint, kind="logging_datadog", path="logging/datadog"):
    """Sends logs to Datadog.

    See https://www.fastly.com/documentation/reference/api/logging/datadog/
    """

    format: Prop[Text] = prop(default=log_formats.DATADOG)
    """The log line, which must be JSON. Default: the JSON object in Fastly's documentation."""
    token: Prop[Text] = prop(secret=True)
    """The API key."""
    region: Prop[Literal["US", "US3", "US5", "EU", "EU1", "AP1"]] = prop(default="US")
    """The region of the account."""
