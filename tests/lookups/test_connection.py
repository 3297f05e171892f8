"""One process may run the programs of several stacks, with the Automation API."""

import contextvars
from collections.abc import Callable
from typing import Any, TypeVar

import pulumi
import pytest
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.lookups.connection import Connection

T = TypeVar("T")


def in_stack(key: str, program: Callable[[], T], monitor: Any = None, endpoint: str = "http://127.0.0.1:9") -> T:
    """What a program gives in a stack with that key."""

    def run() -> T:
        pulumi.runtime.settings.configure(
            pulumi.runtime.settings.Settings("shop", "dev", monitor=monitor, engine=None, dry_run=True)
        )
        pulumi.runtime.set_all_config({"fastly:apiKey": key, "fastly:endpoint": endpoint})
        return program()

    return contextvars.copy_context().run(run)


@pytest.mark.parametrize("name", ["client", "realtime_client"])
def test_each_stack_has_clients_of_its_own(name: str) -> None:
    connection = Connection()

    def client() -> Client:
        found: Client = getattr(connection, name)
        return found

    one, again, other = in_stack("one", client), in_stack("one", client), in_stack("other", client)
    elsewhere = in_stack("one", client, endpoint="http://127.0.0.1:10")
    assert one is again
    assert [each._key for each in (one, other, elsewhere)] == ["one", "other", "one"]
    assert [each.endpoint[-2:] for each in (one, elsewhere)] == [":9", "10"]


def test_no_key_where_none_is_needed() -> None:
    connection = Connection()
    assert in_stack("one", lambda: connection.client_without_key)._key == ""


def test_each_preview_says_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(pulumi.log, "info", said.append)
    connection = Connection()

    def program() -> None:
        connection.tell("get_service")
        connection.tell("get_service")

    for monitor in (object(), object()):
        in_stack("one", program, monitor)
    assert said == ["get_service reads from Fastly in a preview too"] * 2
