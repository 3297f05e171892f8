"""The client, without a socket and without waiting."""

import re
import ssl
from collections.abc import Callable
from itertools import count
from typing import Any

import httpx
import pytest
from pulumi_fastly_dynamic.api import JsonBody, fastly_error
from pulumi_fastly_dynamic.api import client as module
from pulumi_fastly_dynamic.api.client import Client, MissingKey

from .fake_server import KEY, Answer, Server, ok, refusal

# -------------------------------------------------------------------- key and TLS


def test_key_is_in_every_request() -> None:
    server = Server(ok())
    client = server.client(key=f" {KEY}\n")
    client.get("/service")
    client.post("/service", {"name": "www"})
    assert [headers["fastly-key"] for headers in server.headers] == [KEY, KEY]
    assert [headers["host"] for headers in server.headers] == ["api.example.com"] * 2


NO_KEY = "no Fastly API key: set FASTLY_API_KEY, or in a Pulumi project run `pulumi config set --secret fastly:apiKey`"


@pytest.mark.parametrize("key", ["", " \n"])
def test_no_key(key: str) -> None:
    with pytest.raises(MissingKey, match=f"^{re.escape(NO_KEY)}$"):
        Server().client(key=key)


@pytest.mark.parametrize("key", ["c4nary\nline", "c4nary\x00", "c4näry"])
def test_key_that_cannot_be_one_is_not_quoted(key: str) -> None:
    with pytest.raises(MissingKey) as raised:
        Server().client(key=key)
    assert "c4n" not in str(raised.value)


def test_proxy_of_the_environment_sees_no_plain_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example.com:3128")
    monkeypatch.setenv("ALL_PROXY", "http://proxy.example.com:3128")
    assert Client(KEY, "http://127.0.0.1:7070")._http._mounts == {}
    assert Client(KEY, "https://api.example.com")._http._mounts != {}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_not_followed(status: int) -> None:
    server = Server(httpx.Response(status, headers={"Location": "https://elsewhere.example.com/"}))
    with pytest.raises(fastly_error.FastlyError) as raised:
        server.client().get("/service")
    assert raised.value.status == status
    assert len(server.requests) == 1


def test_tls_is_checked_and_new_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[ssl.SSLContext] = []
    real = httpx.HTTPTransport

    def transport(*args: Any, **options: Any) -> httpx.HTTPTransport:
        made.append(options["verify"])
        return real(*args, **options)

    monkeypatch.setattr("httpx._client.HTTPTransport", transport)
    Client(KEY)
    assert [context.verify_mode for context in made] == [ssl.CERT_REQUIRED] * len(made)
    assert made
    for context in made:
        assert context.check_hostname
        assert context.minimum_version >= ssl.TLSVersion.TLSv1_2


def test_paths_are_not_taken_apart() -> None:
    server = Server(ok())
    server.client().get("/service/x/version/1/header/a%2Fb%20c")
    assert server.requests[0].url.raw_path == b"/service/x/version/1/header/a%2Fb%20c"


# -------------------------------------------------------------------- what is repeated

READ_TIMEOUT = httpx.ReadTimeout("timed out")
BROKEN = httpx.RemoteProtocolError("Server disconnected without sending a response.")
REFUSED = httpx.ConnectError("connection refused")
Send = Callable[[Client], Any]
REPEATED: list[Send] = [
    lambda client: client.get("/x"),
    lambda client: client.delete("/x"),
    lambda client: client.put("/x", {"a": "1"}, repeatable=True),
    lambda client: client.post("/x", repeatable=True),
]
NOT_REPEATED: list[Send] = [
    lambda client: client.post("/x", {"a": "1"}),
    lambda client: client.put("/x/clone"),
    lambda client: client.patch("/x", JsonBody({"items": []})),
]


@pytest.mark.parametrize("failure", [*map(refusal, [502, 503, 504]), READ_TIMEOUT, BROKEN, REFUSED])
@pytest.mark.parametrize("send", REPEATED)
def test_repeated(send: Send, failure: Answer) -> None:
    server = Server(failure, failure, failure, ok({"done": 1}))
    assert send(server.client()) == {"done": 1}
    assert len(server.requests) == 4
    assert len(server.slept) == 3
    assert server.slept == sorted(server.slept), "each wait is longer than the one before"
    assert sum(server.slept) < 10


@pytest.mark.parametrize("send", REPEATED)
def test_not_for_ever(send: Send) -> None:
    server = Server(refusal(503))
    with pytest.raises(fastly_error.ServerError):
        send(server.client())
    assert len(server.requests) == 4


@pytest.mark.parametrize("failure", [*map(refusal, [502, 503, 504]), READ_TIMEOUT, BROKEN])
@pytest.mark.parametrize("send", NOT_REPEATED)
def test_never_repeated(send: Send, failure: Answer) -> None:
    server = Server(failure, ok())
    with pytest.raises(fastly_error.FastlyError) as raised:
        send(server.client())
    assert raised.value.outcome_unknown
    assert len(server.requests) == 1


