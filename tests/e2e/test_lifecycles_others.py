"""Lifecycles with other clients of the same account: drift, foreign versions, take-over of what exists."""

from collections.abc import Callable

from .gated import GatedStack, meanwhile
from .harness import Stack
from .lifecycle import (
    ADOPT,
    NOTHING,
    REFRESH,
    Step,
    backend,
    edit,
    edit_draft,
    existing,
    fault,
    let,
    live,
    of,
    www,
)

ORIGIN, SPARE = backend("origin"), backend("spare")
CHANGED = backend("origin", port=81)
THEIRS = ("POST", "backend", {"name": "theirs", "address": "theirs.example.com"})
ORIGIN_THERE = ("backend", {"name": "origin", "address": "origin.example.com"})
SPARE_THERE = ("backend", {"name": "spare", "address": "spare.example.com"})
OLD_ORIGIN_THERE = ("backend", {"name": "origin", "address": "old.example.com"})
DESTROY = ("destroy", "--skip-preview")
REFUSED_ACTIVATION = fault("PUT", "*/activate", status=409)


def serves_unknown(number: int) -> list[str]:
    """The refusal to build on an activation that this stack does not know."""
    return [
        f"NeedsRefresh: version {number} of service",
        "but this stack did not activate it last",
        "pulumi up --refresh",
    ]


# -------------------------------------------------------------------- drift


def test_drift_refresh_up(stack: Stack) -> None:
    """An object changed and one deleted by hand are put right; what nobody declares stays."""
    drift = edit(("PUT", "backend/origin", {"port": "99"}), ("DELETE", "backend/spare", {}), THEIRS)
    live(
        stack,
        Step(www(ORIGIN, SPARE), activations=1),
        Step(
            command=("refresh", "--skip-preview", "--diff"),
            other=drift,
            writes=0,
            says=["~ port: 80 => 99", "spare"],
            serves={"backend": {"origin": {"port": 99}, "theirs": {}}},
        ),
        Step(activations=1, serves={"backend": {"origin": {"port": 80}, "spare": {}, "theirs": {}}}),
        Step(command=REFRESH, other=edit(("PUT", "backend/origin", {"weight": "5"})), activations=1),
        Step(
            command=("refresh", "--skip-preview"),
            serves={"backend": {"origin": {"weight": 100}, "spare": {}, "theirs": {}}},
        ),
    )


def test_drift_of_what_we_do_not_touch(stack: Stack) -> None:
    """Without a refresh, drift is neither overwritten nor taken for ours."""
    live(
        stack,
        Step(www(ORIGIN, SPARE), activations=1),
        Step(
            www(CHANGED, SPARE),
            other=edit(("PUT", "backend/spare", {"weight": "5"})),
            fails=serves_unknown(2),
            writes=0,
            serves={"backend": {"origin": {"port": 80}, "spare": {"weight": 5}}},
        ),
        Step(command=REFRESH, activations=1, serves={"backend": {"origin": {"port": 81}, "spare": {"weight": 100}}}),
    )


def test_drift_of_live_content(stack: Stack) -> None:
    """Items, entries and the content of dynamic snippets are put right at once, without an activation."""

    def drift(stack: Stack) -> None:
        emulator, service_id = stack.emulator, stack.emulator.service_id()
        base = f"/service/{service_id}"
        table = emulator.objects(service_id, "dictionary")["t"]["id"]
        acl = emulator.objects(service_id, "acl")["office"]["id"]
        snippet = emulator.objects(service_id, "snippet")["s"]["id"]
        emulator.send("PUT", f"{base}/dictionary/{table}/item/a", item_value="theirs")
        emulator.send("DELETE", f"{base}/dictionary/{table}/item/b")
        emulator.send("POST", f"{base}/dictionary/{table}/item", item_key="x", item_value="theirs")
        for row in emulator.entries(service_id, acl).values():
            emulator.send("DELETE", f"{base}/acl/{acl}/entry/{row['id']}")
        emulator.send("PUT", f"{base}/snippet/{snippet}", content="# theirs")

    def content(stack: Stack) -> None:
        service_id = stack.emulator.service_id()
        snippet = stack.emulator.objects(service_id, "snippet")["s"]["id"]
        assert stack.emulator.get(f"/service/{service_id}/snippet/{snippet}")["content"] == "# ours"

    program = www(
        let("t", of("Dictionary", "t")),
        'fastly.DictionaryItems("t", dictionary=t, items={"a": "1", "b": "2"})',
        let("office", of("Acl", "office")),
        'fastly.AclEntries("office", acl=office, entries=["192.0.2.0/24", "192.0.2.13"])',
        of("DynamicSnippet", "s", type="recv", content="# ours"),
    )
    live(
        stack,
        Step(program, activations=1),
        Step(command=("refresh", "--skip-preview"), other=drift, writes=0),
        Step(
            activations=0,
            writes=3,
            items={"t": {"a": "1", "b": "2", "x": "theirs"}},
            entries={"office": {"192.0.2.0/24": {}, "192.0.2.13": {}}},
            check=content,
        ),
        Step(command=("refresh", "--skip-preview"), writes=0),
    )


