"""A refused update says who did what stopped it, if the audit log can be read; that is never an error of its own."""

import pytest

from .gated import GatedStack, meanwhile
from .harness import Result, Stack
from .lifecycle import REFRESH, Step, backend, edit_draft, fault, live, www

ORIGIN, CHANGED = backend("origin"), backend("origin", port=81)
GZIP = ("POST", "gzip", {"name": "theirs", "extensions": "css js"})


def said(stack: Stack, result: Result, what: str) -> bool:
    token = stack.emulator.get("/tokens/self")
    words = f"({what} by user {token['user_id']} with token '{token['name']}' ({token['id']}) at 20"
    assert [call.path for call in result.calls].count("/events") == 1, result
    return words in " ".join(result.output.split())


@pytest.mark.parametrize(("status", "told"), [(None, True), (403, False), (503, False)])
def test_a_foreign_activation(stack: Stack, status: int | None, told: bool) -> None:
    live(stack, Step(www(ORIGIN), activations=1))
    service_id = stack.emulator.service_id()
    version = stack.emulator.someone_activates(service_id)
    if status:
        fault("GET", "/events", status=status, times=9)(stack)
    result = Step(www(CHANGED), fails=["someone activated it or rolled back", "--refresh"], writes=0).run(stack, "")
    assert said(stack, result, f"version {version} was activated") is told, result
    live(stack, Step(command=REFRESH, activations=1, serves={"backend": {"origin": {"port": 81}}}))


@pytest.mark.parametrize(("status", "told"), [(None, True), (403, False)])
def test_a_foreign_change_in_the_draft(gated: GatedStack, status: int | None, told: bool) -> None:
    live(gated, Step(www(ORIGIN), activations=1))
    if status:
        fault("GET", "/events", status=status, times=9)(gated)
    edited = meanwhile("PUT /service/ID/version/N/backend/origin", edit_draft(GZIP))
    result = Step(www(CHANGED), other=edited, fails=["ChangedInDraft", "Gzip 'theirs'"]).run(gated, "")
    assert said(gated, result, "Gzip 'theirs' was created") is told, result
    live(gated, Step(command=REFRESH, activations=1, serves={"gzip": {}}))
