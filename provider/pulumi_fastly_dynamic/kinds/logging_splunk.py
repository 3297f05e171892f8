"""Splunk logging."""

from ..resource import Prop, prop
from ..schema.limits import Count, HttpUrl
from .logging import Text, TlsLoggingEndpoint, client_certificate


class LoggingSplunk(TlsLoggingEndpoint, kind="logging_splunk", path="logging/splunk", rules=(client_certificate,)):
    """Sends logs to the HTTP event collector of Splunk.

    See https://www.fastly.com/documentation/reference/api/logging/splunk/
    """

    url: Prop[HttpUrl] = prop()
    """The URL of the collector."""
    token: Prop[Text] = prop(secret=True)
    """The token of the collector."""
    use_tls: Prop[bool] = prop(default=False)
    """Whether to use TLS."""
    request_max_entries: Prop[Count] = prop(default=0)
    """The maximum number of log lines per request; 0 is Fastly's maximum."""
    request_max_bytes: Prop[Count] = prop(default=0)
    """The maximum number of bytes per request; 0 is Fastly's maximum."""
