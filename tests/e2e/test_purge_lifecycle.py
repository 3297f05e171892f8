"""Purges on the real CLI."""

import json
from typing import Any

import pytest

from .gated import GatedStack, Trap
from .harness import Result, Stack
from .lifecycle import NO_DRIFT, REFRESH, Step, backend, fault, live, www

ON_RELEASE = 'fastly.Purge("all", service=www, all=True, triggers=[release.version.number])'
KEYS_600 = "[f'key-{number:03}' for number in range(600)]"


def of(properties: str, *objects: str, release: str = "") -> str:
    """A service with a release, and a purge behind it."""
    return www(*objects, release=release, after=f'fastly.Purge("articles", service=www, {properties})')


def purged(stack: Stack) -> list[Any]:
    """What was purged since the last look."""
    found = stack.emulator.get("/_emulator/purges")
    stack.emulator.http.delete("/_emulator/purges").raise_for_status()
    return [each.get("keys") or each.get("url") or each["kind"] for each in found]


def purges(*wanted: Any) -> Any:
    """A check that this was purged, and nothing else."""

    def check(stack: Stack) -> None:
        assert purged(stack) == list(wanted)

    return check


def order(result: Result) -> list[str]:
    """Activations and purges in the order of the emulator's log."""
    return [
        call.path.rpartition("/")[2] for call in result.calls if call.path.endswith(("/activate", "/purge", "_all"))
    ]


def test_lifecycle(stack: Stack) -> None:
    live(
        stack,
        Step(of('keys=["b", "a", "a"], triggers=["1"]'), activations=1, check=purges(["a", "b"])),
        Step(calls=0, check=purges()),
        NO_DRIFT,
        Step(command=REFRESH, writes=0, check=purges()),
        Step(of('keys=["a", "b"], triggers=["1"]'), calls=0),
        Step(of('keys=["a", "b"], triggers=["2"]'), calls=1, check=purges(["a", "b"])),
        Step(of('keys=["a"], triggers=["2"]'), calls=1, check=purges(["a"])),
        Step(of('url="HTTPS://WWW.example.com/a?b=c", soft=True'), calls=1, check=purges("www.example.com/a?b=c")),
        NO_DRIFT,
        Step(of("all=True"), writes=["POST purge_all"], check=purges("all")),
        Step(command=("preview",), calls=0),
        Step(www(), calls=0),
        Step(of("all=True"), calls=1, check=purges("all")),
        Step(command=("destroy", "--skip-preview"), check=purges()),
    )


def test_a_purge_follows_each_activation(stack: Stack) -> None:
    """In the order of the log: the activation, then the purge; not where nothing was activated."""
    first = stack.up(www(backend("origin"), after=ON_RELEASE), preview=True)
    assert first.ok, first
    assert order(first) == ["activate", "purge_all"]
    assert not stack.up().calls
    changed = www(backend("origin", port=81), after=ON_RELEASE)
    previewed = stack.preview(changed)
    assert previewed.ok, previewed
    assert "fastly:Purge: (update)" in previewed.output, previewed
    assert order(previewed) == []
    second = stack.up()
    assert second.ok, second
    assert order(second) == ["activate", "purge_all"]
    assert not stack.up().calls
    draft = stack.up(www(backend("origin", port=82), release="activate=False", after=ON_RELEASE), preview=True)
    assert draft.ok, draft
    assert order(draft) == []
    stack.emulator.fault("PUT", "*/activate", status=403)
    failed = stack.up(www(backend("origin", port=83), after=ON_RELEASE))
    assert not failed.ok
    assert order(failed) == ["activate"]
    stack.emulator.clear_faults()
    settled = stack.up()
    assert settled.ok, settled
    assert order(settled) == ["activate", "purge_all"]


def test_it_waits_for_what_it_depends_on_without_a_trigger(stack: Stack) -> None:
    after = 'fastly.Purge("a", service=www, keys=["a"], opts=pulumi.ResourceOptions(depends_on=[release.version]))'
    result = stack.up(www(after=after))
    assert result.ok, result
    assert order(result) == ["activate", "purge"]
    changed = stack.up(www(backend("origin"), after=after))
    assert order(changed) == ["activate"], "what it depends on is no trigger"


def test_inside_the_block(stack: Stack) -> None:
    """It waits for what it depends on, which the version is not."""
    result = stack.up(www('fastly.Purge("a", service=www, url="www.example.com", triggers=[www.id])'))
    assert result.ok, result
    assert purged(stack) == ["www.example.com/"]
    assert not stack.up().calls