def test_deactivated_by_hand(stack: Stack) -> None:
    def deactivate(stack: Stack) -> None:
        service_id = stack.emulator.service_id()
        stack.emulator.send("PUT", f"/service/{service_id}/version/1/deactivate")

    live(
        stack,
        Step(www(ORIGIN), activations=1),
        Step(command=("refresh", "--skip-preview"), other=deactivate, writes=0),
        Step(activations=1, serves={"backend": {"origin": {}}}),
    )


def test_service_deleted_by_hand(stack: Stack) -> None:
    def delete(stack: Stack) -> None:
        service_id = stack.emulator.service_id()
        stack.emulator.send("PUT", f"/service/{service_id}/version/1/deactivate")
        stack.emulator.send("DELETE", f"/service/{service_id}")

    program = www(
        ORIGIN, let("t", of("Dictionary", "t")), 'fastly.DictionaryItems("t", dictionary=t, items={"a": "1"})'
    )
    live(
        stack,
        Step(program, activations=1),
        Step(command=REFRESH, other=delete, activations=1, serves={"backend": {"origin": {}}}, items={"t": {"a": "1"}}),
    )


# -------------------------------------------------------------------- versions of others


def test_foreign_version_between_two_updates(stack: Stack) -> None:
    """A draft is cloned from what is active, so nothing of theirs is lost; but their version must be seen first."""
    live(
        stack,
        Step(www(ORIGIN), activations=1),
        Step(
            www(CHANGED),
            other=edit(THEIRS),
            fails=serves_unknown(2),
            writes=0,
            serves={"backend": {"origin": {"port": 80}, "theirs": {}}},
        ),
        Step(
            command=REFRESH,
            activations=1,
            serves={"backend": {"origin": {"port": 81}, "theirs": {}}},
        ),
    )


def test_foreign_version_after_our_draft_was_opened(stack: Stack) -> None:
    live(
        stack,
        Step(www(ORIGIN), activations=1),
        Step(www(CHANGED), other=REFUSED_ACTIVATION, fails="409"),
        Step(
            other=edit(THEIRS),
            fails=serves_unknown(3),
            writes=0,
            serves={"backend": {"origin": {"port": 80}, "theirs": {}}},
        ),
        Step(command=REFRESH, activations=1, serves={"backend": {"origin": {"port": 81}, "theirs": {}}}),
    )


def test_foreign_version_while_we_fill_the_draft(gated: GatedStack) -> None:
    def theirs_serves(stack: Stack) -> None:
        assert stack.emulator.active(stack.emulator.service_id()) == 3

    live(
        gated,
        Step(www(ORIGIN), activations=1),
        Step(
            www(CHANGED),
            other=meanwhile("PUT /service/ID/version/N/backend/origin", edit(THEIRS)),
            fails=["someone else activated version 3 since this draft was opened on version 1", "pulumi up --refresh"],
            activations=1,
            check=theirs_serves,
        ),
        Step(command=REFRESH, activations=1, serves={"backend": {"origin": {"port": 81}, "theirs": {}}}),
    )


def test_draft_edited_by_hand(stack: Stack) -> None:
    """An edit of our object in our draft never goes live, nor does an object put into the draft."""
    live(
        stack,
        Step(www(ORIGIN), activations=1),
        Step(www(CHANGED), other=REFUSED_ACTIVATION, fails="409"),
        Step(
            other=edit_draft(("PUT", "backend/origin", {"weight": "5"})),
            fails=["Backend 'origin'", "pulumi up --refresh"],
            writes=["comment"],
        ),
        Step(fails="pulumi up --refresh", writes=0),
        Step(command=REFRESH, activations=1, serves={"backend": {"origin": {"port": 81, "weight": 100}}}),
        Step(www(ORIGIN), other=REFUSED_ACTIVATION, fails="409"),
        Step(
            other=edit_draft(THEIRS),
            writes=["DELETE backend/theirs", "activate"],
            serves={"backend": {"origin": {"port": 80}}},
        ),
    )


