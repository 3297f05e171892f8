"""The verdict, as a table: a row per rule, and per way to break it. `test_mutants.py` breaks the rules."""

import pytest
from pulumi_fastly_dynamic.orchestration.snapshot import NotRead, Snapshot, objects_of
from pulumi_fastly_dynamic.orchestration.verify import Expected, Verdict, verify, verify_in_place
from pulumi_fastly_dynamic.schema import has_resource

from .verdicts import (
    BASE,
    FIRST,
    KEY,
    OPENED,
    RESUMED,
    TTL,
    Case,
    Rows,
    apex_redirect,
    asked,
    backend,
    condition,
    dictionary,
    dynamic_snippet,
    found,
    header,
    ref,
    settings,
    snippet,
    vcl,
    wordpress,
)

CERTIFICATE = "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----"
MOVED = backend(address="b.example.com")
TEMPORARY = dictionary(name="tmp_D1")


def case(name, draft=(), base=(), declared=(), **rest):
    return Case(name, tuple(draft), tuple(base), tuple(declared), **rest)


# fmt: off
DECLARED = [
    case("nothing at all"),
    case("nothing in a first version", situation=FIRST),
    case("written to this draft", [MOVED], [backend()], [asked(MOVED)]),
    case("added to this draft", [backend()], [], [asked(backend())]),
    case("written to a first version", [backend()], [], [asked(backend(), 1)], situation=FIRST),
    case("written to a draft of an earlier run", [MOVED], [backend()], [asked(MOVED)], situation=RESUMED),
    case("untouched since the base", [backend()], [backend()], [asked(backend(), BASE)]),
    case("untouched since long before the base", [backend()], [backend()], [asked(backend(), 2)]),
    case("missing", [], [backend()], [asked(backend())], mismatched=(backend(),)),
    case("missing, and not in the base either", [], [], [asked(backend())], mismatched=(backend(),)),
    case("missing from a first version", [], [], [asked(backend(), 1)], situation=FIRST, mismatched=(backend(),)),
    case("digest differs", [backend()], [backend()], [asked(MOVED)], mismatched=(backend(),)),
    case("digest differs in a first version", [backend()], [], [asked(MOVED, 1)], situation=FIRST,
         mismatched=(backend(),)),
    case("digest differs from an unchanged base", [backend()], [backend()], [asked(MOVED, BASE)],
         mismatched=(backend(),)),
    case("someone else changed a declared field", [MOVED], [backend()], [asked(backend(), BASE)],
         mismatched=(backend(),)),
    case("revision does not hold", [backend()], [backend()], [asked(backend(), 3)], holds=lambda number: number != 3,
         mismatched=(backend(),)),
    case("revision of this draft does not hold", [backend()], [], [asked(backend())], holds=lambda _number: False,
         mismatched=(backend(),)),
    case("field outside the schema differs from the base", [backend(client_cert="k")], [backend()],
         [asked(backend(), BASE)], mismatched=(backend(),)),
    case("field outside the schema is gone", [backend()], [backend(client_cert="k")], [asked(backend(), BASE)],
         mismatched=(backend(),)),
    case("field outside the schema, written to this draft", [backend(client_cert="k")], [backend()],
         [asked(backend())]),
    case("not written here, and not in the base", [backend()], [], [asked(backend(), BASE)], mismatched=(backend(),)),
    case("only the wrong one is named", [backend(), backend("b", address="c.example.com")], [],
         [asked(backend()), asked(backend("b"))], mismatched=(backend("b"),)),
    case("declared, with the id of another", [dictionary("D2")], [dictionary("D1")], [asked(dictionary("D1"), BASE)],
         mismatched=(dictionary("D1"),), changed=(dictionary("D2"),)),
    case("declared and temporarily named", [TEMPORARY], [dictionary()], [asked(dictionary(), BASE)],
         mismatched=(dictionary(),)),
]

