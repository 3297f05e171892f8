"""The programs in ``examples/`` on the real CLI: real services, from the first ``up`` to ``destroy``."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from .harness import REPOSITORY, Emulator, Result, Stack, new_stack
from .lifecycle import edit

EXAMPLES = REPOSITORY / "examples"
IN_A_VERSION = re.compile(r"/service/(\w+)/version/\d+/(?!activate|clone|deactivate|validate)(logging/\w+|[\w-]+)")
NOT_IN_A_DIFF = ("logging/", "rate-limiters", "http3")
"""Lists that an update reads twice: Fastly's diff of two versions leaves them out."""
OTHERS = {"quickstart", "pull-request"}
"""The first one has tests of its own, the second is no program."""


@dataclass(frozen=True)
class Example:
    """One program, a change of it, and what another client changes."""

    name: str
    resources: int
    """Without the stack itself."""
    service: str
    change: tuple[str, str, str]
    """A file, a text in it, and what takes its place: one object changes."""
    drift: tuple[str, Mapping[str, Any], str]
    """An object of the service, what another client writes to it, and the property that a refresh shows."""
    live: int = 0
    """Calls for live content in a refresh."""
    secrets: Mapping[str, str] = field(default_factory=dict)
    """What must be configured."""


CASES = [
    Example(
        "mirror",
        resources=52,
        service="mirror.example.com",
        change=("vcl/recv/blocked.vcl", 'error 403 "Forbidden"', 'error 429 "Too Many Requests"'),
        drift=("backend/packages-1", {"first_byte_timeout": "5000"}, "first_byte_timeout"),
        live=2,
    ),
    Example(
        "docs-site",
        resources=56,
        service="docs.example.com",
        change=("pages/404.html", "Try the", "Perhaps it moved. Try the"),
        drift=("header/Referrer-Policy", {"src": '"unsafe-url"'}, "src"),
        secrets={"datadogToken": "0123456789", "stagingPassword": "open sesame"},
    ),
    Example(
        "vcl-service",
        resources=62,
        service="packages.example.com",
        change=("vcl/uploads.vcl", 'error 405 "Method Not Allowed"', 'error 403 "Forbidden"'),
        drift=("vcl/projects", {"content": "sub projects_recv {}\nsub projects_error {}"}, "content"),
        live=3,
        secrets={"alertsToken": "0123456789"},
    ),
    Example(
        "two-services",
        resources=29,
        service="shop.example.com",
        change=("__main__.py", "ttl=86400", "ttl=43200"),
        drift=("condition/images", {"statement": 'req.url ~ "^/i/"'}, "statement"),
        live=1,
    ),
    Example(
        "logging",
        resources=17,
        service="logs.example.com",
        change=("__main__.py", "randombool(1, 100)", "randombool(5, 100)"),
        drift=("logging/s3/archive", {"period": "60"}, "period"),
        secrets={"datadogToken": "0123456789", "alertsToken": "9876543210"},
    ),
]


def test_every_example_is_tested() -> None:
    assert {folder.name for folder in EXAMPLES.iterdir() if folder.is_dir()} == {case.name for case in CASES} | OTHERS


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_example_from_up_to_destroy(tmp_path: Path, emulator: Emulator, case: Example) -> None:
    stack = new_stack(tmp_path, emulator, EXAMPLES / case.name)
    for key, value in case.secrets.items():
        missing = stack.up()
        assert (missing.ok, missing.calls) == (False, []), missing
        assert f":{key}'" in missing.output
        good(stack.run("config", "set", "--secret", key, value))
    breaks_no_policy(stack)

    first = good(stack.up())
    lists = lists_by_service(first)
    assert first.activations == len(lists), first
    assert good(stack.up()).calls == []

    changes_one_object(stack, case, lists)

    refreshed = good(stack.refresh())
    assert f"{case.resources + 1} unchanged" in refreshed.output, refreshed
    assert {call.method for call in refreshed.calls} == {"GET"}, refreshed
    assert len(refreshed.calls) == sum(1 + len(names) for names in lists.values()) + case.live, refreshed

    drifts_and_is_put_right(stack, case)

    good(stack.destroy())
    assert emulator.services() == []


def breaks_no_policy(stack: Stack) -> None:
    """No rule reports anything; where falco is missing, advice says that VCL was not linted."""
    result = good(stack.run("preview", "--policy-pack", str(REPOSITORY / "policies")))
    told = re.findall(r"\[(?:mandatory|advisory)\]\s+(\S+).*\n.*\n\s+(.*)", result.output)
    assert [rule for rule, words in told if "VCL is not linted, since falco is not installed" not in words] == [], (
        result
    )
    assert {call.path for call in result.calls} <= {"/datacenters"}, result  # for shield-exists


def changes_one_object(stack: Stack, case: Example, lists: Mapping[str, set[str]]) -> None:
    """One object of one service is changed, with one activation and no more calls than the budget has."""
    name, old, new = case.change
    file = stack.folder / name
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))
    result = good(stack.up())
    service_id = stack.emulator.service_id(case.service)
    assert (result.activations, len(result.writes)) == (1, 4), result
    twice = {name for name in lists[service_id] if name.startswith(NOT_IN_A_DIFF)}
    assert len(result.calls) == 9 + len(lists[service_id]) + len(twice), result
    assert all(service_id in call.path for call in result.calls), result


def drifts_and_is_put_right(stack: Stack, case: Example) -> None:
    """Another client's change is shown by a refresh, and undone by the next update."""
    place, form, shown = case.drift
    collection, _, name = place.rpartition("/")
    service_id = stack.emulator.service_id(case.service)
    before = stack.emulator.objects(service_id, collection)[name]
    edit(("PUT", place, dict(form)), service=case.service)(stack)
    refreshed = good(stack.refresh())
    assert "~ 1 updated" in refreshed.output, refreshed
    assert re.search(rf"{re.escape(name)} updated .*\[diff: .*~{shown}", refreshed.output), refreshed
    assert good(stack.up()).activations == 1
    after = stack.emulator.objects(service_id, collection)[name]
    assert {key: after[key] for key in form} == {key: before[key] for key in form}


def good(result: Result) -> Result:
    assert result.ok, str(result)
    return result


def lists_by_service(first: Result) -> dict[str, set[str]]:
    """The lists of each service's version that the program has objects in: what is K in the budgets."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for call in first.writes:
        if match := IN_A_VERSION.match(call.path):
            found[match[1]].add(match[2])
    return dict(found)
