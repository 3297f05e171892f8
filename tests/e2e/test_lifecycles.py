"""Lifecycles of a release and its objects on the real CLI, undisturbed by anybody."""

from typing import Any

import pytest

from tests.cases import Code

from .harness import Stack
from .lifecycle import NOTHING, REFRESH, Step, backend, fault, let, live, of, www

ORIGIN, SPARE = backend("origin"), backend("spare")
BAD = of("Snippet", "bad", type="recv", content="this is not VCL")
WRITES_OF_A_CHANGE = ("clone", "comment", "activate")


def items(resource_name: str, dictionary: str, values: dict[str, str]) -> str:
    return f"fastly.DictionaryItems({resource_name!r}, dictionary={dictionary}, items={values!r})"


def table(variable: str, resource_name: str, **arguments: object) -> str:
    return let(variable, of("Dictionary", resource_name, **arguments))


# -------------------------------------------------------------------- one release


def test_plain_life(stack: Stack) -> None:
    condition = let("api", of("Condition", "api", type="REQUEST", statement='req.url ~ "^/api/"'))
    header = of("Header", "h", action="set", type="request", dst="http.X", src='"1"', request_condition=Code("api"))
    renamed = backend("origin", name="main", port=8080)
    other_name = backend("other", name="main", port=8080, address="origin.example.com")
    aliased = backend(
        "third",
        name="main",
        port=8080,
        address="origin.example.com",
        opts=Code('pulumi.ResourceOptions(aliases=[pulumi.Alias(name="other")])'),
    )
    live(
        stack,
        Step(
            www(ORIGIN, SPARE),
            writes=["POST service", "POST domain", "POST backend", "POST backend", "activate"],
            serves={"backend": {"origin": {"port": 80}, "spare": {}}, "domain": {"www.example.com": {}}},
        ),
        NOTHING,
        Step(
            www(backend("origin", port=8080), SPARE),
            writes=[*WRITES_OF_A_CHANGE, "PUT backend/origin"],
            serves={"backend": {"origin": {"port": 8080}, "spare": {}}},
        ),
        Step(
            www(backend("origin", port=8080, weight=50), condition, header),
            writes=[*WRITES_OF_A_CHANGE, "PUT backend/origin", "POST condition", "POST header", "DELETE backend/spare"],
            serves={
                "backend": {"origin": {"weight": 50}},
                "condition": {"api": {}},
                "header": {"h": {"request_condition": "api"}},
            },
        ),
        Step(
            www(condition, renamed),
            writes=[*WRITES_OF_A_CHANGE, "POST backend", "DELETE backend/origin", "DELETE header/h"],
            serves={"backend": {"main": {"weight": 100, "port": 8080}}, "condition": {"api": {}}, "header": {}},
        ),
        Step(www(condition, other_name), writes=0, serves={"backend": {"main": {}}}),
        Step(
            www(condition, aliased),
            command=("up", "--skip-preview", "--diff"),
            writes=0,
            says="Version: (update)",
            serves={"backend": {"main": {}}},
        ),
        NOTHING,
        Step(www(aliased), writes=[*WRITES_OF_A_CHANGE, "DELETE condition/api"], serves={"condition": {}}),
        Step(command=("destroy", "--skip-preview"), writes=["deactivate", "DELETE service"]),
    )


def test_with_previews(stack: Stack) -> None:
    """Values that a preview cannot know pass it."""
    late = [
        backend("late", address=Code('www.name.apply(lambda name: f"{name}.example.com")')),
        table("t", "t", name=Code('www.id.apply(lambda _: "late")')),
        items("i", "t", {"k": Code("www.id.apply(lambda _: 'v')")}),
    ]
    live(
        stack,
        Step(
            www(ORIGIN, *late),
            command=("up",),
            activations=1,
            serves={"backend": {"origin": {}, "late": {"address": "www.example.com"}}, "dictionary": {"late": {}}},
            items={"late": {"k": "v"}},
        ),
        Step(
            www(backend("origin", port=81), *late),
            command=("up",),
            activations=1,
            serves={"backend": {"origin": {"port": 81}, "late": {}}},
        ),
        Step(command=("destroy",), writes=["deactivate", "DELETE service"]),
    )