EQUAL = [
    case("'80' is 80", [backend(port="80")], [backend()], [asked(backend(), BASE)]),
    case("'80' is 80, undeclared", [backend(port="80")], [backend()]),
    case("'0' is False", [backend(use_ssl="0")], [backend()], [asked(backend(), BASE)]),
    case("null is empty", [backend(comment=None)], [backend(comment="")], [asked(backend(), BASE)]),
    case("absent is the default", [backend(connect_timeout=1000)], [backend()], [asked(backend(), BASE)]),
    case("null is empty outside the schema", [backend(client_cert=None)], [backend(client_cert="")],
         [asked(backend(), BASE)]),
    case("'1' is 1 outside the schema", [wordpress(version_of="1")], [wordpress(version_of=1)]),
    case("an empty list is nothing outside the schema", [wordpress(links=[])], [wordpress()]),
    case("version and times", [backend(version=5, updated_at="now", created_at="b", locked=False, service_id="S")],
         [backend(version="4", updated_at="then", created_at="a", locked=True)], [asked(backend(), BASE)]),
    case("an id that a clone changes", [snippet(object_id="S9")], [snippet(object_id="S1")], [asked(snippet(), BASE)]),
    case("an id that a clone changes, undeclared", [wordpress(id="new")], [wordpress(id="old")]),
    case("PEM without the space at its end", [backend(ssl_ca_cert=CERTIFICATE + "\n")],
         [backend(ssl_ca_cert=CERTIFICATE)], [asked(backend(ssl_ca_cert=CERTIFICATE), BASE)]),
]

SECRETS = [
    case("a secret with another value, written here", [backend(ssl_client_key="b")], [],
         [asked(backend(ssl_client_key="a"))]),
    case("a secret asked and not set", [backend()], [], [asked(backend(ssl_client_key="a"))], mismatched=(backend(),)),
    case("a secret set and not asked", [backend(ssl_client_key="a")], [], [asked(backend())], mismatched=(backend(),)),
    case("a secret that someone else changed", [backend(ssl_client_key="b")], [backend(ssl_client_key="a")],
         [asked(backend(ssl_client_key="a"), BASE)], mismatched=(backend(),)),
    case("an undeclared secret that someone else changed", [backend(ssl_client_key="b")],
         [backend(ssl_client_key="a")], changed=(backend(),)),
]

REMOVED = [
    case("removed", [], [backend()], removed=(backend(),)),
    case("removed, and never in the base", [], [], removed=(backend(),)),
    case("removed still there", [backend()], [backend()], removed=(backend(),), not_removed=(backend(),)),
    case("removed still there, changed", [MOVED], [backend()], removed=(backend(),), not_removed=(backend(),)),
    case("removed still there, resumed", [backend()], [backend()], removed=(backend(),), situation=RESUMED,
         not_removed=(backend(),)),
    case("removed still there, not in the base", [backend()], [], removed=(backend(),), situation=RESUMED,
         not_removed=(backend(),)),
    case("removed still there, under a temporary name", [TEMPORARY], [dictionary()], removed=(dictionary(),),
         not_removed=(dictionary(),), occupant=TEMPORARY),
    case("removed singleton is back to its defaults", [settings()], [settings(**TTL)], removed=(settings(),)),
    case("removed singleton is still set", [settings(**TTL)], [settings(**TTL)], removed=(settings(),),
         not_removed=(settings(),)),
    case("retained objects stay", [backend()], [backend()]),
    case("retained objects stay as they are", [MOVED], [backend()], changed=(backend(),)),
]

UNDECLARED = [
    case("undeclared as in the base", [backend()], [backend()]),
    case("undeclared as in the base, resumed", [backend()], [backend()], situation=RESUMED),
    case("undeclared changed", [MOVED], [backend()], changed=(backend(),)),
    case("undeclared changed, resumed", [MOVED], [backend()], situation=RESUMED, changed=(backend(),)),
    case("undeclared changed outside the schema", [backend(client_cert="k")], [backend()], changed=(backend(),)),
    case("undeclared gone", [], [backend()], changed=(backend(),)),
    case("undeclared gone, resumed", [], [backend()], situation=RESUMED, changed=(backend(),)),
    case("undeclared added", [backend()], [], changed=(backend(),)),
    case("undeclared added, resumed", [backend()], [], situation=RESUMED, leftovers=(backend(),)),
    case("undeclared added, first version", [backend()], [], situation=FIRST, leftovers=(backend(),)),
    case("another removed one explains nothing", [], [backend(), backend("b")], removed=(backend("b"),),
         changed=(backend(),)),
    case("undeclared lost its flag to a declared one", [vcl("theirs"), vcl(main=True)],
         [vcl("theirs", main=True)], [asked(vcl(main=True))]),
    case("undeclared lost its flag to nobody", [vcl("theirs"), vcl()], [vcl("theirs", main=True)], [asked(vcl())],
         changed=(vcl("theirs"),)),
    case("undeclared lost its flag, and more", [vcl("theirs", content="sub b {}"), vcl(main=True)],
         [vcl("theirs", main=True)], [asked(vcl(main=True))], changed=(vcl("theirs"),)),
    case("undeclared renamed by id", [dictionary(name="b")], [dictionary()], changed=(dictionary(),)),
    case("undeclared recreated under its name", [dictionary("D2")], [dictionary()],
         changed=(dictionary(), dictionary("D2"))),
    case("a declared one took the name of an undeclared one", [dictionary("D2")], [dictionary()],
         [asked(dictionary("D2"))]),
    case("a declared one of another kind explains nothing", [condition("x")], [header("x")], [asked(condition("x"))],
         changed=(header("x"),)),
]

