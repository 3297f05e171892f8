"""Purges: what is sent, in which batches, and what is said of those that fail."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastly_emulator import Emulator, create_app
from fastly_emulator.control_state import RateLimit
from fastly_emulator.faults import Fault
from fastly_emulator.testing import InProcessTransport
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.orchestration import Content, PurgeFailed, purge

KEYS = tuple(f"key-{number:03}" for number in range(600))


class Purged:
    """An account with one service, and a client that does not wait."""

    def __init__(self) -> None:
        self.waited = 0.0
        self.emulator = Emulator(clock=lambda: time.time() + self.waited)
        transport = InProcessTransport(create_app(self.emulator))
        self.client = Client("key", "http://127.0.0.1", transport=transport, sleep=self.wait)
        self.service = str(self.client.post("/service", {"name": "www"})["id"])

    def wait(self, seconds: float) -> None:
        self.waited += seconds

    def purge(self, *, secrets: tuple[str, ...] = (), **content: Any) -> None:
        purge(self.client, Content(**content), secrets)

    def fault(self, path: str = "*/purge*", **what: Any) -> None:
        self.emulator.control.faults.append(Fault("POST", path, **what))

    @property
    def notes(self) -> list[dict[str, Any]]:
        return list(self.emulator.control.purges)


@pytest.fixture
def account() -> Iterator[Purged]:
    made = Purged()
    yield made
    made.client.close()


def test_keys_in_batches_one_after_another(account: Purged) -> None:
    account.purge(service_id=account.service, keys=KEYS)
    assert [(each["kind"], len(each["keys"]), each["soft"]) for each in account.notes] == [
        ("keys", 256, False),
        ("keys", 256, False),
        ("keys", 88, False),
    ]
    assert [key for each in account.notes for key in each["keys"]] == list(KEYS)


@pytest.mark.parametrize("soft", [False, True])
def test_soft(account: Purged, soft: bool) -> None:
    account.purge(service_id=account.service, keys=("a",), soft=soft)
    account.purge(url="www.example.com/a//b?c=%20", soft=soft)
    keys, url = account.notes
    assert (keys["keys"], keys["soft"]) == (["a"], soft)
    assert (url["url"], url["soft"]) == ("www.example.com/a//b?c=%20", soft)


def test_all(account: Purged) -> None:
    account.purge(service_id=account.service)
    assert [(each["service_id"], each["kind"]) for each in account.notes] == [(account.service, "all")]


CONTENTS: list[dict[str, Any]] = [{"keys": ("a",)}, {"url": "www.example.com/"}, {}]


@pytest.mark.parametrize("content", CONTENTS, ids=str)
@pytest.mark.parametrize("fault", [{"drop": "after"}, {"drop": "before"}, {"status": 503}], ids=str)
def test_a_purge_is_repeated_after_a_failure_on_the_way(
    account: Purged, content: dict[str, Any], fault: dict[str, Any]
) -> None:
    account.fault(**fault)
    account.purge(service_id=account.service, **content)
    assert len(account.notes) == (2 if fault == {"drop": "after"} else 1)


def test_a_failed_batch_names_the_keys_that_are_left(account: Purged) -> None:
    account.fault(skip=1, times=9, status=500)
    with pytest.raises(PurgeFailed) as raised:
        account.purge(service_id=account.service, keys=KEYS)
    text = str(raised.value)
    assert text.startswith(f"344 of 600 keys of service {account.service} were not purged: key-256, key-257, ")
    assert ", key-275 and 324 more. POST /service/" in text
    assert "500 Unknown Error Occurred" in text
    assert text.endswith("The next `pulumi up` purges all keys of this resource again, which does no harm")
    assert [len(each["keys"]) for each in account.notes] == [256]


@pytest.mark.parametrize(("count", "end"), [(20, "key-019. POST"), (21, "key-019 and 1 more. POST")])
def test_twenty_keys_are_named(account: Purged, count: int, end: str) -> None:
    account.fault(status=500)
    with pytest.raises(PurgeFailed, match=end):
        account.purge(service_id=account.service, keys=KEYS[:count])


FAILED: list[tuple[dict[str, Any], str]] = [
    ({"url": "www.example.com/a"}, r"URL www.example.com/a was not purged: POST /purge/www.example.com/a: 500 "),
    (
        {},
        r"all content of service \w+ was not purged: POST /service/\w+/purge_all: 500 .*The next `pulumi up` repeats",
    ),
]


@pytest.mark.parametrize(("content", "text"), FAILED, ids=["url", "all"])
def test_what_failed_and_what_to_do(account: Purged, content: dict[str, Any], text: str) -> None:
    account.fault(status=500)
    with pytest.raises(PurgeFailed, match=text):
        account.purge(service_id=account.service, **content)


@pytest.mark.parametrize("content", [{"keys": ("c4nary",)}, {"url": "www.example.com/c4nary?a=b"}], ids=["keys", "url"])
def test_what_is_secret_is_in_no_message(account: Purged, content: dict[str, Any]) -> None:
    account.fault(status=500)
    secrets = content.get("keys") or (content["url"],)
    with pytest.raises(PurgeFailed) as raised:
        account.purge(service_id=account.service, secrets=secrets, **content)
    assert "c4nary" not in str(raised.value)
    assert "1 of 1 keys" in str(raised.value) or "URL [secret]" in str(raised.value)


def test_purging_all_waits_for_the_hourly_limit(account: Purged) -> None:
    account.emulator.control.rate_limit = RateLimit(0, int(time.time()) + 30)
    account.purge(service_id=account.service, keys=("a",))
    assert account.waited == 0
    account.purge(service_id=account.service)
    assert [each["kind"] for each in account.notes] == ["keys", "all"]
    assert account.waited > 0


def test_a_limit_of_keys_that_does_not_say_when_it_ends(account: Purged) -> None:
    account.fault(times=1000, status=429)
    with pytest.raises(PurgeFailed, match=r"1 of 1 keys .*429 .*does not say when the limit resets.*pulumi up"):
        account.purge(service_id=account.service, keys=("a",))


def test_a_deleted_service(account: Purged) -> None:
    account.client.delete(f"/service/{account.service}")
    with pytest.raises(PurgeFailed, match="is deleted"):
        account.purge(service_id=account.service, keys=("a",))


def test_a_response_that_is_not_fastlys() -> None:
    transport = httpx.MockTransport(lambda _request: httpx.Response(200, text="<html>"))
    client = Client("key", "http://127.0.0.1", transport=transport, sleep=lambda _seconds: None)
    for content in (Content("S", ("a",)), Content(url="www.example.com/"), Content("S")):
        with pytest.raises(PurgeFailed, match=r"not purged.*is not JSON"):
            purge(client, content)
