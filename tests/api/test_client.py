"""The client, without a socket and without waiting."""

import logging
import ssl
import time
from collections.abc import Callable
from itertools import count
from typing import Any

import httpx
import pytest
from pulumi_fastly_dynamic.api import client as module
from pulumi_fastly_dynamic.api import errors
from pulumi_fastly_dynamic.api.client import Client, InvalidEndpoint, MissingKey

KEY = "kEy-4711"
SECRET = "-----BEGIN PRIVATE KEY-----\nc4nary+1/2\n-----END PRIVATE KEY-----\n"
Answer = httpx.Response | Exception


class Server:
    """Gives the answers in their order, the last one for ever; remembers what it was sent."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []
        self.headers: list[dict[str, str]] = []
        self.slept: list[float] = []

    def client(self, **options: Any) -> Client:
        options = {"key": KEY, "endpoint": "https://api.example.com", **options}
        return Client(transport=httpx.MockTransport(self._answer), sleep=self.slept.append, **options)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.headers.append(dict(request.headers))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


def ok(body: Any = None) -> httpx.Response:
    return httpx.Response(200, json={} if body is None else body)


def refusal(status: int, msg: str = "Bad request", detail: str | None = None, **headers: str) -> httpx.Response:
    body = {"msg": msg} if detail is None else {"msg": msg, "detail": detail}
    return httpx.Response(status, json=body, headers={name.replace("_", "-"): value for name, value in headers.items()})


def limited(seconds: float) -> httpx.Response:
    return refusal(
        429,
        "You have exceeded your hourly rate limit.",
        Fastly_RateLimit_Remaining="0",
        Fastly_RateLimit_Reset=str(int(time.time() + seconds)),
    )


# -------------------------------------------------------------------- key and endpoint


def test_key_is_in_every_request() -> None:
    server = Server(ok())
    client = server.client(key=f" {KEY}\n")
    client.get("/service")
    client.post("/service", {"name": "www"})
    assert [headers["fastly-key"] for headers in server.headers] == [KEY, KEY]
    assert [headers["host"] for headers in server.headers] == ["api.example.com"] * 2


@pytest.mark.parametrize("key", ["", " \n"])
def test_no_key(key: str) -> None:
    with pytest.raises(MissingKey, match=r"pulumi config set --secret fastly:apiKey KEY.*FASTLY_API_KEY"):
        Server().client(key=key)


@pytest.mark.parametrize("key", ["c4nary\nline", "c4nary\x00", "c4näry"])
def test_key_that_cannot_be_one_is_not_quoted(key: str) -> None:
    with pytest.raises(MissingKey) as raised:
        Server().client(key=key)
    assert "c4n" not in str(raised.value)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://api.fastly.com",
        "http://192.0.2.1:7070",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://127.0.0.1@example.com",
        "http://[2001:db8::1]",
        "HTTP://api.fastly.com",
        "api.fastly.com",
        "ftp://127.0.0.1",
        "https://",
        "http://",
        "",
    ],
)
def test_key_goes_to_no_such_endpoint(endpoint: str) -> None:
    server = Server(ok())
    with pytest.raises(InvalidEndpoint):
        server.client(endpoint=endpoint)
    assert server.requests == []


@pytest.mark.parametrize(
    "endpoint",
    ["http://127.0.0.1:7070", "http://localhost:7070", "http://[::1]:7070", "http://127.1.2.3", "https://example.com"],
)
def test_key_goes_to_loopback_and_over_https(endpoint: str) -> None:
    server = Server(ok())
    server.client(endpoint=endpoint).get("/service")
    assert str(server.requests[0].url) == f"{endpoint}/service"


def test_proxy_of_the_environment_sees_no_plain_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example.com:3128")
    monkeypatch.setenv("ALL_PROXY", "http://proxy.example.com:3128")
    assert Client(KEY, "http://127.0.0.1:7070")._http._mounts == {}
    assert Client(KEY, "https://api.example.com")._http._mounts != {}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_not_followed(status: int) -> None:
    server = Server(httpx.Response(status, headers={"Location": "https://elsewhere.example.com/"}))
    with pytest.raises(errors.FastlyError) as raised:
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
]
NOT_REPEATED: list[Send] = [
    lambda client: client.post("/x", {"a": "1"}),
    lambda client: client.put("/x/clone"),
    lambda client: client.patch("/x", {"items": []}),
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
    with pytest.raises(errors.ServerError):
        send(server.client())
    assert len(server.requests) == 4


@pytest.mark.parametrize("failure", [*map(refusal, [502, 503, 504]), READ_TIMEOUT, BROKEN])
@pytest.mark.parametrize("send", NOT_REPEATED)
def test_never_repeated(send: Send, failure: Answer) -> None:
    server = Server(failure, ok())
    with pytest.raises(errors.FastlyError) as raised:
        send(server.client())
    assert raised.value.outcome_unknown
    assert len(server.requests) == 1


@pytest.mark.parametrize("failure", [REFUSED, httpx.ConnectTimeout("timed out")])
@pytest.mark.parametrize("send", NOT_REPEATED)
def test_what_was_not_sent_is_repeated(send: Send, failure: Answer) -> None:
    server = Server(failure, ok({"done": 1}))
    assert send(server.client()) == {"done": 1}
    server = Server(failure)
    with pytest.raises(errors.ConnectionFailed) as raised:
        send(server.client())
    assert not raised.value.outcome_unknown


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 418, 422, 500, 501])
@pytest.mark.parametrize("send", [*REPEATED, *NOT_REPEATED])
def test_refusals_are_not_repeated(send: Send, status: int) -> None:
    server = Server(refusal(status), ok())
    with pytest.raises(errors.FastlyError):
        send(server.client())
    assert len(server.requests) == 1


def test_failed_read_leaves_nothing_unknown() -> None:
    with pytest.raises(errors.FastlyError) as raised:
        Server(BROKEN).client().get("/x")
    assert not raised.value.outcome_unknown


@pytest.mark.parametrize("failure", [refusal(503), BROKEN])
def test_delete_that_was_done_the_first_time(failure: Answer) -> None:
    server = Server(failure, refusal(404, "Record not found", "Couldn't find Backend"))
    server.client().delete("/service/x/version/2/backend/b")
    assert len(server.requests) == 2


def test_delete_of_what_never_was() -> None:
    with pytest.raises(errors.NotFound):
        Server(refusal(404, "Record not found")).client().delete("/x")


def test_put_to_what_is_gone_is_an_error_also_when_repeated() -> None:
    with pytest.raises(errors.NotFound):
        Server(refusal(503), refusal(404)).client().put("/x", {"a": "1"}, repeatable=True)


# -------------------------------------------------------------------- rate limit


@pytest.mark.parametrize("send", [*REPEATED[1:], *NOT_REPEATED])
def test_429_waits_for_the_reset(send: Send, capsys: pytest.CaptureFixture[str]) -> None:
    server = Server(limited(100), ok({"done": 1}))
    assert send(server.client()) == {"done": 1}
    assert len(server.slept) == 1
    assert 99 <= server.slept[0] <= 102
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert "hourly rate limit" in said
    assert "waiting 10" in said


def test_429_again_waits_again_up_to_the_limit() -> None:
    server = Server(limited(100))
    with pytest.raises(errors.RateLimited):
        server.client(max_wait=250).post("/x")
    assert len(server.slept) == 2
    assert sum(server.slept) <= 250


@pytest.mark.parametrize(("max_wait", "seconds"), [(300, 3000), (0, 1), (0, -5)])
def test_429_too_far_away_names_the_time(max_wait: float, seconds: float) -> None:
    server = Server(limited(seconds), ok())
    with pytest.raises(errors.RateLimited) as raised:
        server.client(max_wait=max_wait).post("/service")
    error = raised.value
    assert server.slept == []
    assert len(server.requests) == 1
    assert error.rate_limit is not None
    assert error.rate_limit.remaining == 0
    assert error.rate_limit.reset is not None
    moment = time.strftime("%H:%M:%S UTC", time.gmtime(error.rate_limit.reset))
    assert f"the limit starts anew at {moment}; run the same command again then" in str(error)
    assert not error.outcome_unknown


def test_429_without_a_time_waits_once() -> None:
    server = Server(refusal(429, "Slow down"))
    with pytest.raises(errors.RateLimited, match="POST /x: 429 Slow down"):
        server.client(max_wait=60).post("/x")
    assert server.slept == [60]


def test_rate_limit_of_other_refusals_is_kept() -> None:
    server = Server(refusal(409, Fastly_RateLimit_Remaining="17", Fastly_RateLimit_Reset="1450000000"))
    with pytest.raises(errors.Conflict) as raised:
        server.client().post("/x")
    assert raised.value.rate_limit == errors.RateLimit(17, 1450000000)


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


def test_forms_and_json() -> None:
    server = Server(ok())
    client = server.client()
    client.post("/x", {"name": "ä&b", "empty": ""})
    client.patch("/x", {"items": [{"op": "delete", "item_key": "a"}]})
    assert server.requests[0].content == b"name=%C3%A4%26b&empty="
    assert server.headers[0]["content-type"] == "application/x-www-form-urlencoded"
    assert server.requests[1].content.replace(b" ", b"") == b'{"items":[{"op":"delete","item_key":"a"}]}'


def test_empty_answer() -> None:
    assert Server(httpx.Response(204)).client().delete("/x") is None


@pytest.mark.parametrize("body", [b"<html>Log in to the hotel's network</html>", b"\xff\xfe{", b'{"id": "x'])
def test_success_that_is_no_json_is_no_success(body: bytes) -> None:
    server = Server(httpx.Response(200, content=body))
    with pytest.raises(errors.ConnectionFailed) as raised:
        server.client().post("/service")
    assert raised.value.outcome_unknown
    assert "is no JSON" in str(raised.value)
    assert len(server.requests) == 1


def test_answer_that_cannot_be_unpacked_is_none() -> None:
    packed = httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(b"not gzip"))

    def answer(_request: httpx.Request) -> httpx.Response:
        return packed

    client = Client(KEY, transport=httpx.MockTransport(answer), sleep=lambda _: None)
    with pytest.raises(errors.ConnectionFailed) as raised:
        client.post("/x")
    assert raised.value.outcome_unknown


# -------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, errors.BadRequest),
        (401, errors.Unauthorized),
        (403, errors.Forbidden),
        (404, errors.NotFound),
        (409, errors.Conflict),
        (418, errors.FastlyError),
        (422, errors.Unprocessable),
        (500, errors.ServerError),
        (502, errors.ServerError),
        (599, errors.ServerError),
    ],
)
def test_one_class_a_status(status: int, expected: type[errors.FastlyError]) -> None:
    with pytest.raises(errors.FastlyError) as raised:
        Server(refusal(status, "No", "because")).client().post("/service/x")
    error = raised.value
    assert type(error) is expected
    assert (error.method, error.path, error.status) == ("POST", "/service/x", status)
    assert (error.msg, error.detail) == ("No", "because")
    assert error.rate_limit == errors.RateLimit()
    assert str(error) == f"POST /service/x: {status} No: because"


def test_body_of_a_5xx() -> None:
    body = {"errors": [{"title": "Unknown Error Occurred", "detail": "Internal Server Error"}]}
    with pytest.raises(errors.ServerError, match="500 Unknown Error Occurred: Internal Server Error"):
        Server(httpx.Response(500, json=body)).client().post("/x")


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>\n<h1>503 Service Unavailable</h1>\n</html>", b"\xff", b"[]", b"null", b'"text"', b'{"errors": []}'],
)
def test_body_that_says_nothing(content: bytes) -> None:
    with pytest.raises(errors.ServerError) as raised:
        Server(httpx.Response(503, content=content)).client().post("/x")
    assert str(raised.value) == "POST /x: 503 Service Unavailable"
    assert raised.value.detail is None


def test_detail_that_is_no_text() -> None:
    with pytest.raises(errors.BadRequest, match=r"400 Bad request: \{'name': 'is taken'\}"):
        Server(httpx.Response(400, json={"msg": "Bad request", "detail": {"name": "is taken"}})).client().post("/x")


def test_message_is_one_line() -> None:
    with pytest.raises(errors.BadRequest) as raised:
        Server(refusal(400, "Bad\r\nrequest", "line 1\n\tline 2")).client().post("/x")
    assert str(raised.value) == "POST /x: 400 Bad request: line 1 line 2"


@pytest.mark.parametrize("failure", [BROKEN, READ_TIMEOUT, REFUSED, httpx.ReadError("")])
def test_no_answer_is_one_line_with_the_endpoint(failure: Exception) -> None:
    with pytest.raises(errors.ConnectionFailed) as raised:
        Server(failure).client().get("/service")
    text = str(raised.value)
    assert text.startswith("GET /service: ")
    assert "https://api.example.com" in text
    assert (str(failure) or type(failure).__name__) in text
    assert "\n" not in text
    assert raised.value.status is None


def test_gone() -> None:
    def gone(answer: httpx.Response) -> bool:
        with pytest.raises(errors.FastlyError) as raised:
            Server(answer).client().get("/x")
        return raised.value.is_gone

    assert gone(refusal(404, "Record not found", "Couldn't find Backend '{ name => b }'"))
    assert gone(refusal(400, "Bad request", "Service 'abc' is deleted"))
    assert not gone(refusal(404, "Record not found", "Cannot find 'service'"))
    assert not gone(refusal(400, "Bad request", "Name is too long"))
    assert not gone(httpx.Response(404, text="<html>no such page</html>"))
    assert not gone(refusal(401))
    assert not gone(refusal(500))


# -------------------------------------------------------------------- secrets


@pytest.mark.parametrize(
    "quoted",
    [
        SECRET,
        SECRET.replace("\n", " "),
        SECRET.replace("\n", "\\n"),
        "c4nary+1/2",
        "c4nary%2B1/2",
        "c4nary%2B1%2F2",
        f"key={KEY}",
    ],
)
def test_what_the_api_quotes_of_secrets_is_taken_out(quoted: str) -> None:
    server = Server(refusal(400, f"Invalid {quoted}", f"Invalid value '{quoted}' for ssl_client_key"))
    with pytest.raises(errors.BadRequest) as raised:
        server.client().put("/x", {"ssl_client_key": SECRET}, secrets=[SECRET])
    for text in (str(raised.value), repr(raised.value), raised.value.msg, str(raised.value.detail)):
        assert "c4nary" not in text
        assert KEY not in text
        assert "[secret]" in text or text == "Bad request"


def test_a_secret_that_begins_with_another() -> None:
    with pytest.raises(errors.BadRequest) as raised:
        Server(refusal(400, "Bad request", 'Bad "open" and "open\\"sesame"')).client().patch(
            "/x", {}, secrets=["open", 'open"sesame']
        )
    assert raised.value.detail == 'Bad "[secret]" and "[secret]"'


def test_reprs_and_logs(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server = Server(ok(), refusal(400), BROKEN)
    client = server.client()
    client.post("/x", {"ssl_client_key": SECRET}, secrets=[SECRET])
    told = [repr(client), str(client), repr(client._http), repr(client._http.auth), repr(client._http.headers)]
    for _ in range(2):
        with pytest.raises(errors.FastlyError) as raised:
            client.post("/x", {"ssl_client_key": SECRET}, secrets=[SECRET])
        error = raised.value
        told += [repr(error), repr(error.args), repr(vars(error)), repr(error.__cause__)]
    told += [repr(request) for request in server.requests]
    told += [repr(request.headers) for request in server.requests]
    told += [record.getMessage() for record in caplog.records]
    assert all(headers["fastly-key"] == KEY for headers in server.headers)
    assert not [text for text in told if KEY in text or "c4nary" in text]
