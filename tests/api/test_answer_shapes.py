"""A response of another shape than the API's is from someone else: a proxy, a login page."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from pulumi_fastly_dynamic.api import JsonBody, fastly_error
from pulumi_fastly_dynamic.api.client import Client

from .fake_server import ENDPOINT, Server, ok

Send = Callable[[Client], Any]
WRITES: list[Send] = [
    lambda client: client.post("/service", {"name": "www"}),
    lambda client: client.put("/x", {"a": "1"}),
    lambda client: client.put("/x", {"a": "1"}, repeatable=True),
    lambda client: client.patch("/x", JsonBody({"items": []})),
    lambda client: client.delete("/x"),
]
OBJECTS: list[Send] = [lambda client: client.get_object("/x"), *WRITES]
LISTS: list[Send] = [lambda client: client.get_list("/x"), lambda client: client.pages("/x")]
EITHER: list[Send] = [lambda client: client.get("/x")]

NEITHER = [b"null", b"{}", b"true", b"1", b'"text"', b"[1]", b'["name"]', b"[null]", b"[{}]", b'[{"id": "1"}, null]']
NOT_JSON = [b"<html>Log in to the hotel's network</html>", b"\xff\xfe{", b'{"id": "x', b"[" * 200_000]
EMPTY = b""


def refused(send: Send, content: bytes) -> fastly_error.ConnectionFailed:
    server = Server(httpx.Response(200, content=content))
    with pytest.raises(fastly_error.ConnectionFailed) as raised:
        send(server.client(endpoint_source="FASTLY_API_URL"))
    error = raised.value
    assert error.sent
    assert error.outcome_unknown == (error.method != "GET")
    assert f"the response from {ENDPOINT} is not " in str(error)
    assert str(error).endswith("check FASTLY_API_URL")
    return error


@pytest.mark.parametrize("send", [*OBJECTS, *LISTS, *EITHER])
@pytest.mark.parametrize("content", [*NEITHER, *NOT_JSON], ids=lambda content: repr(content[:12]))
def test_neither_object_nor_list_of_objects(send: Send, content: bytes) -> None:
    refused(send, content)


@pytest.mark.parametrize("send", OBJECTS)
@pytest.mark.parametrize("content", [b"[]", b'[{"id": "1"}]'])
def test_list_where_an_object_is_expected(send: Send, content: bytes) -> None:
    assert "is not a JSON object" in str(refused(send, content))


@pytest.mark.parametrize("send", LISTS)
def test_object_where_a_list_is_expected(send: Send) -> None:
    assert "is not a JSON list" in str(refused(send, b'{"id": "1"}'))


@pytest.mark.parametrize("send", [send for send in [*OBJECTS, *LISTS, *EITHER] if send is not WRITES[-1]])
def test_nothing(send: Send) -> None:
    refused(send, EMPTY)


@pytest.mark.parametrize("status", [200, 204])
def test_a_delete_may_answer_nothing(status: int) -> None:
    assert Server(httpx.Response(status)).client().delete("/x") == {}


def test_a_write_with_a_strange_answer_is_not_repeated() -> None:
    server = Server(ok([]))
    with pytest.raises(fastly_error.ConnectionFailed):
        server.client().post("/service")
    assert len(server.requests) == 1


def test_a_read_with_a_strange_answer_is_repeated() -> None:
    assert Server(ok([]), ok({"id": "1"})).client().get_object("/x") == {"id": "1"}


def test_expected_shapes() -> None:
    row = {"id": "1", "name": "a"}
    assert [send(Server(ok(row)).client()) for send in [*OBJECTS, *EITHER]] == [row] * len([*OBJECTS, *EITHER])
    for rows in ([], [row], [row, row]):
        assert [send(Server(ok(rows)).client()) for send in [*LISTS, *EITHER]] == [rows] * 3
    server = Server(ok(row))
    server.client().get_object("/x", {"a": 1})
    assert server.requests[0].url.query == b"a=1"


KEYED: list[tuple[Send, Any]] = [
    (lambda client: client.get_object("/x", keys=["id", "name"]), {"id": "1"}),
    (lambda client: client.get_list("/x", keys=["id", "name"]), [{"id": "1", "name": "a"}, {"id": "1"}]),
    (lambda client: client.pages("/x", keys=["id", "name"]), [{"id": "1"}]),
    (lambda client: client.post("/x", keys=["id", "name"]), {"id": "1"}),
    (lambda client: client.put("/x", keys=["id", "name"]), {"id": "1"}),
]


@pytest.mark.parametrize(("send", "body"), KEYED)
def test_keys_that_are_expected(send: Send, body: Any) -> None:
    with pytest.raises(fastly_error.ConnectionFailed, match="with the keys id, name"):
        send(Server(ok(body)).client())
    row = {"id": "1", "name": "a", "more": None}
    full = [row] if isinstance(body, list) else row
    assert send(Server(ok(full)).client()) == full


@pytest.mark.parametrize(
    "content", [b'{"id": "1"}', b'"text"', b"null", *NOT_JSON, EMPTY], ids=lambda text: repr(text[:12])
)
def test_no_list_of_anything(content: bytes) -> None:
    assert "is not " in str(refused(lambda client: client.get_array("/x"), content))


@pytest.mark.parametrize("content", [b"[]", b"[[1, null], true]"])
def test_a_list_of_anything(content: bytes) -> None:
    assert Server(httpx.Response(200, content=content)).client().get_array("/x") == json.loads(content)


@pytest.mark.parametrize("content", [b" <html>Log in</html>", b"\n", EMPTY])
def test_no_plain_text(content: bytes) -> None:
    assert "is not plain text" in str(refused(lambda client: client.get_text("/x"), content))


def test_plain_text() -> None:
    assert Server(httpx.Response(200, content=b"sub vcl_recv {}\n")).client().get_text("/x") == "sub vcl_recv {}\n"
