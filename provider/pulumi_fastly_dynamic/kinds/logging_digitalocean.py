"""DigitalOcean Spaces logging."""

from ..resource import Prop, prop
from .logging import FileLoggingEndpoint, Text, one_compression


class LoggingDigitalocean(
    FileLoggingEndpoint, kind="logging_digitalocean", path="logging/digitalocean", rules=(one_compression,)
):
    """Stores logs in DigitalOcean Spaces.

    See https://www.fastly.com/documentation/reference/api/logging/digitalocean/
    """

    bucket_name: Prop[Text] = prop()
    """The name of the Space."""
    access_key: Prop[Text] = prop(secret=True)
    """The access key."""
    secret_key: Prop[Text] = prop(secret=True)
    """The secret key."""
    domain: Prop[Text] = prop(default="nyc3.digitaloceanspaces.com")
    """The host name of the region."""
