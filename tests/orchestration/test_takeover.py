"""A service that is taken over: what is refused before the first write, and what is left as it is."""

from typing import Any

import pytest
from pulumi_fastly_dynamic.orchestration import (
    CONTAINERS,
    Declared,
    ObjectExists,
    UndeclaredObjects,
    check_takeover,
)

from .conftest import Stack

ORIGIN = {"backend/origin": {"address": "a.example.com"}}
MOVED = {"backend/origin": {"address": "b.example.com"}}
CODE = 'set req.http.X = "1";'
HEADER = {"action": "set", "type": "request", "dst": "http.X", "src": '"1"'}

OTHERS: dict[str, tuple[str, dict[str, Any]]] = {
    # What someone made, and how a message names it.
    "domain": ("Domain 'theirs'", {}),
    "backend": ("Backend 'theirs'", {"address": "x.example.com"}),
    "snippet": ("Snippet 'theirs'", {"type": "recv", "content": CODE}),
    "dictionary": ("Dictionary 'theirs'", {}),
    "acl": ("Acl 'theirs'", {}),
    "gzip": ("Gzip 'theirs'", {}),
    "response_object": ("ResponseObject 'theirs'", {}),
    "request_settings": ("RequestSettings 'theirs'", {}),
    "cache_settings": ("CacheSettings 'theirs'", {}),
    "director": ("Director 'theirs'", {}),
    "vcl": ("Vcl 'theirs'", {"content": "sub x {}"}),
}


@pytest.fixture
def served(taken: Stack) -> Stack:
    """A service that someone made, with one backend that is as the program says, and a comment."""
    taken.api("PUT", "version/1", comment="theirs")
    return taken


def start(stack: Stack) -> None:
    stack.api("PUT", "version/1/activate")
    stack.take_over()
    stack.clear()


def declared(*, live: dict[str, Any] | None = None, **more: Any) -> tuple[Declared, ...]:
    return (Declared("backend", "origin"), *(Declared(kind, name, live or {}) for kind, name in more.items()))


@pytest.mark.parametrize("kind", OTHERS)
def test_undeclared_objects_are_refused_before_the_first_write(served: Stack, kind: str) -> None:
    name, form = OTHERS[kind]
    served.api("POST", f"version/1/{kind}", name="theirs", **form)
    start(served)
    for refused in (lambda: check_takeover(served.process(), declared()), lambda: served.up(ORIGIN)):
        with pytest.raises(UndeclaredObjects, match=f"version 1 .* does not declare: {name}. ") as refusal:
            refused()
        assert "adopt=True" in str(refusal.value)
    assert served.writes == []


def test_undeclared_settings_are_refused_before_the_first_write(served: Stack) -> None:
    served.api("PUT", "version/1/settings", **{"general.default_ttl": "60"})
    start(served)
    with pytest.raises(UndeclaredObjects, match=r"does not declare: Settings\. "):
        check_takeover(served.process(), declared())
    check_takeover(served.process(), declared(settings="settings"))
    assert served.writes == []


@pytest.mark.usefixtures("cache_settings_without_class")
def test_all_undeclared_objects_are_named_at_once(served: Stack) -> None:
    for kind, (_, form) in OTHERS.items():
        served.api("POST", f"version/1/{kind}", name="theirs", **form)
    start(served)
    with pytest.raises(UndeclaredObjects) as refusal:
        check_takeover(served.process(), declared())
    assert all(name in str(refusal.value) for name, _ in OTHERS.values())
    assert "where this package has their kind" in str(refusal.value)


def test_adopt_leaves_undeclared_objects_as_they_are(served: Stack) -> None:
    for kind, (_, form) in OTHERS.items():
        served.api("POST", f"version/1/{kind}", name="theirs", **form)
    start(served)
    served.adopt = True
    assert served.up(MOVED).number == 2
    assert all("theirs" in served.names(kind) for kind in OTHERS)


def test_an_object_with_other_content_is_refused_before_the_first_write(served: Stack) -> None:
    start(served)
    with pytest.raises(ObjectExists, match=r"Backend 'origin' already exists in version 1 .* with other content"):
        served.up(MOVED)
    assert served.writes == []


def test_a_service_that_is_as_the_program_says_is_not_written_to(served: Stack) -> None:
    start(served)
    check_takeover(served.process(), declared())
    assert served.up(ORIGIN).number == 1
    assert served.writes == []
    assert served.comment(1) == "theirs"


