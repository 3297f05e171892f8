"""Compression: lists that are not given are Fastly's own, and empty ones are none."""

import pytest

from tests.cases import CASES

from .declared_kind import Declared

GZIP = Declared("gzip", name="text")
OF_THE_API = {"name": "text", **CASES["gzip"].answered}


def test_lists_that_are_not_given_are_those_of_the_api() -> None:
    assert GZIP.put(OF_THE_API) == {}
    assert GZIP.check() == GZIP.read(OF_THE_API)
    assert GZIP.schema.digest(GZIP.schema.from_row(OF_THE_API), "key") == GZIP.schema.digest(
        GZIP.schema.from_inputs({"name": "text"}), "key"
    )


def test_lists_that_are_not_given_are_sent() -> None:
    """What is stored does not depend on what Fastly's lists are today."""
    assert sorted(GZIP.post()["extensions"].split()) == sorted(OF_THE_API["extensions"].split())


@pytest.mark.parametrize("name", ["extensions", "content_types"])
def test_an_empty_list_is_none(name: str) -> None:
    assert GZIP.check(**{name: []})[name] == []
    assert GZIP.post(**{name: []})[name] == ""
    assert GZIP.put(OF_THE_API, **{name: []}) == {name: ""}
    assert GZIP.read({**OF_THE_API, name: ""})[name] == []
    assert GZIP.put({**OF_THE_API, name: ""}, **{name: []}) == {}
    assert GZIP.put({**OF_THE_API, name: ""})[name] != ""


def test_order_and_repetition_make_no_difference() -> None:
    assert GZIP.put({**OF_THE_API, "extensions": "js  css"}, extensions=["css", "js", "css"]) == {}
