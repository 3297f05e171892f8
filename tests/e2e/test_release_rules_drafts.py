"""What someone else puts into a draft of ours never goes live unseen, and what they activated stays."""

from collections.abc import Callable
from typing import Any

from .gated import GatedStack, meanwhile
from .harness import Stack
from .lifecycle import REFRESH, Step, backend, edit_draft, live, of, www

ORIGIN, SPARE = backend("origin"), backend("spare")
BAD = of("Snippet", "bad", type="recv", content="this is not VCL")
ERROR_503 = ("POST", "snippet", {"name": "theirs", "type": "recv", "dynamic": "0", "content": "error 503;"})
CACHE_SETTINGS = ("POST", "cache_settings", {"name": "theirs", "action": "pass"})
GZIP = ("POST", "gzip", {"name": "theirs", "extensions": "css js"})
BACKEND = ("POST", "backend", {"name": "theirs", "address": "theirs.example.com"})
WEIGHT = ("PUT", "backend/spare", {"weight": "5"})
Change = tuple[str, str, dict[str, Any]]


def only_ours(stack: Stack) -> None:
    """No version that ever served has anything of theirs."""
    emulator, service_id = stack.emulator, stack.emulator.service_id()
    for row in emulator.versions(service_id):
        if row["locked"]:
            for collection in ("snippet", "cache_settings", "gzip", "backend"):
                assert "theirs" not in emulator.objects(service_id, collection, row["number"]), row


def test_draft_edited_while_up_fills_it(gated: GatedStack) -> None:
    """A kind of the release, a kind outside it, kinds without a class, and an object of ours: refused and named."""

    def refused(port: int, change: Change, named: str) -> Step:
        return Step(
            www(backend("origin", port=port), SPARE),
            other=meanwhile("PUT /service/ID/version/N/backend/origin", edit_draft(change)),
            fails=[named, "Nothing was activated", "pulumi up --refresh"],
            serves={"backend": {"origin": {"port": 80}, "spare": {"weight": 100}}},
            check=only_ours,
        )

    live(
        gated,
        Step(www(ORIGIN, SPARE), activations=1),
        refused(81, ERROR_503, "Snippet 'theirs'"),
        refused(82, CACHE_SETTINGS, "CacheSettings 'theirs'"),
        refused(83, GZIP, "Gzip 'theirs'"),
        refused(84, BACKEND, "Backend 'theirs'"),
        refused(85, WEIGHT, "Backend 'spare'"),
        Step(
            command=REFRESH,
            activations=1,
            serves={"backend": {"origin": {"port": 85}, "spare": {"weight": 100}}, "snippet": {}},
            check=only_ours,
        ),
    )


def test_draft_edited_just_in_the_first_up(gated: GatedStack) -> None:
    """The check is of the whole draft, also where the release is of a service that was created just now."""
    live(
        gated,
        Step(
            www(ORIGIN),
            other=meanwhile("POST /service/ID/version/N/backend", edit_draft(CACHE_SETTINGS)),
            says="CacheSettings 'theirs' was removed from draft 1: neither the program nor the active version has it",
            activations=1,
            serves={"backend": {"origin": {}}, "cache_settings": {}},
        ),
    )


def test_leftovers_that_are_deleted_are_named(stack: Stack) -> None:
    live(
        stack,
        Step(www(ORIGIN), activations=1),
        Step(www(backend("origin", port=81), BAD), fails="does not compile"),
        Step(
            www(backend("origin", port=81)),
            other=edit_draft(BACKEND),
            says=["Backend 'theirs' was removed from draft 2", "Snippet 'bad' was removed from draft 2"],
            writes=["DELETE backend/theirs", "DELETE snippet/bad", "activate"],
            serves={"backend": {"origin": {"port": 81}}, "snippet": {}},
        ),
    )


# -------------------------------------------------------------------- our failed draft, mended and activated


def mended(*changes: Change) -> Callable[[Stack], object]:
    """A person takes the broken snippet out of our draft, makes changes, and activates it."""

    def other(stack: Stack) -> None:
        edit_draft(("DELETE", "snippet/bad", {}), *changes)(stack)
        service_id = stack.emulator.service_id()
        stack.emulator.send("PUT", f"/service/{service_id}/version/{stack.emulator.latest(service_id)}/activate")

    return other


HOTFIX = ("POST", "backend", {"name": "hotfix", "address": "standby.example.com"})


def test_failed_draft_mended_with_a_hotfix_and_activated(stack: Stack) -> None:
    """What serves and nobody declares stays: refused by name, with the ways out, whether refreshed or not."""
    changed = backend("origin", port=82)
    both = {"backend": {"origin": {"port": 81}, "hotfix": {}}}
    refusal = ["UndeclaredObjects", "Backend 'hotfix'", "Release(adopt=True)"]
    live(
        stack,
        Step(www(ORIGIN), activations=1),
        Step(www(backend("origin", port=81), BAD), fails="does not compile"),
        Step(www(changed), other=mended(HOTFIX), fails=refusal, serves=both),
        Step(command=REFRESH, fails=refusal, serves=both),
        Step(fails=refusal, serves=both),
        Step(
            www(changed, release="adopt=True"),
            command=REFRESH,
            activations=1,
            serves={"backend": {"origin": {"port": 82}, "hotfix": {}}},
        ),
        # From here on it is in a version that the state knows, and nobody's.
        Step(
            www(backend("origin", port=83)),
            activations=1,
            serves={"backend": {"origin": {"port": 83}, "hotfix": {}}},
        ),
    )


def test_failed_draft_mended_with_a_hotfix_that_is_then_declared(stack: Stack) -> None:
    hotfix = backend("hotfix", address="standby.example.com")
    live(
        stack,
        Step(www(ORIGIN), activations=1),
        Step(www(backend("origin", port=81), BAD), fails="does not compile"),
        Step(
            www(backend("origin", port=81), hotfix),
            other=mended(HOTFIX),
            command=REFRESH,
            activations=0,
            serves={"backend": {"origin": {"port": 81}, "hotfix": {}}},
        ),
        Step(www(backend("origin", port=81)), activations=1, serves={"backend": {"origin": {}}}),
    )
