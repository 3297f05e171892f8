"""What a version holds, as a value."""

import pytest
from pulumi_fastly_dynamic.orchestration.snapshot import (
    NotRead,
    Snapshot,
    difference,
    initial_objects,
    objects_of,
)
from pulumi_fastly_dynamic.schema import KINDS, Group, ObjectRef

from .verdicts import (
    TTL,
    Rows,
    apex_redirect,
    backend,
    dictionary,
    dynamic_snippet,
    found,
    ref,
    settings,
    snippet,
    wordpress,
)

BOTH = Snapshot(5, {"snippet": objects_of("snippet", [snippet("a")[1], dynamic_snippet("b")[1]]), "backend": {}})


@pytest.mark.parametrize(
    ("rows", "expected", "text"),
    [
        (backend(), ("backend", "origin"), "Backend 'origin'"),
        (dictionary(), ("dictionary", "D1"), "Dictionary 'redirects'"),
        (snippet(), ("snippet", "code"), "Snippet 'code'"),
        (dynamic_snippet(), ("dynamic_snippet", "S2"), "DynamicSnippet 'code'"),
        (settings(), ("settings", "settings"), "Settings"),
        (wordpress(), ("wordpress", "blog"), "Wordpress 'blog'"),
        (apex_redirect(), ("apex-redirects", "apex"), "ApexRedirects 'apex'"),
    ],
)
def test_an_object_is_told_from_others(rows: Rows, expected: tuple[str, str], text: str) -> None:
    made = found(rows)
    assert (made.ref, str(made)) == (ObjectRef(*expected), text)
    assert ref(rows).collection == rows[0]


@pytest.mark.parametrize("dynamic", [None, "", 0, "0", False])
def test_kinds_that_share_a_list(dynamic: object) -> None:
    assert found(snippet(dynamic=dynamic)).schema is KINDS["snippet"]
    assert found(dynamic_snippet(dynamic=1)).schema is KINDS["dynamic_snippet"]


@pytest.mark.parametrize(
    ("rows", "made"),
    [(settings(), False), (settings(**TTL), True), (backend(), True), (wordpress(), True), (dictionary(), True)],
)
def test_a_singleton_with_the_apis_defaults_was_made_by_nobody(rows: Rows, made: bool) -> None:
    assert found(rows).is_made is made
    assert (Snapshot(5, {rows[0]: objects_of(*rows[:1], [rows[1]])}).made == {ref(rows)}) is made


@pytest.mark.parametrize("collection", sorted({s.collection for s in KINDS.values() if s.group is Group.OBJECT}))
def test_nobody_made_anything_in_a_new_version(collection: str) -> None:
    assert Snapshot(0, {collection: initial_objects(collection)}).made == frozenset()


HEADER = ObjectRef("header", "x")


@pytest.mark.parametrize(
    "ask",
    [
        lambda it: it[HEADER],
        lambda it: it.get(HEADER),
        lambda it: HEADER in it,
        lambda it: it.list_of("header"),
        lambda it: it.named(KINDS["header"], "x"),
        lambda it: it.of(KINDS["header"]),
        lambda it: it[ObjectRef("wordpress", "x")],
    ],
)
def test_what_was_not_read_is_not_nothing(ask) -> None:
    with pytest.raises(NotRead, match=r"list '(header|wordpress)' of version 5"):
        ask(BOTH)


def test_what_was_read_may_be_nothing() -> None:
    missing = ObjectRef("backend", "x")
    assert BOTH.get(missing) is None
    assert missing not in BOTH
    assert BOTH.of(KINDS["backend"]) == []
    with pytest.raises(KeyError):
        BOTH[missing]


def test_a_snapshot_holds_objects_of_all_its_lists() -> None:
    assert list(BOTH) == [("snippet", "a"), ("dynamic_snippet", "S2")]
    assert (len(BOTH), BOTH.collections) == (2, {"snippet", "backend"})
    assert [each.name for each in BOTH.of(KINDS["dynamic_snippet"])] == ["b"]


def test_a_name_may_be_taken_by_a_kind_that_shares_the_list() -> None:
    taken = BOTH.named(KINDS["snippet"], "b")
    assert taken is not None
    assert taken.schema is KINDS["dynamic_snippet"]
    assert BOTH.named(KINDS["snippet"], "c") is None


def test_a_snapshot_with_another_list_leaves_the_first_as_it_was() -> None:
    more = BOTH.with_list("backend", objects_of("backend", [backend()[1]]))
    assert (len(BOTH), len(more), more.number) == (2, 3, 5)


@pytest.mark.parametrize(
    ("wanted", "stored", "expected"),
    [
        (backend(), backend(), {}),
        (backend(port=443), backend(port="443"), {}),
        (backend(port=443), backend(), {"port": (443, 80)}),
        (backend(client_cert="a"), backend(), {}),  # no field of the schema
        (backend(ssl_client_key="a"), backend(ssl_client_key="b"), {}),
        (backend(ssl_client_key="a"), backend(), {"ssl_client_key": (True, False)}),
        (dynamic_snippet(content="a"), dynamic_snippet(content="b"), {}),  # in no version
        (snippet(content="a"), snippet(content="b"), {"content": ("a", "b")}),
    ],
)
def test_difference(wanted: Rows, stored: Rows, expected: dict[str, object]) -> None:
    asked, there = found(wanted), found(stored)
    assert difference(asked.schema, asked.values, there.values) == expected
