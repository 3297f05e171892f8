import pytest

from .declared import Declared

CONDITION = Declared("condition", name="api", type="REQUEST", statement='req.url ~ "^/api/"')
AS_ANSWERED = {
    "comment": "",
    "name": "api",
    "priority": "10",
    "service_id": "kKJb5bOFI47uHeBVluGfX1",
    "statement": 'req.url ~ "^/api/"',
    "type": "REQUEST",
    "version": "89",
}


def test_fields() -> None:
    assert CONDITION.fields() == {
        "name": ("name", "string", "required"),
        "type": ("type", "string", "required"),
        "statement": ("statement", "string", "required"),
        "priority": ("priority", "integer", 10),
        "comment": ("comment", "string", ""),
    }
    assert [f.name for f in CONDITION.schema.fields if f.immutable] == ["type"]


@pytest.mark.parametrize("name", ["REQUEST", "RESPONSE", "CACHE", "PREFETCH", "request"])
def test_types(name: str) -> None:
    assert CONDITION.check(type=name)["type"] == name.upper()


@pytest.mark.parametrize(
    ("values", "property_name", "text"),
    [
        ({"type": "DELIVER"}, "type", "type should be 'REQUEST', 'RESPONSE', 'CACHE' or 'PREFETCH'"),
        ({"type": None}, "type", "type is missing"),
        ({"statement": ""}, "statement", "statement"),
        ({"statement": None}, "statement", "statement is missing"),
        ({"priority": "first"}, "priority", "priority should be a valid integer"),
    ],
    ids=str,
)
def test_refused(values: dict[str, object], property_name: str, text: str) -> None:
    assert text in CONDITION.refusals(**values)[property_name]


def test_wire() -> None:
    assert CONDITION.post(priority=1.0) == {
        "name": "api",
        "type": "REQUEST",
        "statement": 'req.url ~ "^/api/"',
        "priority": "1",
    }
    assert CONDITION.put(AS_ANSWERED) == {}
    assert CONDITION.put({**AS_ANSWERED, "comment": "x", "priority": 5}) == {"comment": "", "priority": "10"}


@pytest.mark.parametrize("statement", [" a  b ", 'req.url~+"index.html"', "a\n&& b\n"])
def test_statements_round_trip_byte_for_byte(statement: str) -> None:
    assert CONDITION.post(statement=statement)["statement"] == statement
    assert CONDITION.put({**AS_ANSWERED, "statement": statement}, statement=statement) == {}


@pytest.mark.parametrize("priority", ["10", 10, 10.0, None])
def test_numbers_strings_and_null_read_back_as_declared(priority: object) -> None:
    assert CONDITION.read({**AS_ANSWERED, "priority": priority, "comment": None}) == CONDITION.check()
