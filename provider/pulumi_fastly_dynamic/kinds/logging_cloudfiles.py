"""Rackspace Cloud Files logging."""

from typing import Literal

from ..resource import Prop, prop
from .logging import FileLoggingEndpoint, Text, one_compression


class LoggingCloudfiles(
    FileLoggingEndpoint, kind="logging_cloudfiles", path="logging/cloudfiles", rules=(one_compression,)
):
    """Stores logs in Rackspace Cloud Files.

    See https://www.fastly.com/documentation/reference/api/logging/cloudfiles/
    """

    bucket_name: Prop[Text] = prop()
    """The name of the container."""
    user: Prop[Text] = prop()
    """The user."""
    access_key: Prop[Text] = prop(secret=True)
    """The API key."""
    region: Prop[Literal["DFW", "ORD", "IAD", "LON", "SYD", "HKG"] | None] = prop(default=None)
    """The region. Default: the account's."""
