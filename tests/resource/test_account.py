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
