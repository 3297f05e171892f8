"""Elasticsearch logging."""

from ..resource import Prop, prop
from ..schema.limits import Count, HttpsUrl
from .logging import Text, TlsLoggingEndpoint, both_or_neither, client_certificate


class LoggingElasticsearch(
    TlsLoggingEndpoint,
    kind="logging_elasticsearch",
    path="logging/elasticsearch",
    rules=(both_or_neither("user", "password"), client_certificate),
):
    """Sends logs to Elasticsearch.

    See https://www.fastly.com/documentation/reference/api/logging/elasticsearch/
    """

    format: Prop[Text] = prop()
    """The log line, which must be JSON."""
    index: Prop[Text] = prop()
    """The index. It may contain a date as in ``logs-#{%F}``."""
    url: Prop[HttpsUrl] = prop()
    """The URL, which begins with ``https://``."""
    pipeline: Prop[str | None] = prop(default=None)
    """The id of the ingest pipeline."""
    user: Prop[str | None] = prop(default=None)
    """The user, with ``password``."""
    password: Prop[str | None] = prop(default=None, secret=True)
    """The password of ``user``."""
    request_max_entries: Prop[Count] = prop(default=0)
    """The maximum number of log lines per request; 0 is Fastly's maximum."""
    request_max_bytes: Prop[Count] = prop(default=0)
    """The maximum number of bytes per request; 0 is Fastly's maximum."""
