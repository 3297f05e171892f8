"""A service that is taken over: without `adopt`, nothing of it is overwritten, and nothing is written at all."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .harness import Emulator, Stack, new_stack
from .lifecycle import ADOPT, NOTHING, REFRESH, Step, backend, existing, let, live, of, www

ORIGIN = backend("origin")
ORIGIN_THERE = ("backend", {"name": "origin", "address": "origin.example.com"})
GUARD = "if (client.ip ~ blocked) { error 403; }"
WAF_THERE = ("snippet", {"name": "waf", "type": "recv", "dynamic": "1", "content": GUARD})
VCL_THERE = ("vcl", {"name": "main", "content": "sub vcl_recv {\n#FASTLY recv\n}\n"})
CACHE_SETTINGS_THERE = ("cache_settings", {"name": "closed", "action": "pass"})


def somebodys(*objects: tuple[str, dict[str, Any]], comment: str = "") -> Callable[[Stack], object]:
    """A service with a dynamic snippet, a dictionary with an item, and an ACL with an entry, all serving."""

    def other(stack: Stack) -> None:
        emulator = stack.emulator
        existing(ORIGIN_THERE, ("acl", {"name": "blocked"}), ("dictionary", {"name": "paths"}), WAF_THERE, *objects)(
            stack
        )
        service_id = emulator.service_id()
        table = emulator.objects(service_id, "dictionary")["paths"]["id"]
        acl = emulator.objects(service_id, "acl")["blocked"]["id"]
        item = {"item_key": "/checkout", "item_value": "/checkout-v2"}
        emulator.send("POST", f"/service/{service_id}/dictionary/{table}/item", **item)
        emulator.send("POST", f"/service/{service_id}/acl/{acl}/entry", ip="192.0.2.1", negated="1")
        if comment:
            emulator.send("PUT", f"/service/{service_id}/version/1", comment=comment)

    return other


def program(*, waf: str = GUARD, item: str = "/checkout-v2", entry: str = "!192.0.2.1", release: str = "") -> str:
    """A program that declares all of it; an argument makes one thing differ."""
    return www(
        ORIGIN,
        let("blocked", of("Acl", "blocked")),
        f"fastly.AclEntries('blocked', acl=blocked, entries=[{entry!r}])",
        let("paths", of("Dictionary", "paths")),
        f"fastly.DictionaryItems('paths', dictionary=paths, items={{'/checkout': {item!r}}})",
        of("DynamicSnippet", "waf", type="recv", content=waf),
        service=ADOPT,
        release=release,
    )


def untouched(stack: Stack) -> None:
    """Live content is as someone left it, and there is one version."""
    emulator, service_id = stack.emulator, stack.emulator.service_id()
    snippet = emulator.objects(service_id, "snippet")["waf"]["id"]
    assert emulator.get(f"/service/{service_id}/snippet/{snippet}")["content"] == GUARD
    table = emulator.objects(service_id, "dictionary")["paths"]["id"]
    assert emulator.items(service_id, table) == {"/checkout": "/checkout-v2"}
    acl = emulator.objects(service_id, "acl")["blocked"]["id"]
    assert {ip: row["negated"] for ip, row in emulator.entries(service_id, acl).items()} == {"192.0.2.1": "1"}
    assert emulator.latest(service_id) == 1


@pytest.mark.parametrize("release", ["", "activate=False"])
def test_live_content_with_another_value_is_not_overwritten(stack: Stack, release: str) -> None:
    def refused(text: str, *named: str, other: Callable[[Stack], object] | None = None) -> Step:
        return Step(text, other=other, fails=["ObjectExists", *named, "Release(adopt=True)"], writes=0, check=untouched)

    live(
        stack,
        refused(program(waf="# ours", release=release), "DynamicSnippet 'waf'", other=somebodys()),
        refused(program(item="/cart", release=release), "/checkout", "with another value"),
        refused(program(entry="192.0.2.1", release=release), "1 of the entries", "with another value"),
        Step(program(), writes=0, check=untouched),
        NOTHING,
        Step(program(item="/cart"), writes=["PATCH dictionary/items"], items={"paths": {"/checkout": "/cart"}}),
    )


def test_undeclared_objects_of_any_kind_are_named(stack: Stack) -> None:
    """Also of kinds that the program has none of; with live content that would differ, nothing is written."""
    refusal = [
        "UndeclaredObjects: version 1",
        "Backend 'origin'",
        "Acl 'blocked'",
        "CacheSettings 'closed'",
        "Vcl 'main'",
        "Release(adopt=True)",
    ]
    waf_alone = of("DynamicSnippet", "waf", type="recv", content="# ours")
    only_foreign = ["UndeclaredObjects: version 1", "CacheSettings 'closed', Vcl 'main'. Declare them, or set"]
    live(
        stack,
        Step(
            www(waf_alone, service=ADOPT),
            other=somebodys(VCL_THERE, CACHE_SETTINGS_THERE),
            fails=refusal,
            writes=0,
            check=untouched,
        ),
        Step(www(waf_alone, service=ADOPT, release="activate=False"), fails=refusal, writes=0, check=untouched),
        Step(program(), fails=only_foreign, writes=0, check=untouched),
        Step(program(release="adopt=True"), activations=0, check=untouched),
    )


def test_live_content_that_matches_is_not_written_by_an_adopting_release(stack: Stack) -> None:
    live(stack, Step(program(release="adopt=True"), other=somebodys(), writes=0, check=untouched))


def test_comment_of_someone_elses_version_is_left_alone(stack: Stack) -> None:
    def is_theirs(stack: Stack) -> None:
        [row] = stack.emulator.versions(stack.emulator.service_id())
        assert row["comment"] == "2024-11 release, approved by Jane"

    live(
        stack,
        Step(program(), other=somebodys(comment="2024-11 release, approved by Jane"), writes=0, check=is_theirs),
        Step(command=REFRESH, writes=0, check=is_theirs),
    )


def test_two_stacks_of_one_name_in_two_backends(tmp_path: Path, emulator: Emulator) -> None:
    """Organization, project and stack are equal, and so are their names; neither removes what the other made."""
    first, second = new_stack(tmp_path / "a", emulator), new_stack(tmp_path / "b", emulator)
    theirs = www(ORIGIN, backend("team-b"), service=ADOPT, release="adopt=True")
    both = {"backend": {"origin": {"port": 81}, "team-b": {}}}
    Step(www(ORIGIN), activations=1).run(first, "A creates")
    second.environment["SERVICE_ID"] = emulator.service_id()
    Step(theirs, activations=1).run(second, "B adds")
    changed = www(backend("origin", port=81))
    refusal = ["NeedsRefresh: version 2 of service", "pulumi up --refresh"]
    Step(changed, fails=refusal, writes=0).run(first, "A changes its own")
    Step(command=REFRESH, activations=1, serves=both).run(first, "A refreshes")
    NOTHING.run(first, "A has nothing to do")
    Step(www(backend("origin", port=81), backend("own")), activations=1).run(first, "A adds")
    three = {"backend": {**both["backend"], "own": {}}}
    Step(www(backend("origin", port=81), backend("own")), command=REFRESH, writes=0, serves=three).run(first, "A again")
    comments = [row["comment"] for row in emulator.versions(emulator.service_id())]
    owners = [comment.partition("[pulumi ")[2].split()[0] for comment in comments[1:]]
    assert len({owner.partition("#")[0] for owner in owners}) == 1, comments
    assert owners[0] != owners[1] == owners[2], comments