def test_replace(stack: Stack) -> None:
    """What the engine replaces is ensured; what the API cannot change is made anew in the same draft."""

    def condition(type_: str) -> str:
        return let("api", of("Condition", "api", type=type_, statement="req.url"))

    def header(reference: str) -> str:
        arguments = {reference: Code("api"), "type": "request" if reference == "request_condition" else "cache"}
        return of("Header", "h", action="set", dst="http.X", src='"1"', **arguments)

    release = "urn:pulumi:test::shop::fastly:index:Release$pulumi-python:dynamic/fastly:Backend::origin"
    live(
        stack,
        Step(www(ORIGIN, condition("REQUEST"), header("request_condition")), activations=1),
        Step(command=("up", "--skip-preview", "--replace", release), writes=0, serves={"backend": {"origin": {}}}),
        Step(
            www(ORIGIN, condition("CACHE"), header("cache_condition")),
            writes=[*WRITES_OF_A_CHANGE, "DELETE condition/api", "POST condition", "PUT header/h"],
            serves={
                "condition": {"api": {"type": "CACHE"}},
                "header": {"h": {"cache_condition": "api", "request_condition": ""}},
            },
        ),
    )


def test_name_swap_of_two_backends(stack: Stack) -> None:
    live(
        stack,
        Step(www(backend("a", name="one"), backend("b", name="two")), activations=1),
        Step(
            www(backend("a", name="two"), backend("b", name="one")),
            activations=1,
            serves={"backend": {"one": {"address": "b.example.com"}, "two": {"address": "a.example.com"}}},
        ),
        Step(
            www(backend("a", name="three"), backend("b", name="two")),
            activations=1,
            serves={"backend": {"three": {"address": "a.example.com"}, "two": {"address": "b.example.com"}}},
        ),
    )


def test_name_swap_of_two_dictionaries(stack: Stack) -> None:
    def program(first: str, second: str) -> str:
        return www(
            table("a", "a", name=first),
            items("ia", "a", {"of": "a"}),
            table("b", "b", name=second),
            items("ib", "b", {"of": "b"}),
        )

    live(
        stack,
        Step(program("one", "two"), activations=1, items={"one": {"of": "a"}, "two": {"of": "b"}}),
        Step(
            program("two", "one"),
            activations=1,
            serves={"dictionary": {"one": {}, "two": {}}},
            items={"one": {"of": "b"}, "two": {"of": "a"}},
        ),
    )


def test_name_swap_of_lists_and_dynamic_snippets(stack: Stack) -> None:
    """They are renamed in place, so their live content goes with them."""

    def program(first: str, second: str) -> str:
        return www(
            let("a", of("Acl", "a", name=first)),
            "fastly.AclEntries('ea', acl=a, entries=['192.0.2.1'])",
            let("b", of("Acl", "b", name=second)),
            of("DynamicSnippet", "c", name=first, type="recv", content="# c"),
            of("DynamicSnippet", "d", name=second, type="recv", content="# d", priority=7),
        )

    live(
        stack,
        Step(program("one", "two"), activations=1, entries={"one": {"192.0.2.1": {}}, "two": {}}),
        Step(
            program("two", "one"),
            activations=1,
            serves={"snippet": {"one": {"priority": "7"}, "two": {"priority": "100"}}},
            entries={"two": {"192.0.2.1": {}}, "one": {}},
        ),
        Step(command=("refresh", "--skip-preview", "--expect-no-changes"), writes=0),
    )


def test_name_moved_on(stack: Stack) -> None:
    """A dictionary gives its name to a new one, and keeps its items; another resource takes over the new one."""
    a, first = table("a", "a", name="one"), items("ia", "a", {"of": "a"})
    moved = table("a", "a", name="two")
    live(
        stack,
        Step(www(a, first), activations=1),
        Step(
            www(table("b", "b", name="one"), items("ib", "b", {"of": "b"}), moved, first),
            activations=1,
            serves={"dictionary": {"one": {}, "two": {}}},
            items={"one": {"of": "b"}, "two": {"of": "a"}},
        ),
        Step(
            www(table("b", "c", name="one"), items("ib", "b", {"of": "b"}), moved, first),
            writes=0,
            items={"one": {"of": "b"}, "two": {"of": "a"}},
        ),
    )


