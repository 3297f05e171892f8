"""SFTP logging."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..resource import Prop, prop
from ..schema import Problem
from ..schema.limits import Host, Port
from .logging import FileLoggingEndpoint, Text, one_compression


def _password_or_key(values: Mapping[str, Any]) -> Iterator[Problem]:
    if {"password", "secret_key"} <= values.keys() and not values["password"] and not values["secret_key"]:
        yield Problem("password", "password is missing: set it, or secret_key")


class LoggingSftp(
    FileLoggingEndpoint, kind="logging_sftp", path="logging/sftp", rules=(_password_or_key, one_compression)
):
    """Stores logs on an SFTP server.

    See https://www.fastly.com/documentation/reference/api/logging/sftp/
    """

    address: Prop[Host] = prop()
    """The host name or IP address of the server, without a port."""
    port: Prop[Port] = prop(default=22)
    """The port."""
    user: Prop[Text] = prop()
    """The user."""
    password: Prop[str | None] = prop(default=None, secret=True)
    """The password; needed without ``secret_key``, which takes precedence."""
    secret_key: Prop[str | None] = prop(default=None, secret=True)
    """The private SSH key."""
    ssh_known_hosts: Prop[Text] = prop()
    """The host keys of the server, in the format of ``known_hosts``."""
