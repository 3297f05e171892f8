from typing import Annotated

import pytest
from pulumi_fastly_dynamic.schema import matching
from pulumi_fastly_dynamic.schema.limits import PathSegment
from pydantic import TypeAdapter, ValidationError

WORD = TypeAdapter(Annotated[str, matching("[a-z]+", "small letters")])


def test_matching() -> None:
    assert WORD.validate_python("abc") == "abc"


@pytest.mark.parametrize("text", ["", "Abc", "abc\n", " abc"])
def test_the_whole_text_must_match(text: str) -> None:
    with pytest.raises(ValidationError, match="must be small letters"):
        WORD.validate_python(text)


SEGMENT = TypeAdapter(PathSegment)


def test_segments() -> None:
    for text in ("a", "...", "a.b", " "):
        assert SEGMENT.validate_python(text) == text


@pytest.mark.parametrize(("text", "words"), [("", "is empty"), (".", "must not be '.' or '..'"), ("..", "must not be")])
def test_segments_that_urls_resolve(text: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        SEGMENT.validate_python(text)
