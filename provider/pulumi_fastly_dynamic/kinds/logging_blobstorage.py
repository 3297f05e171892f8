"""Azure Blob Storage logging."""

from ..resource import Prop, prop
from .logging import FileLoggingEndpoint, FileSize, Text, one_compression


class LoggingBlobstorage(
    FileLoggingEndpoint, kind="logging_blobstorage", path="logging/azureblob", rules=(one_compression,)
):
    """Stores logs in Azure Blob Storage.

    See https://www.fastly.com/documentation/reference/api/logging/azureblob/
    """

    container: Prop[Text] = prop()
    """The container."""
    account_name: Prop[Text] = prop()
    """The storage account."""
    sas_token: Prop[Text] = prop(secret=True)
    """The shared access signature (SAS). **Logging stops when it expires.**"""
    file_max_bytes: Prop[FileSize] = prop(default=0, omit_default=True)
    """The maximum size of a file in bytes, at least 1,048,576; 0 is no limit."""