def test_someone_elses_comment_on_the_version_that_serves_is_left_alone(served: Stack) -> None:
    start(served)
    assert served.up(ORIGIN, comment="").number == 1
    served.refresh()
    assert served.up(ORIGIN).number == 1
    assert (served.writes, served.comment(1)) == ([], "theirs")


# ------------------------------------------------------------------------ live content


def row(stack: Stack, kind: str) -> str:
    """The id of the object that someone made."""
    return str(stack.emulator.services[stack.service].versions[1].of(kind)["theirs"]["id"])


@pytest.fixture
def filled(served: Stack) -> Stack:
    """The same with a dictionary, an ACL and a dynamic snippet that hold something."""
    for kind, form in (("dictionary", {}), ("acl", {}), ("snippet", {"type": "recv", "dynamic": 1, "content": CODE})):
        served.api("POST", f"version/1/{kind}", name="theirs", **form)
    served.items(f"dictionary/{row(served, 'dictionary')}/items", {"op": "create", "item_key": "a", "item_value": "1"})
    served.items(f"acl/{row(served, 'acl')}/entries", {"op": "create", "ip": "192.0.2.1", "comment": "c"})
    start(served)
    return served


ENTRY = {"negated": 0, "comment": "c"}

LIVE = [
    # The kind, what is declared of it, and whether it conflicts.
    ("dictionary", {}, {"a": {"item_value": "1"}}, False),
    ("dictionary", {}, {"b": {"item_value": "1"}}, False),
    ("dictionary", {}, {}, False),
    ("dictionary", {}, {"a": {"item_value": "2"}}, True),
    ("acl", {}, {"192.0.2.1": ENTRY}, False),
    ("acl", {}, {"192.0.2.0/24": ENTRY}, False),
    ("acl", {}, {"192.0.2.1": {**ENTRY, "negated": 1}}, True),
    ("acl", {}, {"192.0.2.1": {**ENTRY, "comment": ""}}, True),
    ("dynamic_snippet", {"content": CODE}, {}, False),
    ("dynamic_snippet", {"content": "esi;"}, {}, True),
    ("dynamic_snippet", {}, {}, False),
]


@pytest.mark.parametrize(("kind", "live", "entries", "conflicts"), LIVE)
def test_live_conflicts_are_refused_before_the_first_write(
    filled: Stack, kind: str, live: dict[str, Any], entries: dict[str, Any], conflicts: bool
) -> None:
    others = {"dictionary", "acl", "dynamic_snippet"} - {kind}
    program = (*declared(**dict.fromkeys(others, "theirs")), Declared(kind, "theirs", live, entries))
    if conflicts:
        with pytest.raises(ObjectExists, match=r"(?i)live.*Nothing was written"):
            check_takeover(filled.process(), program)
    else:
        check_takeover(filled.process(), program)
    assert filled.writes == []


@pytest.mark.parametrize(("kind", "live", "entries", "conflicts"), [row for row in LIVE if row[2]])
def test_live_items_are_written_only_where_they_are_not_there(
    filled: Stack, kind: str, live: object, entries: dict[str, Any], conflicts: bool
) -> None:
    container = CONTAINERS[kind](filled.process(), row(filled, kind))
    if conflicts:
        with pytest.raises(ObjectExists, match="with another value"):
            container.write({}, entries, is_ours=False)
        assert filled.writes == []
        return
    container.write({}, entries, is_ours=False)
    is_there = entries.keys() & {"a", "192.0.2.1"}
    assert [each.split()[0] for each in filled.writes] == ([] if is_there else ["PATCH"])
    filled.clear()
    container.write({}, entries, is_ours=False)
    assert filled.writes == []


@pytest.mark.parametrize(("content", "writes"), [(CODE, []), ("esi;", None)])
def test_content_of_a_dynamic_snippet(filled: Stack, content: str, writes: list[str] | None) -> None:
    program = {**ORIGIN, "dynamic_snippet/theirs": {"type": "recv", "content": content}}
    session = filled.process()
    if writes is None:
        with pytest.raises(ObjectExists, match="DynamicSnippet 'theirs' already exists"):
            filled.ensure(session, program)
    else:
        filled.ensure(session, program)
    assert filled.writes == []


def test_addresses_are_not_named(filled: Stack) -> None:
    """They may be secret to the user."""
    container = CONTAINERS["acl"](filled.process(), row(filled, "acl"))
    with pytest.raises(ObjectExists) as refusal:
        container.write({}, {"192.0.2.1": {**ENTRY, "negated": 1}}, is_ours=False)
    assert "192.0.2" not in str(refusal.value)
