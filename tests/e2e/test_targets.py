"""`--target` and `--exclude`: what an update leaves in a draft is named, and the next whole update activates it."""

import pytest

from .harness import Stack
from .lifecycle import backend, of, www

URN = "urn:pulumi:test::shop::fastly:index:Release$pulumi-python:dynamic/fastly:"
BEFORE = www(backend("origin"), backend("other"))
CHANGED = www(backend("origin", port=81), backend("other"), backend("new"))
WARNING = (
    "warning: the changes of {} stay in a draft, because --target or --exclude leaves out the Version of this release. "
    "To activate them, run `pulumi up` without these options"
)


@pytest.mark.parametrize(
    ("arguments", "before", "after"),
    [
        (("--target", URN + "Backend::origin"), "Backend 'origin'", "Backend 'origin'"),
        # A preview cannot tell a new object from one that is not a target either.
        (("--exclude", URN + "Version::www"), "Backend 'origin'", "Backend 'origin', Backend 'new'"),
    ],
    ids=["target", "exclude"],
)
def test_what_stays_in_a_draft_is_named(stack: Stack, arguments: tuple[str, str], before: str, after: str) -> None:
    assert "stay in a draft" not in stack.up(BEFORE, preview=True).output
    result = stack.up(CHANGED, *arguments, preview=True)
    assert result.ok, str(result)
    assert result.activations == 0
    planned, _, updated = result.output.partition("Updating (")
    assert WARNING.format(before) in planned, str(result)
    assert WARNING.format(after) in updated, str(result)
    whole = stack.up(preview=True)
    assert whole.activations == 1, str(whole)
    assert "stay in a draft" not in whole.output


@pytest.mark.parametrize("first", [True, False])
def test_a_release_that_fails_is_no_matter_of_targets(stack: Stack, first: bool) -> None:
    if not first:
        assert stack.up(BEFORE).ok
    result = stack.up(www(of("Snippet", "s", type="recv", content="set")), "--continue-on-error")
    assert not result.ok
    assert "InvalidVersion" in result.output
    assert "stay in a draft" not in result.output, str(result)


def test_a_dropped_reference_to_the_target_can_be_repaired(stack: Stack) -> None:
    """The engine saves the object that is no target first, with its old dependencies: docs/errors.md has the way out.

    If the engine fails no more, the row there and the line in docs/limits.md can go.
    """

    def pool(*names: str, weight: int) -> str:
        return www(backend("origin"), backend("second", weight=weight), of("Director", "pool", backends=list(names)))

    def linked(version: int | None = None) -> list[str]:
        return sorted(stack.emulator.objects(service_id, "director", version)["pool"]["backends"])

    assert stack.up(pool("origin", "second", weight=100)).ok
    service_id, urns = stack.emulator.service_id(), urns_of(stack)
    broken = stack.up(pool("origin", weight=50), "--target", "**second")
    assert not broken.ok
    assert "snapshot integrity failure" in broken.output, str(broken)
    assert broken.activations == 0
    assert stack.run("state", "repair", "--yes").ok
    assert urns_of(stack) == urns
    assert linked() == ["origin", "second"]
    whole = stack.up(None, "--refresh")
    assert whole.ok, str(whole)
    assert whole.activations == 1
    assert linked() == ["origin"]
    assert stack.emulator.objects(service_id, "backend")["second"]["weight"] == 50
    assert urns_of(stack) == urns
    assert stack.up().writes == []


def urns_of(stack: Stack) -> list[str]:
    return sorted(resource["urn"] for resource in stack.state()["deployment"]["resources"])
