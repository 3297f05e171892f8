"""Services."""

from typing import Any

import pulumi
import pulumi_fastly_dynamic as fastly
import pytest

from .mocked import run, value_of


@pytest.mark.parametrize(
    ("values", "inputs"),
    [
        ({}, {"name": "www"}),
        ({"name": "www.example.com", "comment": "ours"}, {"name": "www.example.com", "comment": "ours"}),
        ({"adopt_id": "SU1Z"}, {"adopt_id": "SU1Z"}),
        ({"adopt_id": "SU1Z", "name": "new"}, {"adopt_id": "SU1Z", "name": "new"}),
        ({"adopt_id": None}, {"name": "www"}),
        ({"adopt_id": ""}, {"adopt_id": ""}),
        ({"force_destroy": True}, {"name": "www", "force_destroy": True}),
    ],
    ids=str,
)
def test_inputs(values: dict[str, Any], inputs: dict[str, Any]) -> None:
    assert run(lambda: fastly.Service("www", **values).urn)["Service", "www"].inputs == inputs


def test_ids() -> None:
    seen: list[Any] = []

    def program() -> None:
        value_of(fastly.Service("www").service_id, seen)
        value_of(fastly.Service("old", adopt_id=pulumi.Output.from_input("SU1Z")).service_id, seen)

    run(program)
    assert sorted(seen) == ["SU1Z", "www-id"]


async def nothing() -> None:
    """An awaitable without a value."""


@pytest.mark.parametrize("name", [None, "surprise"])
@pytest.mark.parametrize("adopt_id", [lambda: pulumi.Output.from_input(None), nothing], ids=["output", "awaitable"])
def test_an_adopt_id_without_a_value_is_not_one_that_is_not_given(adopt_id: Any, name: str | None) -> None:
    """So that the provider refuses it, instead of creating a service."""
    service = run(lambda: fastly.Service("www", adopt_id=adopt_id(), name=name).urn)["Service", "www"]
    assert service.inputs["adopt_id"] == ""
