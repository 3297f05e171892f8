"""Google Cloud Pub/Sub logging."""

from ..resource import Prop, prop
from .logging import LoggingEndpoint, Text, google_account


class LoggingGooglepubsub(LoggingEndpoint, kind="logging_googlepubsub", path="logging/pubsub", rules=(google_account,)):
    """Sends logs to Google Cloud Pub/Sub.

    See https://www.fastly.com/documentation/reference/api/logging/pubsub/
    """

    project_id: Prop[Text] = prop()
    """The id of the Google Cloud project."""
    topic: Prop[Text] = prop()
    """The topic."""
    account_name: Prop[str | None] = prop(default=None)
    """The service account that Fastly impersonates, instead of ``user`` and ``secret_key``."""
    user: Prop[str | None] = prop(default=None)
    """The email address of a service account, with ``secret_key``."""
    secret_key: Prop[str | None] = prop(default=None, secret=True)
    """The private key of ``user``, as PEM."""