def test_unmanaged_object_edited_in_our_draft(stack: Stack) -> None:
    live(
        stack,
        Step(www(ORIGIN), activations=1),
        Step(www(CHANGED), other=edit(THEIRS), command=REFRESH, activations=1),
        Step(www(ORIGIN), other=REFUSED_ACTIVATION, fails="409"),
        Step(
            other=edit_draft(("PUT", "backend/theirs", {"weight": "5"})),
            fails=["Backend 'theirs'", "pulumi up --refresh"],
        ),
        Step(
            command=REFRESH,
            activations=1,
            serves={"backend": {"origin": {"port": 80}, "theirs": {"weight": 100}}},
        ),
    )


# -------------------------------------------------------------------- take-over


def test_take_over_of_a_service_that_matches(stack: Stack) -> None:
    live(
        stack,
        Step(www(ORIGIN, service=ADOPT), other=existing(ORIGIN_THERE), writes=0),
        NOTHING,
        Step(www(CHANGED, service=ADOPT), activations=1, serves={"backend": {"origin": {"port": 81}}}),
        Step(command=DESTROY, writes=0, says="left in place", serves={"backend": {"origin": {"port": 81}}}),
    )


def test_take_over_of_a_service_that_does_not_match(stack: Stack) -> None:
    live(
        stack,
        Step(
            www(ORIGIN, service=ADOPT),
            other=existing(OLD_ORIGIN_THERE),
            fails=["Backend 'origin' already exists in version 1", "Release(adopt=True)"],
            writes=0,
        ),
        Step(
            www(ORIGIN, service=ADOPT, release="adopt=True"),
            activations=1,
            says="Backend 'origin' already exists; it is overwritten",
            serves={"backend": {"origin": {"address": "origin.example.com"}}},
        ),
        Step(www(ORIGIN, service=ADOPT), writes=0),
    )


def test_adoption_with_objects_that_the_program_does_not_declare(stack: Stack) -> None:
    live(
        stack,
        Step(
            www(ORIGIN, service=ADOPT),
            other=existing(ORIGIN_THERE, SPARE_THERE),
            fails=["Backend 'spare'", "Release(adopt=True)"],
            writes=0,
        ),
        Step(www(ORIGIN, service=ADOPT, release="adopt=True"), writes=0),
        Step(
            www(CHANGED, service=ADOPT, release="adopt=True"),
            activations=1,
            serves={"backend": {"origin": {"port": 81}, "spare": {}}},
        ),
        Step(www(CHANGED, SPARE, service=ADOPT), writes=0),
        Step(www(CHANGED, service=ADOPT), activations=1, serves={"backend": {"origin": {}}}),
    )


def test_adoption_of_a_service_that_never_had_an_active_version(stack: Stack) -> None:
    live(
        stack,
        Step(
            www(ORIGIN, SPARE, service=ADOPT),
            other=existing(ORIGIN_THERE, activate=False),
            writes=["clone", "comment", "POST backend", "activate"],
            serves={"backend": {"origin": {}, "spare": {}}},
        ),
    )


def test_adopted_service_manages_only_what_is_given(stack: Stack) -> None:
    def is_commented(stack: Stack) -> None:
        [row] = stack.emulator.services()
        assert (row["name"], row["comment"]) == ("www", "ours")

    given = ADOPT + ', comment="ours"'
    live(
        stack,
        Step(www(ORIGIN, service=given), other=existing(ORIGIN_THERE), writes=["PUT service"], check=is_commented),
        Step(
            www(ORIGIN, service='adopt_id="another"'),
            fails="adopt_id of a Service cannot be changed in place: give the resource another name",
            writes=0,
        ),
        Step(www(ORIGIN, service=given), writes=0),
        Step(command=("refresh", "--skip-preview"), writes=0),
    )


def test_name_of_an_unmanaged_dictionary(stack: Stack) -> None:
    """The wanted name is held by a dictionary that nobody declares: it is named, and keeps its items."""

    def with_items(stack: Stack) -> None:
        edit(("POST", "dictionary", {"name": "theirs"}))(stack)
        service_id = stack.emulator.service_id()
        table = stack.emulator.objects(service_id, "dictionary")["theirs"]["id"]
        stack.emulator.send("POST", f"/service/{service_id}/dictionary/{table}/item", item_key="k", item_value="v")

    live(
        stack,
        Step(www(ORIGIN, of("Dictionary", "ours")), activations=1),
        Step(
            www(ORIGIN, of("Dictionary", "ours", name="theirs")),
            other=with_items,
            fails=serves_unknown(2),
            writes=0,
            items={"theirs": {"k": "v"}},
        ),
        Step(
            command=REFRESH,
            fails="a Dictionary that this program does not declare",
            items={"theirs": {"k": "v"}},
        ),
        Step(
            www(ORIGIN, of("Dictionary", "ours")),
            command=REFRESH,
            activations=0,
            serves={"dictionary": {"ours": {}, "theirs": {}}},
            items={"theirs": {"k": "v"}},
        ),
    )


