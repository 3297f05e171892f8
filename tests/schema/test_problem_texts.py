"""What check says of a value that is refused."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import pytest
from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from pulumi_fastly_dynamic.schema import Field, ValueType
from pulumi_fastly_dynamic.schema.limits import Host

Key = Annotated[str, MinLen(1), MaxLen(100)]

TEXTS: list[tuple[Any, Any, str]] = [
    (Annotated[int, Ge(1)], 0, "p must be at least 1 (it is 0)"),
    (Annotated[int, Le(65535)], 70000.0, "p must be at most 65535 (it is 70000)"),
    (Annotated[int, Gt(1)], 1, "p must be greater than 1 (it is 1)"),
    (Annotated[int, Lt(1)], 1, "p must be less than 1 (it is 1)"),
    (int, "x", "p must be a whole number"),
    (int, 1.5, "p must be a whole number"),
    (int, [], "p must be a whole number"),
    (bool, "perhaps", "p must be True or False"),
    (bool, [], "p must be True or False"),
    (str, 1, "p must be a string"),
    (Key, "", "p is empty"),
    (Key, "x" * 101, "p must have at most 100 characters"),
    (Literal["a", "b"], "c", "p must be 'a' or 'b'"),
    (list[str], "x", "p must be a list: write [...] around it"),
    (list[str], ["a", 1], "p[1] must be a string"),
    (Annotated[list[str], MinLen(1)], [], "p is empty"),
    (Annotated[list[str], MaxLen(1)], ["a", "b"], "p must have at most 1 elements"),
    (Annotated[list[Annotated[int, Le(1)]], MaxLen(9)], [2], "p[0] must be at most 1"),
    (Mapping[Key, str], ["a"], "p must be a dict of keys and values"),
    (dict[Key, str], "a", "p must be a dict of keys and values"),
    (Mapping[Key, str], {"/c": "x", "/b": 1}, "p['/b'] must be a string"),
    (Mapping[Key, str], {"": "x"}, "p: the key '' is empty"),
    (Mapping[Key, str], {"k" * 101: "x"}, f"p: the key '{'k' * 40}...' must have at most 100 characters"),
    (Host, "https://origin.example.com", "p {host}; write origin.example.com"),
    (Host, "http://origin.example.com:8080/path", "p {host}; write origin.example.com"),
    (Host, "origin.example.com.", "p {host}; write origin.example.com"),
    (Host, "origin.example.com/path", "p {host}; write origin.example.com"),
    (Host, "https://user:pw@origin.example.com", "p {host}"),
    (Host, "a host", "p {host}"),
]
HOST = "must be a host name or IP address, without scheme, path or a dot at its end"


def texts(field: Field, value: Any, *, quoting: bool) -> list[str]:
    return [problem.text for problem in field.validate(value, quoting=quoting)[1]]


def field_of(annotation: Any, *, secret: bool = False) -> Field:
    return Field("p", "p", ValueType.OTHER, annotation, secret=secret)


@pytest.mark.parametrize(("annotation", "value", "text"), TEXTS)
def test_texts(annotation: Any, value: Any, text: str) -> None:
    assert texts(field_of(annotation), value, quoting=True) == [text.format(host=HOST)]


HIDDEN: list[tuple[Any, Any, str]] = [
    (Annotated[int, Ge(1)], 0, "p must be at least 1"),
    (Mapping[Key, str], {"/c": "x", "/b": 1}, "p: a value must be a string"),
    (Mapping[Key, str], {"": "x"}, "p: a key is empty"),
    (Host, "https://origin.example.com", f"p {HOST}"),
]


@pytest.mark.parametrize(("annotation", "value", "text"), HIDDEN)
def test_what_may_be_secret_is_not_shown(annotation: Any, value: Any, text: str) -> None:
    assert texts(field_of(annotation), value, quoting=False) == [text]
    assert texts(field_of(annotation, secret=True), value, quoting=True) == [text]
