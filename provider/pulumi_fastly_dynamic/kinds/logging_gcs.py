"""Google Cloud Storage logging."""

from ..resource import Prop, prop
from .logging import FileLoggingEndpoint, Text, google_account, one_compression


class LoggingGcs(FileLoggingEndpoint, kind="logging_gcs", path="logging/gcs", rules=(google_account, one_compression)):
    """Stores logs in Google Cloud Storage.

    See https://www.fastly.com/documentation/reference/api/logging/gcs/
    """

    path: Prop[str | None] = prop(default="/")
    """The folder of the files. Default: the root."""
    bucket_name: Prop[Text] = prop()
    """The name of the bucket."""
    account_name: Prop[str | None] = prop(default=None)
    """The service account that Fastly impersonates, instead of ``user`` and ``secret_key``."""
    user: Prop[str | None] = prop(default=None)
    """The email address of a service account, with ``secret_key``."""
    secret_key: Prop[str | None] = prop(default=None, secret=True)
    """The private key of ``user``, as PEM."""
    project_id: Prop[str | None] = prop(default=None)
    """The id of the Google Cloud project."""