def test_snippet_becomes_dynamic_and_back(stack: Stack) -> None:
    """Two kinds share a list of the API and its names."""
    fixed = of("Snippet", "s", type="recv", content="# fixed")
    dynamic = of("DynamicSnippet", "s", type="recv", content="# dynamic")
    live(
        stack,
        Step(www(fixed), activations=1, serves={"snippet": {"s": {"dynamic": "0"}}}),
        Step(www(dynamic), activations=1, serves={"snippet": {"s": {"dynamic": "1"}}}),
        Step(www(fixed), activations=1, serves={"snippet": {"s": {"dynamic": "0", "content": "# fixed"}}}),
    )


def test_references_come_and_go(stack: Stack) -> None:
    """What is referred to is there before, and goes after, what refers to it."""
    check, gone = of("Healthcheck", "check"), {"backend": {"origin": {"healthcheck": ""}}, "healthcheck": {}}
    live(
        stack,
        Step(www(ORIGIN), activations=1),
        Step(
            www(check, backend("origin", healthcheck="check"), backend("spare", healthcheck="check")),
            activations=1,
            serves={"backend": {"origin": {"healthcheck": "check"}, "spare": {"healthcheck": "check"}}},
        ),
        Step(www(ORIGIN), activations=1, serves=gone),
    )


def test_failed_validation_then_culprit_taken_out(stack: Stack) -> None:
    """The snippet that does not compile never goes live, and blocks nothing."""
    live(
        stack,
        Step(www(ORIGIN), activations=1),
        Step(www(ORIGIN, BAD), fails="does not compile, and was not activated"),
        Step(www(ORIGIN), activations=0),
        Step(
            www(backend("origin", port=81)),
            writes=["PUT backend/origin", "DELETE snippet/bad", "activate"],
            serves={"backend": {"origin": {"port": 81}}, "snippet": {}},
        ),
    )


def test_failed_validation_of_a_new_service(stack: Stack) -> None:
    live(
        stack,
        Step(www(ORIGIN, BAD), fails="does not compile, and was not activated"),
        Step(fails="does not compile", writes=0),
        Step(www(ORIGIN), writes=["DELETE snippet/bad", "activate"], serves={"backend": {"origin": {}}, "snippet": {}}),
    )


def test_failed_activation_then_up(stack: Stack) -> None:
    live(
        stack,
        Step(www(ORIGIN), activations=1),
        Step(www(backend("origin", port=81), SPARE), other=fault("PUT", "*/activate", status=409), fails="409"),
        Step(writes=["activate"], serves={"backend": {"origin": {"port": 81}, "spare": {}}}),
    )


def test_removed_then_failed_then_put_back(stack: Stack) -> None:
    live(
        stack,
        Step(www(ORIGIN, SPARE), activations=1),
        Step(www(backend("origin", port=81), BAD), fails="does not compile", says="version 2"),
        Step(www(backend("origin", port=81), SPARE), fails=["Backend 'spare'", "pulumi up --refresh"]),
        Step(command=REFRESH, activations=1, serves={"backend": {"origin": {"port": 81}, "spare": {}}, "snippet": {}}),
    )


def test_target_then_full(stack: Stack) -> None:
    live(
        stack,
        Step(www(ORIGIN, SPARE), activations=1),
        Step(
            www(backend("origin", port=81), backend("spare", port=82)),
            command=("up", "--skip-preview", "--target", "**Backend::origin"),
            writes=["clone", "comment", "PUT backend/origin"],
            serves={"backend": {"origin": {"port": 80}, "spare": {"port": 80}}},
        ),
        Step(
            writes=["PUT backend/spare", "activate"],
            serves={"backend": {"origin": {"port": 81}, "spare": {"port": 82}}},
        ),
    )


