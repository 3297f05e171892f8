"""The clients of the user's program."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

import pulumi
from pulumi.runtime.config import get_config
from pulumi.runtime.settings import get_monitor

from ..api import Settings

if TYPE_CHECKING:
    from ..api.client import Client


ClientName = Literal["client", "client_without_key", "realtime_client"]


class _SharedClient:
    """A client that lookups share: made when it is first needed, from the stack's configuration.

    With the Automation API one process runs the programs of several stacks, each with a key and an endpoint of its own.
    """

    def __init__(self, connect: "Callable[[Settings], Client]") -> None:
        self._connect = connect
        self._made: dict[Settings, Client] = {}

    def __get__(self, _connection: object, _owner: type | None = None) -> "Client":
        settings = Settings.read(get_config)
        client = self._made.get(settings)
        if client is None:
            client = self._made[settings] = self._connect(settings)
        return client


class Connection:
    """What lookups share: their clients, and what they said already."""

    client = _SharedClient(Settings.connect)
    """For the API."""
    client_without_key = _SharedClient(Settings.connect_without_key)
    """For what needs no key."""
    realtime_client = _SharedClient(Settings.connect_realtime)
    """For realtime statistics."""

    def __init__(self) -> None:
        self._told: set[tuple[str, Any]] = set()

    def tell(self, name: str) -> None:
        """Says once that a preview reads too: people expect that it does not touch Fastly."""
        told = (name, get_monitor())  # each preview has another monitor, also in one process
        if told not in self._told and pulumi.runtime.is_dry_run():
            self._told.add(told)
            pulumi.log.info(f"{name} reads from Fastly in a preview too")


connection = Connection()