WITHOUT_CLASS = [
    case(f"{thing[0]} {what}, {type(situation).__name__}", draft, base, situation=situation, changed=changed)
    for thing, other in ((wordpress(), wordpress(path="/")), (apex_redirect(), apex_redirect(status_code="302")))
    for what, draft, base, changed in (
        ("untouched", [thing], [thing], ()),
        ("added", [thing], [], (thing,)),
        ("changed", [other], [thing], (thing,)),
        ("gone", [], [thing], (thing,)),
    )
    for situation in (OPENED, RESUMED)
] + [
    case("a kind without a class added to a first version", [wordpress()], [], situation=FIRST, changed=(wordpress(),)),
    case("a kind without a class, id changed with the object", [wordpress(id="b", path="/")], [wordpress(id="a")],
         changed=(wordpress(),)),
]

SINGLETONS = [
    case("settings at their defaults", [settings()], [settings()]),
    case("settings at their defaults in a first version", [settings()], situation=FIRST),
    case("undeclared settings as in the base", [settings(**TTL)], [settings(**TTL)]),
    case("undeclared settings changed", [settings(**TTL)], [settings()], changed=(settings(),)),
    case("undeclared settings changed, resumed", [settings(**TTL)], [settings()], situation=RESUMED,
         leftovers=(settings(),)),
    case("undeclared settings changed in a first version", [settings(**TTL)], situation=FIRST,
         leftovers=(settings(),)),
    case("undeclared settings put back to defaults", [settings()], [settings(**TTL)], changed=(settings(),)),
    case("undeclared settings changed again", [settings(**TTL)], [settings(**{"general.default_ttl": 9})],
         changed=(settings(),)),
    case("declared settings", [settings(**TTL)], [settings()], [asked(settings(**TTL))]),
    case("declared settings at their defaults", [settings()], [settings(**TTL)], [asked(settings())]),
    case("declared settings, changed by someone else", [settings()], [settings(**TTL)], [asked(settings(**TTL), BASE)],
         mismatched=(settings(),)),
]

SHARED_LISTS = [
    case("a snippet beside a dynamic one", [snippet("a"), dynamic_snippet("b")], [snippet("a"), dynamic_snippet("b")],
         [asked(snippet("a"), BASE)]),
    case("a snippet became dynamic", [dynamic_snippet()], [snippet()], [asked(dynamic_snippet())],
         removed=(snippet(),)),
    case("a dynamic snippet became a snippet", [snippet()], [dynamic_snippet()], [asked(snippet())],
         removed=(dynamic_snippet(),)),
    case("someone else made a snippet dynamic", [dynamic_snippet()], [snippet()], [asked(snippet(), BASE)],
         mismatched=(snippet(),), changed=(dynamic_snippet(),)),
    case("an undeclared snippet became dynamic", [dynamic_snippet()], [snippet()],
         changed=(snippet(), dynamic_snippet())),
    case("a declared dynamic snippet does not explain a snippet that is gone", [dynamic_snippet()], [snippet()],
         [asked(dynamic_snippet())], changed=(snippet(),)),
    case("the id of a dynamic snippet counts", [dynamic_snippet(object_id="S3")], [dynamic_snippet()],
         changed=(dynamic_snippet(object_id="S3"), dynamic_snippet())),
]

