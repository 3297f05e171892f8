import pytest
from pulumi_fastly_dynamic.schema import ValueType, canonical, form_value


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        *[(kind, None, None) for kind in ValueType],
        *[(kind, "", None) for kind in ValueType if kind not in {ValueType.OTHER, ValueType.WORDS, ValueType.TEXT}],
        (ValueType.TEXT, "", ""),
        (ValueType.TEXT, None, None),
        (ValueType.TEXT, " a ", " a "),
        *[(ValueType.INTEGER, value, 443) for value in (443, "443", 443.0, "443.0")],
        *[(ValueType.BOOLEAN, value, True) for value in (True, 1, 1.0, "1", "true", "True")],
        *[(ValueType.BOOLEAN, value, False) for value in (False, 0, 0.0, "0", "false", "False")],
        (ValueType.STRING, "443", "443"),
        (ValueType.STRING, 443, "443"),
        (ValueType.STRING, 1.0, "1.0"),
        (ValueType.STRING, " a ", " a "),
        (ValueType.STRING, "-----BEGIN X-----\na\n \n", "-----BEGIN X-----\na"),
        (ValueType.STRINGS, ["b:1", "A: 2"], ["A: 2", "b: 1"]),
        (ValueType.STRINGS, '["b:1"]', ["b: 1"]),
        (ValueType.STRINGS, [], None),
        (ValueType.STRINGS, "[]", None),
        (ValueType.WORDS, "", []),
        (ValueType.WORDS, [], []),
        (ValueType.WORDS, " js  css js", ["css", "js"]),
        (ValueType.WORDS, ["js", "css"], ["css", "js"]),
        (ValueType.OTHER, "", ""),
        (ValueType.OTHER, {}, {}),
        (ValueType.OTHER, "-----BEGIN X\n", "-----BEGIN X\n"),
        (ValueType.OTHER, None, None),
    ],
)
def test_canonical(kind: ValueType, value: object, expected: object) -> None:
    found = canonical(kind, value)
    assert found == expected
    assert type(found) is type(expected)
    assert canonical(kind, found) == found


@pytest.mark.parametrize(
    ("value", "form"),
    [(None, ""), (True, "1"), (False, "0"), (0, "0"), (443, "443"), ("a b", "a b"), (["a: b"], '["a: b"]')],
    ids=repr,
)
def test_form_value(value, form: str) -> None:  # type: ignore[no-untyped-def]
    assert form_value(value) == form
