import pytest

from tests.cases import CASES

from .declared_kind import Declared

CONDITION = Declared("condition", name="api", type="REQUEST", statement='req.url ~ "^/api/"')
AS_ANSWERED = CASES["condition"].row(CONDITION.least.get("name", ""), CONDITION.least)


@pytest.mark.parametrize("statement", [" a  b ", 'req.url~+"index.html"', "a\n&& b\n"])
def test_statements_round_trip_byte_for_byte(statement: str) -> None:
    assert CONDITION.post(statement=statement)["statement"] == statement
    assert CONDITION.put({**AS_ANSWERED, "statement": statement}, statement=statement) == {}