def test_destroy_of_a_target(stack: Stack) -> None:
    """Nothing is removed without a Version; what leaves the state alone is found again."""
    destroy = ("destroy", "--skip-preview", "--target-dependents", "--target")
    live(
        stack,
        Step(www(ORIGIN, SPARE), activations=1),
        Step(command=(*destroy, "**Backend::spare"), writes=0, serves={"backend": {"origin": {}, "spare": {}}}),
        Step(writes=0),
        Step(command=(*destroy, "**Release::www"), writes=0, serves={"backend": {"origin": {}, "spare": {}}}),
        Step(www(ORIGIN), fails="Backend 'spare'", writes=0),
        Step(www(ORIGIN, SPARE), writes=0),
        Step(www(ORIGIN), activations=1, serves={"backend": {"origin": {}}}),
    )


# -------------------------------------------------------------------- flags


def test_protect(stack: Stack) -> None:
    opts = Code("pulumi.ResourceOptions(protect=True)")
    live(
        stack,
        Step(www(ORIGIN, backend("spare", opts=opts)), activations=1),
        Step(
            www(ORIGIN),
            fails=["Backend 'spare' is protected", "put it back without protect"],
            writes=0,
            serves={"backend": {"origin": {}, "spare": {}}},
        ),
        Step(command=("up",), fails="protected", writes=0),
        Step(www(ORIGIN, SPARE), writes=0),
        Step(www(ORIGIN), activations=1, serves={"backend": {"origin": {}}}),
    )


def test_retain_on_delete(stack: Stack) -> None:
    opts = Code("pulumi.ResourceOptions(retain_on_delete=True)")
    live(
        stack,
        Step(www(ORIGIN, backend("spare", opts=opts)), activations=1),
        Step(www(ORIGIN), writes=0, serves={"backend": {"origin": {}, "spare": {}}}),
        NOTHING,
        Step(
            www(backend("origin", port=81)),
            activations=1,
            serves={"backend": {"origin": {"port": 81}, "spare": {}}},
        ),
    )


def test_flag_inherited_from_a_component(stack: Stack) -> None:
    group = 'group = pulumi.ComponentResource("shop:index:Group", "group", opts=pulumi.ResourceOptions({}))\n'
    spare = backend("spare", opts=Code("pulumi.ResourceOptions(parent=group)"))
    live(
        stack,
        Step(group.format("protect=True") + www(ORIGIN, spare), activations=1),
        Step(www(ORIGIN), fails="Backend 'spare' is protected", writes=0),
        Step(group.format("protect=False") + www(ORIGIN, spare), writes=0),
        Step(group.format("retain_on_delete=True") + www(ORIGIN, spare), writes=0),
        Step(www(ORIGIN), writes=0, serves={"backend": {"origin": {}, "spare": {}}}),
    )


# -------------------------------------------------------------------- services and releases


def test_two_services(stack: Stack) -> None:
    def program(port: int) -> str:
        return www(backend("origin", port=port)) + (
            'shop = fastly.Service("shop", force_destroy=True)\n'
            'with fastly.Release("shop", service=shop) as second:\n'
            '    fastly.Domain("shop.example.com", release=second)\n'
            '    fastly.Backend("shop-origin", name="origin", release=second, address="shop.example.com")\n'
        )

    def only_www(stack: Stack) -> None:
        emulator = stack.emulator
        assert emulator.active(emulator.service_id("www")) == 2
        assert emulator.active(emulator.service_id("shop")) == 1

    live(
        stack,
        Step(program(80), activations=2),
        Step(program(81), writes=[*WRITES_OF_A_CHANGE, "PUT backend/origin"], check=only_www),
    )


def test_not_activated_then_activated(stack: Stack) -> None:
    def nothing_serves(stack: Stack) -> None:
        assert stack.emulator.active(stack.emulator.service_id()) is None

    live(
        stack,
        Step(www(ORIGIN, SPARE, release="activate=False"), activations=0, check=nothing_serves),
        NOTHING,
        Step(www(ORIGIN, SPARE), writes=["activate"], serves={"backend": {"origin": {}, "spare": {}}}),
        Step(
            www(backend("origin", port=81), release="activate=False"),
            writes=["clone", "comment", "PUT backend/origin", "DELETE backend/spare"],
            serves={"backend": {"origin": {"port": 80}, "spare": {}}},
        ),
        NOTHING,
        Step(www(backend("origin", port=81)), activations=1, serves={"backend": {"origin": {"port": 81}}}),
    )


