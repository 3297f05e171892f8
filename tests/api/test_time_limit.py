"""Reads that must not take long, from servers that never finish."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

import httpx
import pytest
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.api.time_limit import TookTooLong, within
from pulumi_fastly_dynamic.failure import Failure
from typing_extensions import override

from .fake_server import ENDPOINT, KEY


@pytest.fixture
def never() -> Iterator[Event]:
    """An event that does not come before the end of the test."""
    event = Event()
    yield event
    event.set()


def test_a_read_that_never_ends(never: Event) -> None:
    with pytest.raises(TookTooLong, match=r"no answer within 0\.01 s"):
        within(0.01, never.wait)


def test_a_read_that_ends_or_fails() -> None:
    def fail() -> None:
        raise Failure("no")

    assert within(60, lambda: 1) == 1
    with pytest.raises(Failure, match="no"):
        within(60, fail)


class Dripping(httpx.SyncByteStream):
    """A body of which a byte has come, and the next is still on its way."""

    def __init__(self, never: Event) -> None:
        self._never = never

    @override
    def __iter__(self) -> Iterator[bytes]:
        yield b"{"
        self._never.wait()
        yield b"}"


@pytest.mark.parametrize(
    "answer",
    [
        lambda never: httpx.Response(200, json=never.wait()),
        lambda never: httpx.Response(200, stream=Dripping(never)),
    ],
    ids=["silent", "dripping"],
)
def test_one_attempt_is_bounded_whatever_the_server_does(answer: Callable[[Event], Any], never: Event) -> None:
    client = Client(KEY, ENDPOINT, transport=httpx.MockTransport(lambda _request: answer(never)))
    assert client.try_get("/events", {}, seconds=0.01) is None


def test_a_read_that_was_left_does_not_keep_the_process() -> None:
    program = (
        "from threading import Event\n"
        "from pulumi_fastly_dynamic.api.time_limit import TookTooLong, within\n"
        "try:\n    within(0.01, Event().wait)\nexcept TookTooLong:\n    print('ended')\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert ended.stdout == "ended\n"
