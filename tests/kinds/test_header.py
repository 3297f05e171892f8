import pytest

from .declared import Declared

HEADER = Declared("header", name="x-api", action="set", type="request", dst="http.X-Api", src='"1"')
AS_ANSWERED = {
    "action": "set",
    "cache_condition": None,
    "dst": "http.X-Api",
    "ignore_if_set": "0",
    "name": "x-api",
    "priority": "100",
    "regex": "",
    "request_condition": None,
    "response_condition": None,
    "src": '"1"',
    "substitution": "",
    "type": "request",
    "version": "67",
}


def test_fields() -> None:
    optional = ("src", "regex", "substitution", "request_condition", "cache_condition", "response_condition")
    assert HEADER.fields() == {
        **{name: (name, "string", "required") for name in ("name", "action", "type", "dst")},
        **{name: (name, "string", None) for name in optional},
        "ignore_if_set": ("ignore_if_set", "boolean", False),
        "priority": ("priority", "integer", 100),
    }


def test_references() -> None:
    assert {f.name: f.reference.type for f in HEADER.schema.fields if f.reference} == {
        "request_condition": "REQUEST",
        "cache_condition": "CACHE",
        "response_condition": "RESPONSE",
    }


@pytest.mark.parametrize("action", ["set", "append", "delete", "regex", "regex_repeat"])
def test_actions(action: str) -> None:
    assert HEADER.check(action=action, regex="x")["action"] == action


@pytest.mark.parametrize("where", ["request", "fetch", "cache", "response"])
def test_types(where: str) -> None:
    assert HEADER.check(type=where)["type"] == where


@pytest.mark.parametrize(
    ("values", "refusals"),
    [
        ({"action": "put"}, {"action": "should be 'set', 'append', 'delete', 'regex' or 'regex_repeat'"}),
        ({"type": "deliver"}, {"type": "should be 'request', 'fetch', 'cache' or 'response'"}),
        ({"dst": ""}, {"dst": "dst is empty"}),
        ({"src": None}, {"src": "src is empty: the actions 'set' and 'append' need"}),
        ({"src": "", "action": "append"}, {"src": "src is empty: the actions 'set' and 'append' need"}),
        ({"action": "regex"}, {"regex": "regex is empty: the actions 'regex' and 'regex_repeat' need"}),
        (
            {"action": "regex_repeat", "regex": ""},
            {"regex": "regex is empty: the actions 'regex' and 'regex_repeat' need"},
        ),
        ({"src": None, "action": "delete"}, {}),
        ({"ignore_if_set": "sometimes"}, {"ignore_if_set": "should be a valid boolean"}),
    ],
    ids=str,
)
def test_refused(values: dict[str, object], refusals: dict[str, str]) -> None:
    found = HEADER.refusals(**values)
    assert found.keys() == refusals.keys()
    assert all(part in found[name] for name, part in refusals.items())


def test_an_unknown_source_is_not_judged() -> None:
    unknown = object()
    values = {"name": "x", "action": "set", "type": "request", "dst": "http.X", "src": unknown}
    checked, problems = HEADER.schema.check(values, lambda value: value is unknown)
    assert problems == []
    assert checked["src"] is unknown


def test_wire() -> None:
    assert HEADER.post(ignore_if_set=True) == {
        "name": "x-api",
        "action": "set",
        "type": "request",
        "dst": "http.X-Api",
        "src": '"1"',
        "ignore_if_set": "1",
        "priority": "100",
    }
    assert HEADER.put(AS_ANSWERED) == {}
    had = {**AS_ANSWERED, "request_condition": "api", "regex": "a", "ignore_if_set": "1"}
    assert HEADER.put(had) == {"request_condition": "", "regex": "", "ignore_if_set": "0"}


@pytest.mark.parametrize(
    "row",
    [
        {"ignore_if_set": 0, "priority": 100, "regex": None},
        {"ignore_if_set": False, "priority": None, "request_condition": ""},
        {"ignore_if_set": None},
    ],
    ids=str,
)
def test_numbers_strings_and_null_read_back_as_declared(row: dict[str, object]) -> None:
    assert HEADER.read({**AS_ANSWERED, **row}) == HEADER.check()
