"""What the client raises."""

import httpx
import pytest
from pulumi_fastly_dynamic.api import fastly_error

from .fake_server import Server, refusal

BROKEN = httpx.RemoteProtocolError("Server disconnected without sending a response.")
READ_TIMEOUT = httpx.ReadTimeout("timed out")
REFUSED = httpx.ConnectError("connection refused")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, fastly_error.BadRequest),
        (401, fastly_error.Unauthorized),
        (403, fastly_error.Forbidden),
        (404, fastly_error.NotFound),
        (409, fastly_error.Conflict),
        (418, fastly_error.FastlyError),
        (422, fastly_error.Unprocessable),
        (500, fastly_error.ServerError),
        (502, fastly_error.ServerError),
        (599, fastly_error.ServerError),
    ],
)
def test_one_class_a_status(status: int, expected: type[fastly_error.FastlyError]) -> None:
    with pytest.raises(fastly_error.FastlyError) as raised:
        Server(refusal(status, "No", "because")).client().post("/service/x")
    error = raised.value
    assert type(error) is expected
    assert (error.method, error.path, error.status) == ("POST", "/service/x", status)
    advice = {401: "; check the API key", 403: "; check the role and scope of the API key"}
    detail = "because" + advice.get(status, "")
    assert (error.msg, error.detail) == ("No", detail)
    assert error.rate_limit == fastly_error.RateLimit()
    assert str(error) == f"POST /service/x: {status} No: {detail}"


def test_body_of_a_5xx() -> None:
    body = {"errors": [{"title": "Unknown Error Occurred", "detail": "Internal Server Error"}]}
    with pytest.raises(fastly_error.ServerError, match="500 Unknown Error Occurred: Internal Server Error"):
        Server(httpx.Response(500, json=body)).client().post("/x")


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>\n<h1>503 Service Unavailable</h1>\n</html>", b"\xff", b"[]", b"null", b'"text"', b'{"errors": []}'],
)
def test_body_that_says_nothing(content: bytes) -> None:
    with pytest.raises(fastly_error.ServerError) as raised:
        Server(httpx.Response(503, content=content)).client().post("/x")
    assert str(raised.value) == "POST /x: 503 Service Unavailable"
    assert raised.value.detail is None


def test_detail_that_is_no_text() -> None:
    with pytest.raises(fastly_error.BadRequest, match=r"400 Bad request: \{'name': 'is taken'\}"):
        Server(httpx.Response(400, json={"msg": "Bad request", "detail": {"name": "is taken"}})).client().post("/x")


def test_words_of_problem_json() -> None:
    problem = {"type": "https://...", "title": "Bad request", "detail": "WebP quality must be less than 101."}
    answer = httpx.Response(400, json=problem, headers={"Content-Type": "application/problem+json"})
    with pytest.raises(fastly_error.BadRequest, match=r"400 Bad request: WebP quality must be less than 101\.$"):
        Server(answer).client().post("/x")


def test_message_is_one_line() -> None:
    with pytest.raises(fastly_error.BadRequest) as raised:
        Server(refusal(400, "Bad\r\nrequest", "line 1\n\tline 2")).client().post("/x")
    assert str(raised.value) == "POST /x: 400 Bad request: line 1 line 2"


@pytest.mark.parametrize("failure", [BROKEN, READ_TIMEOUT, REFUSED, httpx.ReadError("")])
def test_no_answer_is_one_line_with_the_endpoint(failure: Exception) -> None:
    with pytest.raises(fastly_error.ConnectionFailed) as raised:
        Server(failure).client().get("/service")
    text = str(raised.value)
    assert text.startswith("GET /service: ")
    assert "https://api.example.com" in text
    assert (str(failure) or type(failure).__name__) in text
    assert "\n" not in text
    assert raised.value.status is None


def test_gone() -> None:
    def gone(answer: httpx.Response) -> bool:
        with pytest.raises(fastly_error.FastlyError) as raised:
            Server(answer).client().get("/x")
        return raised.value.is_gone

    assert gone(refusal(404, "Record not found", "Couldn't find Backend '{ name => b }'"))
    assert gone(refusal(400, "Bad request", "Service 'abc' is deleted"))
    assert not gone(refusal(404, "Record not found", "Cannot find 'service'"))
    assert not gone(refusal(404, "Record not found", "Cannot find '/typo/service/abc'"))  # a wrong endpoint
    assert not gone(refusal(404, "Record not found"))
    assert not gone(refusal(400, "Bad request", "Name is too long"))
    assert not gone(httpx.Response(404, text="<html>no such page</html>"))
    assert not gone(refusal(401))
    assert not gone(refusal(500))


@pytest.mark.parametrize("source", ["fastly:apiKey", "FASTLY_API_KEY"])
def test_401_names_where_the_key_is_from(source: str) -> None:
    server = Server(refusal(401, "Provided credentials are missing or invalid"))
    with pytest.raises(fastly_error.Unauthorized) as raised:
        server.client(key_source=source).get("/service")
    assert str(raised.value) == f"GET /service: 401 Provided credentials are missing or invalid: check {source}"


def test_401_with_a_detail_of_its_own() -> None:
    with pytest.raises(fastly_error.Unauthorized, match="401 No: because; check the API key"):
        Server(refusal(401, "No", "because")).client().get("/service")