def test_release_taken_out_and_put_back(stack: Stack) -> None:
    whole = www(ORIGIN, table("t", "t"), items("i", "t", {"k": "v"}))
    live(
        stack,
        Step(whole, activations=1),
        Step(
            'www = fastly.Service("www", force_destroy=True)',
            calls=0,
            says="keeps serving version 1",
            serves={"backend": {"origin": {}}, "domain": {"www.example.com": {}}},
            items={"t": {"k": "v"}},
        ),
        Step(whole, activations=0, writes=["PATCH dictionary/items"], items={"t": {"k": "v"}}),
    )


@pytest.mark.parametrize(
    "removal", [{"command": ("destroy", "--skip-preview")}, {"program": ""}], ids=["destroy", "removed"]
)
def test_a_service_that_serves_is_not_deleted_without_force_destroy(stack: Stack, removal: dict[str, Any]) -> None:
    live(
        stack,
        Step(www(ORIGIN, service=""), activations=1),
        Step(
            **removal,
            fails=[
                "serves version 1",
                "set force_destroy=True on it (if you removed it from the program, put it back)",
            ],
            writes=0,
            serves={"backend": {"origin": {}}},
        ),
        Step(www(ORIGIN), writes=0),
        Step(**removal, writes=["deactivate", "DELETE service"]),
    )


def test_service_replaced_by_one_that_adopts_it(stack: Stack) -> None:
    def adopt(stack: Stack) -> None:
        stack.environment["SERVICE_ID"] = stack.emulator.service_id()

    adopting = 'import os\nwww = fastly.Service("www2", adopt_id=os.environ["SERVICE_ID"])\n'
    live(
        stack,
        Step(www(ORIGIN), activations=1),
        Step(
            adopting + www(ORIGIN).partition("\n")[2],
            other=adopt,
            writes=0,
            says="is left in place",
            serves={"backend": {"origin": {}}},
        ),
        Step(command=("destroy", "--skip-preview"), writes=0, says="left in place", serves={"backend": {"origin": {}}}),
    )


def test_release_renamed(stack: Stack) -> None:
    """A Version that is created does not know what was there, so it must not guess."""
    renamed = www(ORIGIN).replace('Release("www"', 'Release("www2"')
    with_spare = www(ORIGIN, SPARE).replace('Release("www"', 'Release("www2"')
    live(
        stack,
        Step(www(ORIGIN, SPARE), activations=1),
        Step(renamed, fails=["Backend 'spare'", "Release(adopt=True)"], writes=0),
        Step(with_spare, writes=0),
        Step(renamed, writes=[*WRITES_OF_A_CHANGE, "DELETE backend/spare"], serves={"backend": {"origin": {}}}),
    )


def test_comment(stack: Stack) -> None:
    def comment(stack: Stack) -> None:
        rows = stack.emulator.versions(stack.emulator.service_id())
        assert [row["comment"].partition(" [")[0] for row in rows] == ["summer", "autumn"]

    live(
        stack,
        Step(www(ORIGIN), activations=1),
        Step(www(ORIGIN, release='comment="summer"'), writes=["comment"]),
        Step(www(backend("origin", port=81), release='comment="autumn"'), activations=1, check=comment),
    )


def test_service_is_renamed_in_place(stack: Stack) -> None:
    def one_service(stack: Stack) -> None:
        [row] = stack.emulator.services()
        assert (row["name"], row["comment"]) == ("shop", "ours")

    live(
        stack,
        Step(www(ORIGIN), activations=1),
        Step(
            www(ORIGIN, service='force_destroy=True, name="shop", comment="ours"'),
            writes=["PUT service"],
            check=one_service,
        ),
    )


# -------------------------------------------------------------------- live items


