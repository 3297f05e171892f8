"""The hourly rate limit: how long the client waits, and what it says when it gives up."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from pulumi_fastly_dynamic.api import JsonBody, fastly_error
from pulumi_fastly_dynamic.api.client import Client

from .fake_server import DATE, NOW, Server, ok, refusal

Send = Callable[[Client], Any]
SENT: list[Send] = [
    lambda client: client.delete("/x"),
    lambda client: client.put("/x", {"a": "1"}, repeatable=True),
    lambda client: client.post("/x", {"a": "1"}),
    lambda client: client.put("/x/clone"),
    lambda client: client.patch("/x", JsonBody({"items": []})),
]
NO_TIME = "the response does not say when the limit resets; run the same command again later"


def limited(reset: object, date: str | None = DATE) -> httpx.Response:
    headers = {"Fastly_RateLimit_Remaining": "0"}
    if reset is not None:
        headers["Fastly_RateLimit_Reset"] = str(reset)
    if date is not None:
        headers["Date"] = date
    return refusal(429, "You have exceeded your hourly rate limit.", **headers)


@pytest.mark.parametrize("send", SENT)
def test_waits_for_the_reset_by_the_clock_of_the_server(send: Send, capsys: pytest.CaptureFixture[str]) -> None:
    server = Server(limited(NOW + 100), ok({"done": 1}))
    assert send(server.client()) == {"done": 1}
    assert server.slept == [101]
    assert capsys.readouterr().out == "Fastly's hourly rate limit is used up; waiting 101 s before the next try\n"


def test_it_tells_where_it_should(capsys: pytest.CaptureFixture[str]) -> None:
    told: list[str] = []
    Server(limited(NOW + 100), ok({"done": 1})).client(tell=told.append).get("/x")
    assert told == ["Fastly's hourly rate limit is used up; waiting 101 s before the next try"]
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "reset",
    [
        NOW - 5,
        0,
        -1,
        NOW * 1000,
        "9" * 30,
        "9" * 5000,
        "soon",
        "1e9",
        "",
        None,
        pytest.param(NOW + 86_401, id="more than a day away"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_reset_that_cannot_be_right_neither_floods_nor_crashes(reset: object) -> None:
    server = Server(limited(reset))
    with pytest.raises(fastly_error.RateLimited) as raised:
        server.client(max_wait=300).post("/x")
    assert server.slept == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert str(raised.value).startswith("POST /x: 429 You have exceeded your hourly rate limit.: ")
    assert NO_TIME in str(raised.value)
    assert not raised.value.outcome_unknown


@pytest.mark.parametrize("date", [None, "", "yesterday", "Tue, 99 Nov 2023 22:13:20 GMT"])
def test_without_a_date_the_own_clock_counts(date: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: NOW + 40.0)
    server = Server(limited(NOW + 100, date), ok())
    server.client().post("/x")
    assert server.slept == [61]


def test_waits_again_up_to_the_limit() -> None:
    server = Server(limited(NOW + 100))
    with pytest.raises(fastly_error.RateLimited):
        server.client(max_wait=250).post("/x")
    assert server.slept == [101, 101]


def test_all_tries_of_one_call_share_the_limit() -> None:
    server = Server(limited(NOW + 100), refusal(503), limited(NOW + 100), refusal(503), limited(NOW + 100))
    with pytest.raises(fastly_error.RateLimited):
        server.client(max_wait=250).delete("/x")
    assert [seconds for seconds in server.slept if seconds > 10] == [101, 101]


@pytest.mark.parametrize(("max_wait", "seconds"), [(300, 3000), (0, 1), (100, 100)])
def test_reset_that_is_too_far_away_is_named(max_wait: float, seconds: int) -> None:
    server = Server(limited(NOW + seconds), ok())
    with pytest.raises(fastly_error.RateLimited) as raised:
        server.client(max_wait=max_wait).post("/service")
    assert (len(server.requests), server.slept) == (1, [])
    assert raised.value.rate_limit == fastly_error.RateLimit(0, NOW + seconds)
    moment = fastly_error.RateLimit(0, NOW + seconds).reset_time()
    assert f"the limit resets at {moment}; run the same command again after that" in str(raised.value)
    assert not raised.value.outcome_unknown


@pytest.mark.parametrize(
    ("reset", "text"),
    [
        (NOW, "22:13:20 UTC"),
        (0, "00:00:00 UTC"),
        (None, "an unknown time"),
        (NOW * 1000, "an unknown time"),
        (10**30, "an unknown time"),
        (-(10**30), "an unknown time"),
    ],
)
def test_reset_time(reset: int | None, text: str) -> None:
    assert fastly_error.RateLimit(0, reset).reset_time() == text


def test_of_other_refusals_it_is_kept() -> None:
    server = Server(refusal(409, Fastly_RateLimit_Remaining="17", Fastly_RateLimit_Reset="1450000000"))
    with pytest.raises(fastly_error.Conflict) as raised:
        server.client().post("/x")
    assert raised.value.rate_limit == fastly_error.RateLimit(17, 1450000000)
