import pytest

from tests.cases import CASES

from .declared_kind import Declared

HEALTHCHECK = Declared("healthcheck", name="check")
AS_ANSWERED = CASES["healthcheck"].row(HEALTHCHECK.least.get("name", ""), HEALTHCHECK.least)


def test_headers_travel_as_one_json_array() -> None:
    assert HEALTHCHECK.post(headers=["Foo:Bar", "Baz: Qux"])["headers"] == '["Baz: Qux", "Foo: Bar"]'
    assert "headers" not in HEALTHCHECK.post(headers=[])


@pytest.mark.parametrize("answered", [["Baz: Qux", "Foo: Bar"], ["Foo:Bar", "Baz:Qux"], '["Foo:Bar", "Baz:Qux"]'])
def test_neither_order_nor_spaces_of_headers_count(answered: object) -> None:
    assert HEALTHCHECK.put({**AS_ANSWERED, "headers": answered}, headers=["Foo:Bar", "Baz: Qux"]) == {}


def test_http_versions_read_back_as_text() -> None:
    assert HEALTHCHECK.read({**AS_ANSWERED, "http_version": 1.0})["http_version"] == "1.0"