def test_items_renamed_split_moved_removed(stack: Stack) -> None:
    patch = ["PATCH dictionary/items"]
    three = {"a": "1", "b": "2", "c": "3"}
    live(
        stack,
        Step(www(table("t", "t"), items("i", "t", three)), activations=1, items={"t": three}),
        Step(www(table("t", "t"), items("renamed", "t", three)), writes=patch, items={"t": three}),
        Step(
            www(table("t", "t"), items("left", "t", {"a": "1"}), items("right", "t", {"b": "2", "c": "3"})),
            writes=patch * 2,
            items={"t": three},
        ),
        Step(
            www(table("t", "t"), items("left", "t", {"a": "1", "b": "2"}), items("right", "t", {"c": "3"})),
            activations=0,
            items={"t": three},
        ),
        Step(
            www(table("t", "t"), items("left", "t", {"a": "0"}), items("right", "t", {"c": "3"})),
            writes=patch,
            items={"t": {"a": "0", "c": "3"}},
        ),
        Step(www(table("t", "t"), items("left", "t", {"a": "0"})), writes=patch, items={"t": {"a": "0"}}),
        Step(
            www(),
            fails=["Dictionary 't' still holds items", "put it back with force_destroy=True"],
            items={"t": {"a": "0"}},
        ),
        Step(www(table("t", "t"), items("left", "t", {"a": "0"})), activations=0),
        Step(www(table("t", "t", force_destroy=True), items("left", "t", {"a": "0"})), activations=0),
        Step(www(), writes=[*WRITES_OF_A_CHANGE, "DELETE dictionary/t"], serves={"dictionary": {}}),
    )


def test_entries_renamed_split_moved_removed(stack: Stack) -> None:
    office = let("office", of("Acl", "office"))
    one, two, three = "192.0.2.1", "192.0.2.2", "!192.0.2.3"
    all_three = {"192.0.2.1": {}, "192.0.2.2": {}, "192.0.2.3": {"negated": "1"}}

    def entries(resource_name: str, *networks: str) -> str:
        return f"fastly.AclEntries({resource_name!r}, acl=office, entries={list(networks)!r})"

    live(
        stack,
        Step(www(office, entries("e", one, two, three)), activations=1, entries={"office": all_three}),
        Step(www(office, entries("renamed", one, two, three)), activations=0, entries={"office": all_three}),
        Step(
            www(office, entries("left", one), entries("right", two, three)),
            activations=0,
            entries={"office": all_three},
        ),
        Step(
            www(office, entries("left", one, two), entries("right", three)),
            activations=0,
            entries={"office": all_three},
        ),
        Step(www(office, entries("right", three)), activations=0, entries={"office": {"192.0.2.3": {}}}),
        Step(www(), fails=["Acl 'office' still holds", "force_destroy=True"], entries={"office": {"192.0.2.3": {}}}),
        Step(www(office, entries("right", three)), activations=0, entries={"office": {"192.0.2.3": {}}}),
    )


def test_nothing_goes_live_before_its_items(stack: Stack) -> None:
    entries = 'fastly.AclEntries("e", acl=office, entries=["192.0.2.0/24", "!192.0.2.13"])'
    program = www(let("office", of("Acl", "office")), entries, table("t", "t"), items("i", "t", {"k": "v"}))
    live(
        stack,
        Step(program, other=fault("PATCH", "*/entries", status=400, times=9), fails="400"),
        Step(
            activations=1,
            entries={"office": {"192.0.2.0/24": {"negated": "0"}, "192.0.2.13": {"negated": "1"}}},
            items={"t": {"k": "v"}},
        ),
    )


def test_dictionary_renamed_and_recreated(stack: Stack) -> None:
    """A rename keeps the items; what the API cannot change recreates it, with its items, if that is allowed."""
    values = {"k": "v"}
    live(
        stack,
        Step(www(table("t", "t", name="one"), items("i", "t", values)), activations=1),
        Step(
            www(table("t", "t", name="two"), items("i", "t", values)),
            writes=[*WRITES_OF_A_CHANGE, "PUT dictionary/one"],
            serves={"dictionary": {"two": {}}},
            items={"two": values},
        ),
        Step(
            www(table("t", "t", name="two", write_only=True), items("i", "t", values)),
            fails=["would be recreated", "force_destroy=True"],
            items={"two": values},
        ),
        Step(
            www(table("t", "t", name="two", write_only=True, force_destroy=True), items("i", "t", values)),
            activations=1,
            serves={"dictionary": {"two": {"write_only": True}}},
        ),
        Step(command=REFRESH, writes=0),
    )