@pytest.mark.parametrize("failure", [REFUSED, httpx.ConnectTimeout("timed out")])
@pytest.mark.parametrize("send", NOT_REPEATED)
def test_what_was_not_sent_is_repeated(send: Send, failure: Answer) -> None:
    server = Server(failure, ok({"done": 1}))
    assert send(server.client()) == {"done": 1}
    server = Server(failure)
    with pytest.raises(fastly_error.ConnectionFailed) as raised:
        send(server.client())
    assert not raised.value.outcome_unknown


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 418, 422, 500, 501])
@pytest.mark.parametrize("send", [*REPEATED, *NOT_REPEATED])
def test_refusals_are_not_repeated(send: Send, status: int) -> None:
    server = Server(refusal(status), ok())
    with pytest.raises(fastly_error.FastlyError):
        send(server.client())
    assert len(server.requests) == 1


def test_failed_read_leaves_nothing_unknown() -> None:
    with pytest.raises(fastly_error.FastlyError) as raised:
        Server(BROKEN).client().get("/x")
    assert not raised.value.outcome_unknown


@pytest.mark.parametrize("words", [("Record not found", "Couldn't find Backend"), ("Not found",)])
@pytest.mark.parametrize("failure", [refusal(503), BROKEN])
def test_delete_that_was_done_the_first_time(failure: Answer, words: tuple[str, ...]) -> None:
    server = Server(failure, refusal(404, *words))
    server.client().delete("/service/x/version/2/backend/b")
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "answer", [httpx.Response(404, text="<html>"), refusal(404, "Record not found", "Cannot find 'service'")]
)
def test_a_404_that_does_not_say_that_it_was_deleted(answer: httpx.Response) -> None:
    with pytest.raises(fastly_error.NotFound):
        Server(refusal(503), answer).client().delete("/service/x/version/2/backend/b")


def test_delete_of_what_never_was() -> None:
    with pytest.raises(fastly_error.NotFound):
        Server(refusal(404, "Record not found")).client().delete("/x")


def test_put_to_what_is_gone_is_an_error_also_when_repeated() -> None:
    with pytest.raises(fastly_error.NotFound):
        Server(refusal(503), refusal(404)).client().put("/x", {"a": "1"}, repeatable=True)


# -------------------------------------------------------------------- paging and bodies


def test_pages() -> None:
    rows = [{"id": str(n)} for n in range(2 * module.PAGE_SIZE + 1)]
    pages = (ok(rows[start : start + module.PAGE_SIZE]) for start in count(0, module.PAGE_SIZE))
    server = Server(*(next(pages) for _ in range(4)))
    assert server.client().pages("/service/x/dictionary/y/items") == rows
    assert [dict(request.url.params) for request in server.requests] == [
        {"page": str(page), "per_page": str(module.PAGE_SIZE)} for page in (1, 2, 3)
    ]


def test_pages_that_are_full_to_the_last_row() -> None:
    rows = [{"id": str(n)} for n in range(module.PAGE_SIZE)]
    server = Server(ok(rows), ok([]))
    assert server.client().pages("/x") == rows
    assert len(server.requests) == 2


FULL_PAGE = [{"id": str(n)} for n in range(module.PAGE_SIZE)]


@pytest.mark.parametrize(
    ("read", "body"),
    [
        (lambda client: client.pages("/x"), FULL_PAGE),
        (lambda client: client.documents("/x"), {"data": FULL_PAGE}),
    ],
)
def test_a_list_that_ignores_pages_is_not_read_for_ever(read: Callable[[Client], Any], body: Any) -> None:
    enough = AssertionError("it reads on")
    server = Server(ok(body), ok(body), enough)
    with pytest.raises(fastly_error.ConnectionFailed, match=r"GET /x: page 2 from .* has only rows of earlier pages"):
        read(server.client())


def test_forms_and_json() -> None:
    server = Server(ok())
    client = server.client()
    client.post("/x", {"name": "ä&b", "empty": ""})
    client.patch("/x", JsonBody({"items": [{"op": "delete", "item_key": "a"}]}))
    assert server.requests[0].content == b"name=%C3%A4%26b&empty="
    assert server.headers[0]["content-type"] == "application/x-www-form-urlencoded"
    assert server.requests[1].content.replace(b" ", b"") == b'{"items":[{"op":"delete","item_key":"a"}]}'


def test_headers_of_a_post() -> None:
    server = Server(ok())
    client = server.client()
    client.post("/x", headers={"Fastly-Soft-Purge": "1"})
    client.post("/x", JsonBody({"a": 1}), headers={"Fastly-Soft-Purge": "1"})
    client.post("/x", JsonBody({"a": 1}))
    assert [headers.get("fastly-soft-purge") for headers in server.headers] == ["1", "1", None]
    assert [headers.get("content-type") for headers in server.headers] == [None, "application/json", "application/json"]
    assert server.requests[0].content == b""


def test_answer_that_cannot_be_unpacked_is_none() -> None:
    packed = httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(b"not gzip"))

    def answer(_request: httpx.Request) -> httpx.Response:
        return packed

    client = Client(KEY, transport=httpx.MockTransport(answer), sleep=lambda _: None)
    with pytest.raises(fastly_error.ConnectionFailed) as raised:
        client.post("/x")
    assert raised.value.outcome_unknown
