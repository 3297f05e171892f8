"""What a kind's schema makes of values, on a kind made up for it."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

import pytest
from pulumi_fastly_dynamic.schema import Body, Field, Identity, KindSchema, Presence, Problem, Values, ValueType
from pydantic import Field as Limits

UNKNOWN = object()


def _not_both(values: Mapping[str, Any]) -> Iterator[Problem]:
    if values.get("flag") and values.get("secret"):
        yield Problem("secret", "secret does not go with flag")


SCHEMA = KindSchema(
    kind="made_up",
    label="MadeUp",
    fields=(
        Field("name", "name", ValueType.STRING, str, required=True),
        Field("port", "api_port", ValueType.INTEGER, Annotated[int, Limits(ge=1)], default=80),
        Field("flag", "flag", ValueType.BOOLEAN, bool, default=False),
        Field("maybe", "maybe", ValueType.BOOLEAN, bool | None),
        Field("word", "word", ValueType.STRING, Literal["a", "b"] | None),
        Field("note", "note", ValueType.STRING, str, default=""),
        Field("secret", "secret", ValueType.STRING, str | None, secret=True),
        Field("lines", "lines", ValueType.STRINGS, list[str] | None),
        Field("content", "content", ValueType.STRING, str | None, unversioned=True),
        Field("force", "force", ValueType.BOOLEAN, bool, default=False, client_only=True),
    ),
    collection="made_up",
    constants={"dynamic": True},
    rules=(_not_both,),
)


def check(**inputs: Any) -> tuple[dict[str, Any], dict[str, str]]:
    checked, problems = SCHEMA.check(inputs, lambda value: value is UNKNOWN)
    return checked, {problem.property: problem.text for problem in problems}


def want(**inputs: Any) -> Values:
    return SCHEMA.from_inputs({"name": "x", **inputs})


def test_check_fills_in_defaults() -> None:
    assert check(name="x") == ({"name": "x", "port": 80, "flag": False, "note": "", "force": False}, {})


@pytest.mark.parametrize(
    ("inputs", "checked"),
    [
        ({"port": 443.0}, {"port": 443}),
        ({"port": "443"}, {"port": 443}),
        ({"flag": "1"}, {"flag": True}),
        ({"maybe": False}, {"maybe": False}),
        ({"note": "a"}, {"note": "a"}),
        ({"lines": ["b:1", "a: 1"]}, {"lines": ["a: 1", "b: 1"]}),
        ({"lines": []}, {}),
        ({"surplus": 1}, {}),
    ],
    ids=repr,
)
def test_check_mends_types(inputs: dict[str, Any], checked: dict[str, Any]) -> None:
    assert check(name="x", **inputs) == ({**check(name="x")[0], **checked}, {})


@pytest.mark.parametrize(
    ("inputs", "problems"),
    [
        ({"name": None}, {"name": "name is missing"}),
        ({"name": ""}, {"name": "name is empty"}),
        ({"port": 0.0}, {"port": "port must be at least 1"}),
        ({"port": ""}, {"port": "port must be a whole number"}),
        ({"port": 1.5}, {"port": "port must be a whole number"}),
        ({"word": "c"}, {"word": "word must be 'a' or 'b'"}),
        ({"lines": ["a", 1]}, {"lines": "lines[1] must be a string"}),
        ({"flag": True, "secret": "s"}, {"secret": "secret does not go with flag"}),
        ({"flag": UNKNOWN, "secret": "s"}, {}),
    ],
    ids=["missing", "empty", "limit", "no number", "fraction", "enum", "nested", "rule", "rule with an unknown"],
)
def test_check_names_the_property_and_the_fix(inputs: dict[str, Any], problems: dict[str, str]) -> None:
    assert check(**{"name": "x", **inputs})[1] == problems


def test_check_lets_unknowns_pass() -> None:
    checked, problems = check(name=UNKNOWN, port=UNKNOWN, secret=UNKNOWN)
    assert checked["name"] is checked["port"] is checked["secret"] is UNKNOWN
    assert problems == {}


def test_check_reports_everything_at_once() -> None:
    assert check(port=0, word="c")[1].keys() == {"name", "port", "word"}


def test_canonical_null_is_the_default() -> None:
    row = {"name": "x", "api_port": None, "flag": None, "maybe": None, "note": None, "lines": None}
    assert SCHEMA.from_row(row) == want() == SCHEMA.from_row({"name": "x"})
    assert want()["port"] == 80
    assert want()["maybe"] is None


def test_rows_are_read_by_wire_name_and_without_live_and_local_fields() -> None:
    values = SCHEMA.from_row({"name": "x", "api_port": "443", "content": "a", "force": True})
    assert values["port"] == 443
    assert values.keys().isdisjoint({"content", "force"})


def test_to_inputs_is_what_a_program_would_send() -> None:
    values = SCHEMA.from_row({"name": "x", "api_port": "443", "flag": "1", "word": ""})
    assert SCHEMA.to_inputs(values) == {"name": "x", "port": 443, "flag": True, "note": ""}


def test_create_form_leaves_out_what_is_empty_or_local() -> None:
    form = SCHEMA.create_form({**want(flag=True, word="", lines=["a: b"]), "content": "vcl", "force": True})
    assert form == {
        "name": "x",
        "api_port": "80",
        "flag": "1",
        "lines": '["a: b"]',
        "content": "vcl",
        "dynamic": "1",
    }


@pytest.mark.parametrize(
    ("have", "now", "form"),
    [
        ({}, {}, {}),
        ({"port": 443}, {}, {"api_port": "80"}),
        ({"word": "a", "lines": ["a: b"], "maybe": True}, {}, {"word": "", "lines": "", "maybe": ""}),
        ({}, {"maybe": False}, {"maybe": "0"}),
        ({"flag": True}, {}, {"flag": "0"}),
        ({"note": "x"}, {"note": ""}, {"note": ""}),
        ({"lines": ["a:1", "b:2"]}, {"lines": ["b: 2", "a: 1"]}, {}),
        ({}, {"content": "new", "force": True}, {}),
    ],
    ids=repr,
)
def test_update_body_sends_what_differs(have: dict[str, Any], now: dict[str, Any], form: dict[str, str]) -> None:
    assert SCHEMA.update_body(want(**now), want(**have)) == form


def test_update_body_sends_secrets_again_where_told() -> None:
    assert SCHEMA.update_body(want(secret="s"), want(secret="s")) == {}
    assert SCHEMA.update_body(want(secret="s"), want(secret="s"), with_secrets=True) == {"secret": "s"}
    assert SCHEMA.update_body(want(), want(secret="s"), with_secrets=True) == {"secret": ""}


def digest(**inputs: Any) -> str:
    return SCHEMA.digest(want(**inputs), "key")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"port": 80, "flag": False, "note": "", "maybe": None}),
        ({"secret": "one"}, {"secret": "other"}),
        ({"lines": ["a:1", "b: 2"]}, {"lines": ["b:2", "a: 1"]}),
        ({"note": "-----BEGIN X\n \n"}, {"note": "-----BEGIN X"}),
        ({"content": "a"}, {"content": "b"}),
        ({"force": True}, {}),
        ({"flag": "1"}, {"flag": True}),
    ],
    ids=["defaults", "secrets", "order", "PEM", "live", "local", "spelling"],
)
def test_digests_agree(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert digest(**one) == digest(**other)


@pytest.mark.parametrize(
    "inputs", [{"port": 81}, {"flag": True}, {"secret": "s"}, {"maybe": False}, {"maybe": True}, {"note": "a "}]
)
def test_digests_differ(inputs: dict[str, Any]) -> None:
    assert digest(**inputs) != digest()


def test_digests_are_frozen() -> None:
    """They are in the states of users' stacks."""
    assert digest() == "5d9b935561e1"
    assert digest(port=443, secret="s", lines=["b: 1"]) == "654ba5d2c492"


