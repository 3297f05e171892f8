import pytest

from tests.cases import CASES

from .declared_kind import Declared

SNIPPET = Declared("snippet", name="recv 1", type="recv", content="#vcl\n")
AS_ANSWERED = CASES["snippet"].row(SNIPPET.least.get("name", ""), SNIPPET.least)


@pytest.mark.parametrize("dynamic", ["0", 0, False, None])
def test_it_is_told_from_a_dynamic_one(dynamic: object) -> None:
    assert SNIPPET.schema.matches({**AS_ANSWERED, "dynamic": dynamic})
