"""The clients of the user's program."""

from functools import cached_property
from typing import TYPE_CHECKING

import pulumi
from pulumi.runtime.config import get_config

from ..api import Settings

if TYPE_CHECKING:
    from ..api.client import Client


class Connection:
    """The clients that lookups share: made when they are needed, from the stack's configuration."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    @cached_property
    def settings(self) -> Settings:
        """Key and endpoints."""
        return Settings.read(get_config)

    @cached_property
    def client(self) -> "Client":
        """For the API."""
        return self.settings.connect()

    @cached_property
    def client_without_key(self) -> "Client":
        """For what needs no key."""
        return self.settings.connect_without_key()

    @cached_property
    def realtime_client(self) -> "Client":
        """For realtime statistics."""
        return self.settings.connect_realtime()

    def tell(self, name: str) -> None:
        """Says once that a preview reads too: people expect that it does not touch Fastly."""
        if name not in self._told and pulumi.runtime.is_dry_run():
            self._told.add(name)
            pulumi.log.info(f"{name} reads from Fastly in a preview too")


connection = Connection()