TEMPORARY_NAMES = [
    case("a temporary name of this run is a leftover", [dictionary("D2", "tmp_D2")], [],
         leftovers=(dictionary("D2"),), occupant=dictionary("D2")),
    case("an undeclared one had to give its name away", [TEMPORARY, dictionary("D2")], [dictionary()],
         [asked(dictionary("D2"))], changed=(dictionary(),), occupant=dictionary()),
    case("a snippet gave its name to a dynamic one", [snippet("tmp_S1"), dynamic_snippet()], [snippet()],
         [asked(dynamic_snippet())], removed=(snippet(),), leftovers=(snippet("tmp_S1"),), occupant=snippet("tmp_S1")),
    case("a declared one has a temporary name by choice", [snippet("tmp_S1")], [], [asked(snippet("tmp_S1"))]),
    *(
        case(f"a name that only looks temporary, {thing}", [thing], changed=(thing,))
        for thing in (backend("tmp_"), backend("tmp_x"), wordpress("tmp_x"), dictionary("D1", "tmp_D2"))
    ),
    case("a name that only looks temporary, in the base", [backend("tmp_x")], [backend("tmp_x")]),
]

ORDER = [
    case("what refers to others is deleted first", [condition(), backend(), header(), settings(**TTL)],
         [settings()], situation=RESUMED, leftovers=(header(), backend(), condition(), settings())),
    case("leftovers of a kind by name", [backend("b"), backend("a")], situation=RESUMED,
         leftovers=(backend("a"), backend("b"))),
]
# fmt: on

CASES = [
    *(*DECLARED, *EQUAL, *SECRETS, *REMOVED, *UNDECLARED, *WITHOUT_CLASS),
    *(*SINGLETONS, *SHARED_LISTS, *TEMPORARY_NAMES, *ORDER),
]


@pytest.mark.parametrize("rows", [wordpress(), apex_redirect()], ids=lambda rows: rows[0])
def test_a_kind_without_a_class_has_none(rows: Rows) -> None:
    assert not has_resource(rows[0])


@pytest.mark.parametrize("row", CASES, ids=str)
def test_verdict(row: Case) -> None:
    assert row.judged() == row.expected()


def test_rows_have_names_of_their_own() -> None:
    names = [row.name for row in CASES]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("declared", "mismatched"),
    [
        ([asked(backend(), BASE)], set()),
        ([asked(backend(), 2)], set()),
        ([asked(MOVED, BASE)], {ref(backend())}),
        ([asked(backend("b"), BASE)], {ref(backend("b"))}),
        ([], set()),
    ],
)
def test_a_version_that_serves_is_judged_by_what_is_declared(declared, mismatched) -> None:
    base = Snapshot(BASE, {"backend": objects_of("backend", [backend()[1], backend("not declared")[1]])})
    assert verify_in_place(Expected(tuple(declared), frozenset(), KEY), base) == Verdict(mismatched=mismatched)


def test_a_version_that_serves_does_not_hold_what_was_left_behind() -> None:
    base = Snapshot(BASE, {"backend": objects_of("backend", [backend()[1]])})
    expected = Expected((asked(backend(), 3),), frozenset(), KEY, holds=lambda number: number != 3)
    assert verify_in_place(expected, base).mismatched == {ref(backend())}


@pytest.mark.parametrize("lists", [((), ("backend",)), (("backend",), ())], ids=["draft", "base"])
def test_a_list_that_was_not_read_is_an_error_and_never_nothing(lists) -> None:
    draft, base = (Snapshot(5, {name: objects_of(name, [backend()[1]]) for name in names}) for names in lists)
    with pytest.raises(NotRead, match="list 'backend' of version 5"):
        verify(Expected((asked(backend(), BASE),), frozenset(), KEY), draft, base, OPENED)


@pytest.mark.parametrize("key", ["", "another"])
def test_a_digest_of_another_stack_does_not_count(key: str) -> None:
    made = Snapshot(5, {"backend": objects_of("backend", [backend()[1]])})
    empty = Snapshot(4, {"backend": {}})
    assert verify(Expected((asked(backend()),), frozenset(), key), made, empty, OPENED).mismatched


@pytest.mark.parametrize(
    ("verdict", "wrong", "clean"),
    [
        (Verdict(), set(), True),
        (Verdict(leftovers=(found(backend()),)), set(), False),
        (Verdict(mismatched=frozenset({ref(backend())})), {ref(backend())}, False),
        (Verdict(not_removed=frozenset({ref(backend())})), {ref(backend())}, False),
        (Verdict(changed=frozenset({ref(backend())})), {ref(backend())}, False),
    ],
)
def test_what_is_wrong(verdict: Verdict, wrong: set[object], clean: bool) -> None:
    assert (verdict.wrong, verdict.is_clean) == (wrong, clean)
