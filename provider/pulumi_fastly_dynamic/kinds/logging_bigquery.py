"""BigQuery logging."""

from ..resource import Prop, prop
from .logging import LoggingEndpoint, Text, google_account


class LoggingBigquery(LoggingEndpoint, kind="logging_bigquery", path="logging/bigquery", rules=(google_account,)):
    """Sends logs to Google BigQuery.

    See https://www.fastly.com/documentation/reference/api/logging/bigquery/
    """

    format: Prop[Text] = prop()
    """The log line, which must be JSON with the columns of the table."""
    project_id: Prop[Text] = prop()
    """The id of the Google Cloud project."""
    dataset: Prop[Text] = prop()
    """The dataset."""
    table: Prop[Text] = prop()
    """The table."""
    template_suffix: Prop[str | None] = prop(default=None)
    """The suffix of the table's name, as a ``strftime`` format."""
    account_name: Prop[str | None] = prop(default=None)
    """The service account that Fastly impersonates, instead of ``user`` and ``secret_key``."""
    user: Prop[str | None] = prop(default=None)
    """The email address of a service account, with ``secret_key``."""
    secret_key: Prop[str | None] = prop(default=None, secret=True)
    """The private key of ``user``, as PEM."""
