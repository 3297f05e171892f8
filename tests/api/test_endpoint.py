"""To which endpoints a key is sent, and what the refusal of another says."""

import httpx
import pytest
from pulumi_fastly_dynamic.api import fastly_error
from pulumi_fastly_dynamic.api.client import InvalidEndpoint

from .fake_server import Server, ok

REFUSED = httpx.ConnectError("[Errno 111] Connection refused")


@pytest.mark.parametrize(
    ("endpoint", "text"),
    [
        ("http://api.fastly.com", "only sent over plain http to a loopback address"),
        ("http://192.0.2.1:7070", "only sent over plain http to a loopback address"),
        ("http://127.0.0.1.example.com", "only sent over plain http to a loopback address"),
        ("http://localhost.example.com", "only sent over plain http to a loopback address"),
        ("http://127.0.0.1\\.example.com", "only sent over plain http to a loopback address"),
        ("http://[2001:db8::1]", "only sent over plain http to a loopback address"),
        ("HTTP://api.fastly.com", "only sent over plain http to a loopback address"),
        ("api.fastly.com", "'api.fastly.com' has no scheme: write https://api.fastly.com"),
        ("//api.fastly.com", "'//api.fastly.com' has no scheme: write https://api.fastly.com"),
        ("192.0.2.1:7070", "'192.0.2.1:7070' has no scheme: write https://192.0.2.1:7070"),
        ("127.0.0.1:7070", "'127.0.0.1:7070' has no scheme: write http://127.0.0.1:7070"),
        ("localhost:7070", "'localhost:7070' has no scheme: write http://localhost:7070"),
        ("[::1]:7070", "'[::1]:7070' has no scheme: write http://[::1]:7070"),
        ("ftp://127.0.0.1", "is not a URL such as https://api.fastly.com"),
        ("https://", "is not a URL such as https://api.fastly.com"),
        ("http://", "is not a URL such as https://api.fastly.com"),
        ("https:api.fastly.com", "is not a URL such as https://api.fastly.com"),
        ("http://[::1", "is not a URL such as https://api.fastly.com"),
        ("http://127.0.0.1:port", "is not a URL such as https://api.fastly.com"),
        ("http://127.0.0.1:99999", "is 'http://127.0.0.1:99999': port 99999 is not from 1 to 65535"),
        ("http://127.0.0.1:0", "port 0 is not from 1 to 65535"),
        ("https://a\nb", "is not a URL such as https://api.fastly.com"),
        ("", "is not a URL such as https://api.fastly.com"),
    ],
)
def test_key_goes_to_no_such_endpoint(endpoint: str, text: str) -> None:
    server = Server(ok())
    with pytest.raises(InvalidEndpoint) as raised:
        server.client(endpoint=endpoint, endpoint_source="FASTLY_API_URL")
    assert str(raised.value).startswith("FASTLY_API_URL")
    assert text in str(raised.value)
    assert server.requests == []


def test_without_a_source_the_words_are_neutral() -> None:
    with pytest.raises(InvalidEndpoint, match=r"^the endpoint 'api\.fastly\.com' has no scheme"):
        Server().client(endpoint="api.fastly.com")


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://user:c4nary@127.0.0.1:7070",
        "http://c4nary@127.0.0.1",
        "https://user:c4nary@api.fastly.com",
        "http://127.0.0.1@example.com/c4nary",
        "user:c4nary@127.0.0.1:7070",
        "http://user:c4nary%40127.0.0.1:7070",
        "https://user:c4nary%40api.fastly.com",
        "https://api.fastly.com/?token=c4nary",
        "https://api.fastly.com/#c4nary",
    ],
)
def test_credentials_in_the_endpoint_are_refused_and_not_printed(endpoint: str) -> None:
    with pytest.raises(InvalidEndpoint) as raised:
        Server().client(endpoint=endpoint)
    assert "c4nary" not in f"{raised.value!r} {raised.value} {raised.value.__cause__} {raised.value.__context__}"


@pytest.mark.parametrize(
    "endpoint",
    ["http://127.0.0.1:7070", "http://localhost:7070", "http://[::1]:7070", "http://127.1.2.3", "https://example.com"],
)
def test_key_goes_to_loopback_and_over_https(endpoint: str) -> None:
    server = Server(ok())
    server.client(endpoint=f" {endpoint}\n").get("/service")
    assert str(server.requests[0].url) == f"{endpoint}/service"


@pytest.mark.parametrize(
    ("endpoint", "command"),
    [
        ("http://127.0.0.1:7070", "`fastly-emulator --port 7070`"),
        ("http://localhost:23999", "`fastly-emulator --port 23999`"),
        ("http://127.0.0.1", "`fastly-emulator --port 80`"),
    ],
)
def test_nothing_listens_on_loopback(endpoint: str, command: str) -> None:
    with pytest.raises(fastly_error.ConnectionFailed) as raised:
        Server(REFUSED).client(endpoint=endpoint, endpoint_source="fastly:endpoint").get("/service")
    assert str(raised.value) == (
        f"GET /service: cannot connect to {endpoint} ([Errno 111] Connection refused): "
        f"start the emulator with {command}, or correct fastly:endpoint"
    )


def test_nothing_listens_elsewhere() -> None:
    with pytest.raises(fastly_error.ConnectionFailed) as raised:
        Server(REFUSED).client().get("/service")
    assert "emulator" not in str(raised.value)
