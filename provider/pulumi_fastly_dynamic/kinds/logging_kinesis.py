"""Amazon Kinesis logging."""

from ..resource import Prop, prop
from . import log_formats
from .logging import LoggingEndpoint, RoleArn, Text, role_or_keys


class LoggingKinesis(LoggingEndpoint, kind="logging_kinesis", path="logging/kinesis", rules=(role_or_keys,)):
    """Sends logs to an Amazon Kinesis data stream.

    See https://www.fastly.com/documentation/reference/api/logging/kinesis/
    """

    format: Prop[Text] = prop(default=log_formats.JSON)
    """The log line, which must be JSON. Default: the JSON object in Fastly's documentation."""
    topic: Prop[Text] = prop()
    """The name of the stream."""
    region: Prop[Text] = prop(default="us-east-1")
    """The AWS region of the stream."""
    iam_role: Prop[RoleArn | None] = prop(default=None)
    """The ARN of the IAM role that Fastly assumes, instead of ``access_key`` and ``secret_key``."""
    access_key: Prop[str | None] = prop(default=None, secret=True)
    """The access key."""
    secret_key: Prop[str | None] = prop(default=None, secret=True)
    """The secret key."""
