"""Grafana Cloud Logs logging."""

from ..resource import Prop, prop
from ..schema.limits import HttpUrl
from .logging import LoggingEndpoint, MessageType, Text


class LoggingGrafanacloudlogs(LoggingEndpoint, kind="logging_grafanacloudlogs", path="logging/grafanacloudlogs"):
    """Sends logs to Grafana Cloud Logs.

    See https://www.fastly.com/documentation/reference/api/logging/grafanacloudlogs/
    """

    format: Prop[Text] = prop()
    """The log line, which must be JSON."""
    url: Prop[HttpUrl] = prop()
    """The URL of the Loki instance."""
    user: Prop[Text] = prop()
    """The user: the id of the Loki instance."""
    token: Prop[Text] = prop(secret=True)
    """The access policy token, with the scope ``logs:write``."""
    index: Prop[Text] = prop()
    """The labels of the stream, as JSON."""
    message_type: Prop[MessageType] = prop(default="classic")
    """What precedes each line."""
