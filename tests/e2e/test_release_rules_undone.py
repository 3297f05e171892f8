"""Rollbacks, flags, and updates that are put back."""

from collections.abc import Callable

import pytest

from tests.cases import Code

from .harness import Stack
from .lifecycle import NOTHING, REFRESH, Step, backend, let, live, of, www

ORIGIN, SPARE = backend("origin"), backend("spare")


def activate(number: int) -> Callable[[Stack], object]:
    """Someone activates a version by hand."""

    def other(stack: Stack) -> None:
        stack.emulator.send("PUT", f"/service/{stack.emulator.service_id()}/version/{number}/activate")

    return other


def test_a_deactivation_is_not_undone_unseen(stack: Stack) -> None:
    """A service that someone took offline stays so until a refresh has seen it, live items included."""

    def deactivate(stack: Stack) -> None:
        stack.emulator.send("PUT", f"/service/{stack.emulator.service_id()}/version/1/deactivate")

    table = let("table", of("Dictionary", "table"))
    live(
        stack,
        Step(www(ORIGIN, table), activations=1),
        Step(
            www(backend("origin", port=81), table),
            other=deactivate,
            fails=["NeedsRefresh: no version of service", "someone deactivated version 1", "which applies the program"],
            writes=0,
        ),
        Step(www(ORIGIN, table), writes=0),
        Step(www(backend("origin", port=81), table), fails=["NeedsRefresh: no version of service"], writes=0),
        Step(command=REFRESH, activations=1, serves={"backend": {"origin": {"port": 81}}}),
        NOTHING,
    )


def test_rollback_does_not_bring_back_what_the_program_removed(stack: Stack) -> None:
    """A plain update does not override it; after a refresh, what came back is removed again, and named."""
    condition = let("old", of("Condition", "old", type="REQUEST", statement="req.url"))
    header = of("Header", "old", action="set", type="request", dst="http.X", src='"1"', request_condition=Code("old"))
    live(
        stack,
        Step(www(ORIGIN, SPARE, condition, header, of("Snippet", "old", type="recv", content="# old")), activations=1),
        Step(www(ORIGIN), activations=1, serves={"backend": {"origin": {}}}),
        Step(
            www(backend("origin", port=81)),
            other=activate(1),
            fails=["NeedsRefresh: version 1 of service", "someone activated it or rolled back", "--refresh"],
            writes=0,
            serves={"backend": {"origin": {"port": 80}, "spare": {}}},
        ),
        Step(
            command=REFRESH,
            activations=1,
            says=[
                f"{what} came back with the rollback to version 1; it is removed again"
                for what in ("Backend 'spare'", "Condition 'old'", "Header 'old'", "Snippet 'old'")
            ],
            serves={"backend": {"origin": {"port": 81}}, "condition": {}, "header": {}, "snippet": {}},
        ),
        NOTHING,
        Step(command=REFRESH, writes=0),
    )


def test_rollback_stops_live_writes_too(stack: Stack) -> None:
    """An update that is refused since someone rolled back writes nothing, live content included."""

    def program(port: int, value: str) -> str:
        return www(
            backend("origin", port=port),
            let("d", of("Dictionary", "d")),
            f"fastly.DictionaryItems('d', dictionary=d, items={{'a': {value!r}}})",
            of("DynamicSnippet", "s", type="recv", content=f"# {value}"),
        )

    live(
        stack,
        Step(program(80, "1"), activations=1),
        Step(program(81, "1"), activations=1),
        Step(program(82, "2"), other=activate(1), fails="NeedsRefresh: version 1", writes=0, items={"d": {"a": "1"}}),
        Step(command=REFRESH, activations=1, items={"d": {"a": "2"}}),
    )


def test_flags_of_own_options(stack: Stack) -> None:
    """What `pulumi state unprotect` does not change is said; what is retained stays."""
    protected = backend("guarded", opts=Code("pulumi.ResourceOptions(protect=True)"))
    retained = backend("kept", opts=Code("pulumi.ResourceOptions(retain_on_delete=True)"))
    all_three = {"backend": {"origin": {}, "guarded": {}, "kept": {}}}

    def unprotect(stack: Stack) -> None:
        urn = "urn:pulumi:test::shop::fastly:index:Release$pulumi-python:dynamic/fastly:Backend::guarded"
        assert stack.run("state", "unprotect", urn, "--yes").ok

    refusal = [
        "Backend 'guarded' is protected",
        "`pulumi state unprotect` is not enough: remove `protect` in the program",
    ]
    live(
        stack,
        Step(www(ORIGIN, protected, retained), activations=1),
        Step(www(ORIGIN, retained), other=unprotect, fails=refusal, writes=0, serves=all_three),
        Step(www(ORIGIN, backend("guarded"), retained), writes=0),
        Step(www(backend("origin", port=81)), activations=1, serves={"backend": {"origin": {"port": 81}, "kept": {}}}),
    )


@pytest.mark.parametrize("option", ["", "delete_before_replace=True, "])
def test_dictionary_replaced_under_its_own_name_then_put_back(stack: Stack, option: str) -> None:
    """The items would be lost, so it is refused; the old program settles, and nobody reads of temporary names."""
    items = 'fastly.DictionaryItems("d", dictionary=d, items={"a": "1", "b": "2"})'
    before = www(ORIGIN, let("d", of("Dictionary", "d")), items)
    opts = Code(f'pulumi.ResourceOptions({option}replace_on_changes=["name"])')
    replaced = www(ORIGIN, let("d", of("Dictionary", "d", name="d2", opts=opts)), items)
    steps = [
        Step(before, activations=1),
        Step(replaced, fails=["Dictionary 'd'", "force_destroy=True"]),
        Step(before, activations=0),
        NOTHING,
        Step(before.replace('"origin.example.com"', '"new.example.com"').replace("'origin.", "'new."), activations=1),
    ]
    for number, step in enumerate(steps, 1):
        result = step.run(stack, f"step {number}")
        assert "tmp_" not in result.output, str(result)
        emulator, service_id = stack.emulator, stack.emulator.service_id()
        [(name, row)] = emulator.objects(service_id, "dictionary").items()
        assert (name, emulator.items(service_id, row["id"])) == ("d", {"a": "1", "b": "2"}), str(result)
