"""Programs from states: the same as those from the services themselves."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastly_adopt.names_elsewhere import BLOCKS, NOT_COVERED, PROPERTY_NAMES, nested_class, our_class
from fastly_adopt.planning import plan_of
from fastly_adopt.program_writing import files_of
from fastly_adopt.pulumi_state import read_pulumi_state
from fastly_adopt.service_content import ServiceContent
from fastly_adopt.service_reading import read_service
from fastly_adopt.state_content import content_of
from fastly_adopt.state_objects import objects_of, values_of
from fastly_adopt.terraform_state import read_terraform_state
from pulumi_fastly_dynamic.schema import KINDS

from . import states
from .conftest import Account
from .golden import shop
from .pulumi_exports import pulumi_export

Resources = list[dict[str, Any]]


def silent(_kind: str, _number: int) -> None:
    """Progress that nobody sees."""


def from_terraform(file: Path, resources: Resources, service: str | None = None) -> ServiceContent:
    file.write_text(json.dumps(states.terraform_state(*resources)))
    return content_of(read_terraform_state(file), service, progress=silent)


def from_pulumi(file: Path, resources: Resources, service: str | None = None) -> ServiceContent:
    file.write_text(json.dumps(pulumi_export(resources)))
    return content_of(read_pulumi_state(file), service, progress=silent)


READERS = [from_terraform, from_pulumi]


def without_comments(content: ServiceContent) -> dict[str, str]:
    return {
        name: "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("# "))
        for name, text in files_of(plan_of(content)).items()
    }


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("seed", range(20))
def test_the_program_is_that_of_the_service(
    account: Account, tmp_path: Path, seed: int, read: Callable[..., ServiceContent]
) -> None:
    service_id = states.PublishedMaker(account.http, random.Random(seed)).make(0.5 if seed else 1)
    content = read_service(account.client, service_id, progress=silent)
    again = read(tmp_path / "state.json", states.terraform_resources(content))
    assert without_comments(again) == without_comments(content)
    assert [each.value for each in plan_of(again).secrets] == [each.value for each in plan_of(content).secrets]
    assert plan_of(again).left_alone == ()


# -------------------------------------------------------------------- every published name


NUMBERS = {
    each: str(number) for number, each in enumerate(((c, n) for c, ns in states.PUBLISHED.items() for n in ns), 2)
}


def _sample(cls: str, name: str) -> Any:
    if nested_class(cls, name):
        return [{inner: _sample(nested_class(cls, name), inner) for inner in states.PUBLISHED[nested_class(cls, name)]}]
    return NUMBERS[cls, name]


@pytest.mark.parametrize("cls", BLOCKS)
def test_every_published_property_arrives_or_is_listed(cls: str) -> None:
    """Each has a value of its own, so that two that are swapped show."""
    values, unknown = values_of(cls, {name: _sample(cls, name) for name in states.PUBLISHED[cls]})
    listed = {name.rpartition(".")[2] for name, _ in unknown}
    fields = {f.name for each in KINDS.values() if each.label == our_class(cls) for f in each.fields}
    for owner, name, ours in states.published_names(cls):
        if ours in fields:
            assert values.pop(ours) in (NUMBERS[owner, name], [NUMBERS[owner, name]])
            continue
        assert (PROPERTY_NAMES[owner, name].why == NOT_COVERED) == (name in listed)
    assert values == {}


ARGUMENTS = sorted({*states.PUBLISHED[""]} - {plural for _, plural in BLOCKS.values()})


@pytest.mark.parametrize("name", ARGUMENTS)
def test_every_argument_of_the_service_arrives_or_is_listed(name: str) -> None:
    found = objects_of("fastly_service_vcl.www", {name: 7})
    expected = {
        "default_host": ("settings", "general.default_host"),
        "default_ttl": ("settings", "general.default_ttl"),
        "stale_if_error": ("settings", "general.stale_if_error"),
        "stale_if_error_ttl": ("settings", "general.stale_if_error_ttl"),
    }
    if name in expected:
        kind, wire = expected[name]
        assert [(each.kind, each.row) for each, _ in found.blocks] == [(kind, {wire: 7})]
    else:
        assert [each.kind for each, _ in found.blocks] == (["http3"] if name == "http3" else [])
    assert [each.what for each in found.left_alone] == (["stage"] if name == "stage" else [])


# -------------------------------------------------------------------- a realistic service

SHOP = {
    "terraform": (read_terraform_state, states.DATA / "adopt" / "shop-terraform.json"),
    "pulumi": (read_pulumi_state, states.DATA / "adopt" / "shop-pulumi.json"),
}


@pytest.mark.parametrize("tool", SHOP)
def test_the_program_of_a_realistic_service(tool: str) -> None:
    """Both states are written by hand, and give the program that the service itself gives."""
    read, file = SHOP[tool]
    content = content_of(read(file), None, progress=silent)
    expected = without_comments(shop())
    if tool == "pulumi":  # which knows nothing of the old WAF
        expected["__main__.py"] = expected["__main__.py"].replace(", adopt=True", "")
    assert without_comments(content) == expected
    plan = plan_of(content)
    assert {each.key: each.value for each in plan.secrets} == {
        "alertsHeaderValue": "Bearer not-a-real-token",
        "requestsAccessKey": "AKIAIOSFODNN7EXAMPLE",
        "requestsSecretKey": "not-a-real-secret-key",
    }
    left = {
        "terraform": [
            "waf: this package has no resource for it",
            "fastly_user.ops: it is in no service; User declares it",
        ],
        "pulumi": ["ops: it is in no service; User declares it"],
    }
    assert list(plan.left_alone) == left[tool]


@pytest.mark.parametrize(
    ("tool", "comments"),
    [
        ("terraform", ["fastly_service_vcl.shop", 'module.tables.fastly_service_dictionary_items.items["redirects"]']),
        ("pulumi", ["shop", "redirects", "office", "incident"]),
    ],
)
def test_names_in_the_old_tool_are_comments(tool: str, comments: list[str]) -> None:
    read, file = SHOP[tool]
    program = files_of(plan_of(content_of(read(file), None, progress=silent)))["__main__.py"]
    assert [each for each in comments if f"# Was {each}.\n" not in program] == []


def test_the_files_are_fresh() -> None:
    for name, text in states.files().items():
        file = states.DATA / "adopt" / name
        assert file.read_text(encoding="utf-8") == text, "run `python -m tests.adopt.states`"


def test_a_service_with_every_block() -> None:
    for name, read in (("terraform.json", read_terraform_state), ("pulumi.json", read_pulumi_state)):
        content = content_of(read(states.DATA / "adopt" / name), None, progress=silent)
        kinds = {each.schema.label for each in content.objects}
        assert kinds == {*states.CLASSES, "Settings", "Http3"} - {"ProductEnablement"}
        assert without_comments(content) == without_comments(states.service_of_everything())
