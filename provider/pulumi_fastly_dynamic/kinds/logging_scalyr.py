"""Scalyr logging."""

from typing import Literal

from ..resource import Prop, prop
from .logging import LoggingEndpoint, Text


class LoggingScalyr(LoggingEndpoint, kind="logging_scalyr", path="logging/scalyr"):
    """Sends logs to Scalyr (SentinelOne DataSet).

    See https://www.fastly.com/documentation/reference/api/logging/scalyr/
    """

    token: Prop[Text] = prop(secret=True)
    """The write token."""
    region: Prop[Literal["US", "EU"]] = prop(default="US")
    """The region of the account."""
    project_id: Prop[Text] = prop(default="logplex")
    """The name of the log file in Scalyr."""
