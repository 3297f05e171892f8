"""The update that is killed and disturbed at each of its calls, and the first ``up`` of a new service."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .gated import GatedStack, Prepared, line, numbered, prepare
from .harness import Result
from .snapshots import snapshot

BASE = """
www = fastly.Service("www", force_destroy=True)
with fastly.Release("www", service=www) as release:
    fastly.Domain("www.example.com", release=release)
    fastly.Backend("origin", release=release, address="origin.example.com")
    old = fastly.Condition("old", release=release, type="REQUEST", statement='req.url ~ "^/old"')
    fastly.Header("x-old", release=release, action="set", type="request", dst="http.X-Old", src='"1"',
                  request_condition=old)
    fastly.Header("x-kept", release=release, action="set", type="request", dst="http.X-Kept", src='"1"')
    fastly.Snippet("banner", release=release, type="recv", content="# hello")
    kept = fastly.Dictionary("kept", release=release)
    fastly.DictionaryItems("kept", dictionary=kept, items={"a": "1", "b": "2"})
"""
CHANGED = """
www = fastly.Service("www", force_destroy=True)
with fastly.Release("www", service=www) as release:
    fastly.Domain("www.example.com", release=release)
    fastly.Backend("origin", release=release, address="origin.example.com")
    fastly.Backend("second", release=release, address="second.example.com")
    fastly.Header("x-kept", release=release, action="set", type="request", dst="http.X-Kept", src='"2"')
    kept = fastly.Dictionary("kept", release=release)
    fastly.DictionaryItems("kept", dictionary=kept, items={"a": "1", "b": "3"})
    added = fastly.Dictionary("added", release=release)
    fastly.DictionaryItems("added", dictionary=added, items={"c": "4", "d": "5"})
"""
"""Adds a backend and a dictionary with items, changes a header and an item, removes a snippet, a header and the
condition that this header named."""
NEW = """
www = fastly.Service("www", force_destroy=True)
with fastly.Release("www", service=www) as release:
    fastly.Domain("www.example.com", release=release)
    fastly.Backend("origin", release=release, address="origin.example.com")
    table = fastly.Dictionary("table", release=release)
    fastly.DictionaryItems("table", dictionary=table, items={"a": "1", "b": "2"})
"""

UPDATE = (
    "GET /service/ID",
    "GET /service/ID/version/N/header",
    "PUT /service/ID/version/N/clone",
    "PUT /service/ID/version/N",
    "PUT /service/ID/version/N/header/x-kept",
    "GET /service/ID/version/N/backend",
    "POST /service/ID/version/N/backend",
    "GET /service/ID/version/N/dictionary",
    "POST /service/ID/version/N/dictionary",
    "PATCH /service/ID/dictionary/ID/items",
    "PATCH /service/ID/dictionary/ID/items #2",
    "GET /service/ID/version/N/snippet",
    "DELETE /service/ID/version/N/snippet/banner",
    "DELETE /service/ID/version/N/header/x-old",
    "DELETE /service/ID/version/N/condition/old",
    "GET /service/ID #2",
    "GET /service/ID/diff/from/N/to/N",
    "GET /service/ID/version/N/backend #2",
    "GET /service/ID/version/N/dictionary #2",
    "GET /service/ID/version/N/header #2",
    "GET /service/ID/version/N/condition",
    "GET /service/ID/version/N/snippet #2",
    "GET /service/ID/version/N/domain",
    "GET /service/ID/version/N/validate",
    "PUT /service/ID/version/N/activate",
)
"""The calls of the update from ``BASE`` to ``CHANGED``, with two of ``OF_THE_BASE``."""
OF_THE_BASE = frozenset(f"GET /service/ID/version/N/{name} #3" for name in ("backend", "dictionary", "header"))
"""The verification reads these lists in the base, too, but for the one of the object that opened the draft."""
FIRST = (
    "POST /service",
    "POST /service/ID/version/N/domain",
    "POST /service/ID/version/N/backend",
    "POST /service/ID/version/N/dictionary",
    "PATCH /service/ID/dictionary/ID/items",
    "GET /service/ID/details",
    "GET /service/ID/version/N/backend",
    "GET /service/ID/version/N/dictionary",
    "GET /service/ID/version/N/domain",
    "GET /service/ID/version/N/validate",
    "PUT /service/ID/version/N/activate",
)
"""Every call of a first ``up`` of ``NEW``."""


@dataclass(frozen=True)
class Case:
    """A program on top of a prepared stack, its calls where nobody disturbs it, and what they lead to."""

    start: Prepared
    program: str
    calls: list[str]
    served: dict[str, Any]

    def converge(self, stack: GatedStack, before: Result) -> None:
        """``up`` leads to what the undisturbed run led to, with one activation in all; the next one makes no call."""
        again = stack.up()
        assert again.ok, f"{before}\n{again}"
        self.check(stack, before, again)
        assert stack.up().calls == []

    def check(self, stack: GatedStack, *runs: Result) -> None:
        """Nothing is lost, nothing is there twice, and one activation was enough."""
        told = "\n".join(map(str, runs))
        assert snapshot(stack.emulator) == self.served, told
        assert sum(run.activations for run in runs) <= 1, told


def case(folder: Path, before: str, program: str) -> Case:
    """Brings the first program up, then runs the second one on a copy, undisturbed.

    Someone else's item, which nobody declares, must survive whatever happens.
    """
    with prepare(folder / "start") as stack:
        if before:
            result = stack.up(before)
            assert result.ok, str(result)
            _someone_adds_an_item(stack)
        stack.write(program)
    start = Prepared(folder / "start")
    with start.copy(folder / "undisturbed") as stack:
        result = stack.up()
        assert result.ok, str(result)
        calls = numbered([line(call.method, call.path) for call in result.calls])
        return Case(start, program, calls, snapshot(stack.emulator))


def _someone_adds_an_item(stack: GatedStack) -> None:
    service_id = stack.emulator.service_id()
    dictionary_id = stack.emulator.objects(service_id, "dictionary")["kept"]["id"]
    stack.emulator.send(
        "POST", f"/service/{service_id}/dictionary/{dictionary_id}/item", item_key="theirs", item_value="9"
    )
