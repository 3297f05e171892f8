"""S3 logging."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from ..resource import Prop, prop
from ..schema import Problem
from .logging import FileLoggingEndpoint, FileSize, RoleArn, Text, one_compression, role_or_keys


def _kms_key_for_kms(values: Mapping[str, Any]) -> Iterator[Problem]:
    names = {"server_side_encryption", "server_side_encryption_kms_key_id"}
    if not names <= values.keys():
        return
    if values["server_side_encryption"] == "aws:kms" and not values["server_side_encryption_kms_key_id"]:
        yield Problem(
            "server_side_encryption_kms_key_id",
            "server_side_encryption_kms_key_id is missing: server_side_encryption='aws:kms' needs it",
        )


class LoggingS3(
    FileLoggingEndpoint,
    kind="logging_s3",
    path="logging/s3",
    rules=(role_or_keys, _kms_key_for_kms, one_compression),
):
    """Stores logs in Amazon S3, or in storage with S3's interface.

    See https://www.fastly.com/documentation/reference/api/logging/s3/
    """

    bucket: Prop[Text] = prop(wire="bucket_name")
    """The name of the bucket."""
    iam_role: Prop[RoleArn | None] = prop(default=None)
    """The ARN of the IAM role that Fastly assumes, instead of ``access_key`` and ``secret_key``."""
    access_key: Prop[str | None] = prop(default=None, secret=True)
    """The access key."""
    secret_key: Prop[str | None] = prop(default=None, secret=True)
    """The secret key."""
    domain: Prop[Text] = prop(default="s3.amazonaws.com")
    """The host name of the S3 endpoint; that of the bucket's region is usually faster."""
    redundancy: Prop[
        Literal[
            "standard",
            "intelligent_tiering",
            "standard_ia",
            "onezone_ia",
            "glacier",
            "glacier_ir",
            "deep_archive",
            "reduced_redundancy",
        ]
    ] = prop(default="standard")
    """The storage class."""
    acl: Prop[
        Literal[
            "private",
            "public-read",
            "public-read-write",
            "aws-exec-read",
            "authenticated-read",
            "bucket-owner-read",
            "bucket-owner-full-control",
        ]
        | None
    ] = prop(default=None)
    """The canned ACL of the files. Default: the bucket's."""
    server_side_encryption: Prop[Literal["AES256", "aws:kms"] | None] = prop(default=None)
    """The encryption at rest. Default: the bucket's."""
    server_side_encryption_kms_key_id: Prop[str | None] = prop(default=None)
    """The id of the KMS key, for ``aws:kms``."""
    file_max_bytes: Prop[FileSize] = prop(default=0, omit_default=True)
    """The maximum size of a file in bytes, at least 1,048,576; 0 is no limit."""
