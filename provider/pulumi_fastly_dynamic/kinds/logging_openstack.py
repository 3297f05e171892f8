"""OpenStack logging."""

from ..resource import Prop, prop
from ..schema.limits import HttpUrl
from .logging import FileLoggingEndpoint, Text, one_compression


class LoggingOpenstack(
    FileLoggingEndpoint, kind="logging_openstack", path="logging/openstack", rules=(one_compression,)
):
    """Stores logs in OpenStack's object storage.

    See https://www.fastly.com/documentation/reference/api/logging/openstack/
    """

    url: Prop[HttpUrl] = prop()
    """The URL of the authentication service."""
    bucket_name: Prop[Text] = prop()
    """The name of the container."""
    user: Prop[Text] = prop()
    """The user."""
    access_key: Prop[Text] = prop(secret=True)
    """The access key."""
