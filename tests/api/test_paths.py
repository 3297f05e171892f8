import pytest
from pulumi_fastly_dynamic.api import InvalidPath, path


def test_segments_are_encoded() -> None:
    assert path("service", "a/b c", "version", 2) == "/service/a%2Fb%20c/version/2"


@pytest.mark.parametrize("name", ["...", ".a", "a.", "a..b", " ", "%2e%2e", "../x"])
def test_names_that_stay_names(name: str) -> None:
    assert path("header", name).count("/") == 2


@pytest.mark.parametrize("segment", ["", ".", ".."])
@pytest.mark.parametrize("position", [0, 1, 2])
def test_segments_that_would_make_another_url(segment: str, position: int) -> None:
    segments = ["service", "abc", "backend"]
    segments[position] = segment
    with pytest.raises(InvalidPath, match="no request was sent") as raised:
        path(*segments)
    assert repr(segment) in str(raised.value)