def test_600_keys_are_three_calls_and_a_failed_batch_is_purged_by_the_next_up(stack: Stack) -> None:
    assert stack.up(www()).ok
    stack.emulator.fault("POST", "*/purge", status=500, skip=1)
    failed = stack.up(of(f"keys={KEYS_600}"))
    assert not failed.ok
    assert "PurgeFailed: 344 of 600 keys of service" in failed.output, failed
    assert "key-256, key-257" in failed.output
    assert "and 324 more" in failed.output
    assert "Traceback" not in failed.output
    stack.emulator.clear_faults()
    purged(stack)
    settled = stack.up()
    assert settled.ok, settled
    assert order(settled) == ["purge"] * 3
    assert [len(keys) for keys in purged(stack)] == [256, 256, 88]
    assert not stack.up().calls


def test_a_failed_update_is_repeated(stack: Stack) -> None:
    """Also where the trigger does not change again: the state has the old one."""
    live(
        stack,
        Step(of('keys=["a"], triggers=["1"]'), check=purges(["a"])),
        Step(
            of('keys=["a"], triggers=["2"]'),
            other=fault("POST", "*/purge", status=500),
            fails="PurgeFailed: 1 of 1 keys of service",
            check=purges(),
        ),
        Step(calls=1, check=purges(["a"])),
    )


@pytest.mark.parametrize("fault_", [{"status": 503}, {"drop": "before"}, {"drop": "after"}], ids=str)
def test_the_very_update_goes_on_after_a_failure_on_the_way(stack: Stack, fault_: dict[str, Any]) -> None:
    live(
        stack,
        Step(www()),
        Step(of('url="www.example.com/"'), other=fault("POST", "/purge/*", **fault_), calls=2),
    )


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("is_there", [False, True])
def test_a_killed_purge_is_repeated(gated: GatedStack, moment: str, is_there: bool) -> None:
    base = of(f"keys={KEYS_600}, triggers=[1]") if is_there else www()
    assert gated.up(base).ok
    purged(gated)
    gated.write(of(f"keys={KEYS_600}, triggers=[2]"))
    gated.kill_at("POST /service/ID/purge #2", moment)
    gated.unlock()
    purged(gated)
    again = gated.up()
    assert again.ok, again
    assert [len(keys) for keys in purged(gated)] == [256, 256, 88]
    assert not gated.up().calls


def test_the_limit_of_keys_is_their_own(gated: GatedStack) -> None:
    assert gated.up(www()).ok
    gated.write(of('keys=["a"]'))
    result = gated.up_with(Trap("POST /service/ID/purge", limit_seconds=60))
    assert result.ok, result
    assert purged(gated) == [["a"]]


SECRETS = 'keys=pulumi.Output.secret(["c4nary-key"]), triggers=["plain", pulumi.Output.secret("c4nary-{}")]'


def test_secrets_are_in_no_state_and_no_message(stack: Stack) -> None:
    first = stack.up(of(SECRETS.format(1)), preview=True)
    assert first.ok, first
    assert purged(stack) == [["c4nary-key"]]
    assert not stack.up().calls
    stack.emulator.fault("POST", "*/purge", status=500)
    failed = stack.up(of(SECRETS.format(2)), "--diff", preview=True)
    stack.emulator.clear_faults()
    assert "PurgeFailed: 1 of 1 keys" in failed.output, failed
    changed = stack.up()
    assert changed.ok, changed
    assert purged(stack) == [["c4nary-key"]], "a secret trigger is one like any other"
    state = json.dumps(stack.state())
    for text in (first.output, failed.output, changed.output, state, stack.refresh("--diff").output):
        assert "c4nary" not in text


def test_destroy_sends_no_purge_also_where_the_service_is_gone(stack: Stack) -> None:
    assert stack.up(of("all=True")).ok
    stack.emulator.send("PUT", f"/service/{stack.emulator.service_id()}/version/1/deactivate")
    stack.emulator.send("DELETE", f"/service/{stack.emulator.service_id()}")
    purged(stack)
    destroyed = stack.destroy()
    assert destroyed.ok, destroyed
    assert purged(stack) == []


MISTAKES = [
    ('keys=["a"], url="www.example.com"', "keys cannot be combined with url: use one Purge for each (__main__.py:"),
    ("soft=True", "keys are missing: write keys=[...], url=... or all=True (__main__.py:"),
]


@pytest.mark.parametrize(("properties", "text"), MISTAKES)
def test_mistakes_name_the_line_and_the_fix(stack: Stack, properties: str, text: str) -> None:
    result = stack.preview(of(properties))
    assert not result.ok
    assert text in " ".join(result.output.split()), result
    assert "Traceback" not in result.output


def test_keys_need_a_service(stack: Stack) -> None:
    result = stack.preview('fastly.Purge("a", keys=["a"])')
    assert "service is missing: keys needs it, write service=... (__main__.py:" in result.output, result
