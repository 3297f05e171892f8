"""Neither the key nor the values of secret properties are printed anywhere."""

import logging

import httpx
import pytest
from pulumi_fastly_dynamic.api import JsonBody, fastly_error

from .fake_server import KEY, Server, ok, refusal

SECRET = "-----BEGIN PRIVATE KEY-----\nc4nary+1/2\n-----END PRIVATE KEY-----\n"
BROKEN = httpx.RemoteProtocolError("Server disconnected without sending a response.")


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
    with pytest.raises(fastly_error.BadRequest) as raised:
        server.client().put("/x", {"ssl_client_key": SECRET}, secrets=[SECRET])
    for text in (str(raised.value), repr(raised.value), raised.value.msg, str(raised.value.detail)):
        assert "c4nary" not in text
        assert KEY not in text
        assert "[secret]" in text or text == "Bad request"


def test_a_secret_that_begins_with_another() -> None:
    with pytest.raises(fastly_error.BadRequest) as raised:
        Server(refusal(400, "Bad request", 'Bad "open" and "open\\"sesame"')).client().patch(
            "/x", JsonBody({}), secrets=["open", 'open"sesame']
        )
    assert raised.value.detail == 'Bad "[secret]" and "[secret]"'


def test_reprs_and_logs(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server = Server(ok(), refusal(400), BROKEN)
    client = server.client()
    client.post("/x", {"ssl_client_key": SECRET}, secrets=[SECRET])
    told = [repr(client), str(client), repr(client._http), repr(client._http.auth), repr(client._http.headers)]
    for _ in range(2):
        with pytest.raises(fastly_error.FastlyError) as raised:
            client.post("/x", {"ssl_client_key": SECRET}, secrets=[SECRET])
        error = raised.value
        told += [repr(error), repr(error.args), repr(vars(error)), repr(error.__cause__)]
    told += [repr(request) for request in server.requests]
    told += [repr(request.headers) for request in server.requests]
    told += [record.getMessage() for record in caplog.records]
    assert all(headers["fastly-key"] == KEY for headers in server.headers)
    assert not [text for text in told if KEY in text or "c4nary" in text]


@pytest.mark.parametrize("key", ["emulator", "k", "local-key"])
def test_short_key_does_not_eat_words(key: str) -> None:
    """Such a key is for the emulator: no key of Fastly is that short."""
    words = f"Injected by the {key}"
    with pytest.raises(fastly_error.ServerError) as raised:
        Server(refusal(500, words)).client(key=key).post("/x")
    assert raised.value.msg == words
