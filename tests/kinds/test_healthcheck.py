import pytest

from .declared import Declared

HEALTHCHECK = Declared("healthcheck", name="check")
AS_ANSWERED = {
    "check_interval": 5000,
    "comment": "",
    "expected_response": 200,
    "headers": [],
    "host": None,
    "http_version": "1.1",
    "initial": 3,
    "method": "HEAD",
    "name": "check",
    "path": None,
    "threshold": 3,
    "timeout": 5000,
    "version": 135,
    "window": 5,
}


def test_fields() -> None:
    assert HEALTHCHECK.fields() == {
        "name": ("name", "string", "required"),
        "host": ("host", "string", None),
        "path": ("path", "string", None),
        "method": ("method", "string", "HEAD"),
        "http_version": ("http_version", "string", "1.1"),
        "headers": ("headers", "strings", None),
        "expected_response": ("expected_response", "integer", 200),
        "check_interval": ("check_interval", "integer", 5000),
        "timeout": ("timeout", "integer", 5000),
        "window": ("window", "integer", 5),
        "threshold": ("threshold", "integer", 3),
        "initial": ("initial", "integer", 3),
        "comment": ("comment", "string", ""),
    }


@pytest.mark.parametrize(
    "values",
    [
        {"check_interval": 2500, "timeout": 1500, "threshold": 10, "initial": 10, "window": 5000},
        {"window": 2, "threshold": 2},
        {"headers": []},
        {"headers": ["Name:value", "Empty:"]},
        {"http_version": "1.0"},
        {"method": "GET"},
        {"threshold": 0, "initial": 0},
    ],
    ids=str,
)
def test_taken(values: dict[str, object]) -> None:
    assert HEALTHCHECK.refusals(**values) == {}


@pytest.mark.parametrize(
    ("values", "property_name", "text"),
    [
        ({"check_interval": 999}, "check_interval", "should be greater than or equal to 1000"),
        ({"check_interval": 3600001}, "check_interval", "should be less than or equal to 3600000"),
        ({"expected_response": 99}, "expected_response", "should be greater than or equal to 100"),
        ({"expected_response": 600}, "expected_response", "should be less than or equal to 599"),
        ({"timeout": 0}, "timeout", "should be greater than or equal to 1"),
        ({"window": 0}, "window", "should be greater than or equal to 1"),
        ({"threshold": 6}, "threshold", "threshold must not be greater than window"),
        ({"initial": -1}, "initial", "should be greater than or equal to 0"),
        ({"http_version": "2"}, "http_version", "should be '1.0' or '1.1'"),
        ({"headers": ["no colon"]}, "headers", "headers[0] must be a header line such as 'Name: value'"),
        ({"headers": ["a: b", "a: b\r\nc: d"]}, "headers", "headers[1] must be"),
        ({"headers": "Name: value"}, "headers", "should be a valid list"),
    ],
    ids=str,
)
def test_refused(values: dict[str, object], property_name: str, text: str) -> None:
    found = HEALTHCHECK.refusals(**values)
    assert found.keys() == {property_name}
    assert found[property_name].startswith(property_name)
    assert text in found[property_name]


def test_headers_travel_as_one_json_array() -> None:
    assert HEALTHCHECK.post(headers=["Foo:Bar", "Baz: Qux"])["headers"] == '["Baz: Qux", "Foo: Bar"]'
    assert "headers" not in HEALTHCHECK.post(headers=[])


@pytest.mark.parametrize("answered", [["Baz: Qux", "Foo: Bar"], ["Foo:Bar", "Baz:Qux"], '["Foo:Bar", "Baz:Qux"]'])
def test_neither_order_nor_spaces_of_headers_count(answered: object) -> None:
    assert HEALTHCHECK.put({**AS_ANSWERED, "headers": answered}, headers=["Foo:Bar", "Baz: Qux"]) == {}


def test_update() -> None:
    assert HEALTHCHECK.put(AS_ANSWERED) == {}
    had = {**AS_ANSWERED, "headers": ["Foo: Bar"], "host": "example.com", "method": "GET"}
    assert HEALTHCHECK.put(had) == {"headers": "", "host": "", "method": "HEAD"}


@pytest.mark.parametrize(
    "row",
    [
        {"check_interval": "5000", "window": "5", "http_version": 1.1, "headers": None},
        {"check_interval": None, "window": None, "http_version": None, "method": None, "headers": ""},
    ],
    ids=str,
)
def test_numbers_strings_and_null_read_back_as_declared(row: dict[str, object]) -> None:
    assert HEALTHCHECK.read({**AS_ANSWERED, **row}) == HEALTHCHECK.check()


def test_http_versions_read_back_as_text() -> None:
    assert HEALTHCHECK.read({**AS_ANSWERED, "http_version": 1.0})["http_version"] == "1.0"