def test_a_later_release_that_knows_more_fields_agrees() -> None:
    later = KindSchema(
        kind="made_up",
        label="MadeUp",
        fields=(*SCHEMA.fields, Field("new", "new", ValueType.INTEGER, int, default=5)),
        collection="made_up",
    )
    row = {"name": "x", "api_port": 443}
    assert later.digest(later.from_row({**row, "new": "5"}), "key") == SCHEMA.digest(SCHEMA.from_row(row), "key")


def test_defaults() -> None:
    assert SCHEMA.is_default(SCHEMA.from_row(SCHEMA.defaults()))
    assert not SCHEMA.is_default(want())  # it has a name


@pytest.mark.parametrize(("row", "ours"), [("1", True), (1, True), (True, True), ("0", False), (0, False)])
def test_constants_tell_kinds_of_one_list_apart(row: object, ours: bool) -> None:
    assert SCHEMA.matches({"name": "x", "dynamic": row}) is ours


def test_fields_that_every_create_sends() -> None:
    schema = KindSchema("k", "K", (Field("size", "size", ValueType.INTEGER, int),), sent_always={"revision": "1"})
    assert schema.create_form({"size": 2}) == {"size": "2", "revision": "1"}


def test_an_update_in_json_keeps_types() -> None:
    fields = (
        Field("size", "a_size", ValueType.INTEGER, int),
        Field("on", "on", ValueType.BOOLEAN, bool, default=False),
        Field("word", "word", ValueType.STRING, str),
    )
    schema = KindSchema("k", "K", fields, body=Body.JSON)
    assert schema.update_body({"size": 2, "on": True, "word": None}, {"size": 1, "on": False, "word": "x"}) == {
        "a_size": 2,
        "on": True,
        "word": "",
    }


@pytest.mark.parametrize(("presence", "restored"), [("created", False), ("always", True), ("once written", True)])
def test_what_a_removal_restores(presence: str, *, restored: bool) -> None:
    assert KindSchema("k", "K", (), presence=Presence(presence)).is_restored is restored


def test_secrets() -> None:
    assert SCHEMA.is_secret("secret")
    assert not SCHEMA.is_secret("note")
    assert SCHEMA.secrets_of({"secret": "s", "note": "n"}) == ["s"]
    assert SCHEMA.secrets_of({"secret": None}) == []


def test_names_and_keys() -> None:
    by_id = KindSchema("k", "K", (), identity=Identity.ID)
    single = KindSchema("settings", "Settings", (), identity=Identity.SINGLETON)
    row = {"name": "x", "id": "7"}
    assert (SCHEMA.key_of(row), by_id.key_of(row), single.key_of(row)) == ("x", "7", "settings")
    assert (SCHEMA.describe("x"), single.describe("settings")) == ("MadeUp 'x'", "Settings")
