import pytest

from .declared import Declared

SNIPPET = Declared("snippet", name="recv 1", type="recv", content="#vcl\n")
AS_ANSWERED = {
    "content": "#vcl\n",
    "dynamic": "0",
    "id": "i33J0p7U8HIVZDGqxncM92",
    "name": "recv 1",
    "priority": "100",
    "type": "recv",
    "version": "36",
}
TYPES = ("init", "recv", "hash", "hit", "miss", "pass", "fetch", "error", "deliver", "log", "none")


def test_fields() -> None:
    assert SNIPPET.fields() == {
        **{name: (name, "string", "required") for name in ("name", "type", "content")},
        "priority": ("priority", "integer", 100),
    }


@pytest.mark.parametrize("where", TYPES)
def test_types(where: str) -> None:
    assert SNIPPET.check(type=where)["type"] == where


@pytest.mark.parametrize("name", ["a", "A-b_c.d e9"])
def test_names(name: str) -> None:
    assert SNIPPET.check(name=name)["name"] == name


@pytest.mark.parametrize(
    ("values", "property_name", "text"),
    [
        ({"name": "1a"}, "name", "name must be a letter, then letters, digits, '_', '-', '.' and spaces"),
        ({"name": "a/b"}, "name", "name must be a letter"),
        ({"name": "a\n"}, "name", "name must be a letter"),
        ({"type": "receive"}, "type", "should be 'init', 'recv'"),
        ({"content": ""}, "content", "content"),
        ({"content": None}, "content", "content is missing"),
    ],
    ids=str,
)
def test_refused(values: dict[str, object], property_name: str, text: str) -> None:
    assert text in SNIPPET.refusals(**values)[property_name]


def test_wire() -> None:
    assert SNIPPET.post(priority=5) == {
        "name": "recv 1",
        "type": "recv",
        "content": "#vcl\n",
        "priority": "5",
        "dynamic": "0",
    }
    assert SNIPPET.put(AS_ANSWERED) == {}
    assert SNIPPET.put(AS_ANSWERED, content="#vcl2", priority=1) == {"content": "#vcl2", "priority": "1"}


@pytest.mark.parametrize("dynamic", ["0", 0, False, None])
def test_it_is_told_from_a_dynamic_one(dynamic: object) -> None:
    assert SNIPPET.schema.matches({**AS_ANSWERED, "dynamic": dynamic})


@pytest.mark.parametrize("priority", ["100", 100, None])
def test_numbers_strings_and_null_read_back_as_declared(priority: object) -> None:
    assert SNIPPET.read({**AS_ANSWERED, "priority": priority}) == SNIPPET.check()
