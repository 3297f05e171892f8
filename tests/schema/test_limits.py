from collections.abc import Mapping
from typing import Annotated

import pytest
from pulumi_fastly_dynamic.schema import matching
from pulumi_fastly_dynamic.schema.limits import ByPosition, PathSegment
from pydantic import TypeAdapter, ValidationError

WORD = TypeAdapter(Annotated[str, matching("[a-z]+", "small letters")])


def test_matching() -> None:
    assert WORD.validate_python("abc") == "abc"


@pytest.mark.parametrize("text", ["", "Abc", "abc\n", " abc"])
def test_the_whole_text_must_match(text: str) -> None:
    with pytest.raises(ValidationError, match="must be small letters"):
        WORD.validate_python(text)


SEGMENT = TypeAdapter(PathSegment)
BY_POSITION = TypeAdapter(Annotated[Mapping[str, int], ByPosition()])


def test_segments() -> None:
    for text in ("a", "...", "a.b", " "):
        assert SEGMENT.validate_python(text) == text


@pytest.mark.parametrize(("text", "words"), [("", "is empty"), (".", "must not be '.' or '..'"), ("..", "must not be")])
def test_segments_that_urls_resolve(text: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        SEGMENT.validate_python(text)


def test_entries_are_named_by_position() -> None:
    assert BY_POSITION.validate_python({"a": 1}) == {"a": 1}
    with pytest.raises(ValidationError) as raised:
        BY_POSITION.validate_python({"a": 1, "b": "x", 3: "y"})
    assert [row["loc"] for row in raised.value.errors()] == [(1,), (2,), (2,)]
    assert "'b'" not in str(raised.value.errors(include_input=False))


def test_what_is_no_mapping_has_no_positions() -> None:
    with pytest.raises(ValidationError) as raised:
        BY_POSITION.validate_python(["a"])
    assert [row["loc"] for row in raised.value.errors()] == [()]