def test_adoption_of_settings(stack: Stack) -> None:
    """They always exist, so they are no conflict; but what someone set there is not undone unasked."""

    def with_settings(stack: Stack) -> None:
        existing(ORIGIN_THERE, activate=False)(stack)
        version = f"/service/{stack.emulator.service_id()}/version/1"
        stack.emulator.send("PUT", f"{version}/settings", **{"general.default_ttl": 60})
        stack.emulator.send("PUT", f"{version}/activate")

    def default_ttl(seconds: int) -> Callable[[Stack], object]:
        def check(stack: Stack) -> None:
            service_id = stack.emulator.service_id()
            settings = stack.emulator.get(f"/service/{service_id}/version/{stack.emulator.active(service_id)}/settings")
            assert settings["general.default_ttl"] == seconds

        return check

    live(
        stack,
        Step(www(ORIGIN, service=ADOPT), other=with_settings, fails="objects that the program does not", writes=0),
        Step(www(ORIGIN, of("Settings", "s", default_ttl=70), service=ADOPT), activations=1, check=default_ttl(70)),
        Step(www(ORIGIN, service=ADOPT), activations=1, check=default_ttl(3600)),
    )


def test_adoption_of_live_content(stack: Stack) -> None:
    """Other values of declared keys are refused unless the release adopts; keys that nobody declares stay."""
    containers = [let("t", of("Dictionary", "t")), let("office", of("Acl", "office"))]

    def with_content(stack: Stack) -> None:
        existing(("dictionary", {"name": "t"}), ("acl", {"name": "office"}))(stack)
        emulator, service_id = stack.emulator, stack.emulator.service_id()
        table = emulator.objects(service_id, "dictionary")["t"]["id"]
        acl = emulator.objects(service_id, "acl")["office"]["id"]
        for key, value in {"a": "theirs", "x": "theirs"}.items():
            emulator.send("POST", f"/service/{service_id}/dictionary/{table}/item", item_key=key, item_value=value)
        for ip in ("192.0.2.1", "192.0.2.9"):
            emulator.send("POST", f"/service/{service_id}/acl/{acl}/entry", ip=ip, comment="theirs")

    def program(*entries: str, **items: str) -> str:
        live_items = [
            f"fastly.DictionaryItems('t', dictionary=t, items={items!r})",
            f"fastly.AclEntries('office', acl=office, entries={list(entries)!r})",
        ]
        return www(*containers, *live_items, service=ADOPT)

    live(
        stack,
        Step(
            program("192.0.2.1", "!192.0.2.2", a="ours", b="ours"),
            other=with_content,
            fails=["Dictionary", "1 of the items", "with another value (a)", "Release(adopt=True)"],
            writes=0,
            items={"t": {"a": "theirs", "x": "theirs"}},
            entries={"office": {"192.0.2.1": {"comment": "theirs"}, "192.0.2.9": {"comment": "theirs"}}},
        ),
        Step(
            program("192.0.2.1", "!192.0.2.2", a="ours", b="ours").replace("www, ", "www, adopt=True"),
            activations=0,
            items={"t": {"a": "ours", "b": "ours", "x": "theirs"}},
            entries={
                "office": {
                    "192.0.2.1": {"comment": "", "negated": "0"},
                    "192.0.2.2": {"negated": "1"},
                    "192.0.2.9": {"comment": "theirs"},
                }
            },
        ),
        Step(
            program("192.0.2.2", b="ours"),
            activations=0,
            items={"t": {"b": "ours", "x": "theirs"}},
            entries={"office": {"192.0.2.2": {"negated": "0"}, "192.0.2.9": {}}},
        ),
        Step(command=DESTROY, writes=0, items={"t": {"b": "ours", "x": "theirs"}}),
    )


def test_rollback_by_someone(stack: Stack) -> None:
    """An older version of ours is made active again: the next update says so, and `--refresh` goes on from there."""

    def roll_back(stack: Stack) -> None:
        stack.emulator.send("PUT", f"/service/{stack.emulator.service_id()}/version/1/activate")

    live(
        stack,
        Step(www(ORIGIN), activations=1),
        Step(www(CHANGED), activations=1),
        Step(
            www(CHANGED, SPARE),
            other=roll_back,
            fails=serves_unknown(1),
            writes=0,
            serves={"backend": {"origin": {"port": 80}}},
        ),
        Step(command=REFRESH, activations=1, serves={"backend": {"origin": {"port": 81}, "spare": {}}}),
    )
