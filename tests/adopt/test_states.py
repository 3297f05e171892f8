"""Programs from states: the same as those from the services themselves."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastly_adopt.names_elsewhere import BLOCKS, NOT_COVERED, PROPERTY_NAMES, SERVICE, nested_class, our_property
from fastly_adopt.planning import plan_of
from fastly_adopt.program_writing import files_of
from fastly_adopt.pulumi_state import read_pulumi_state
from fastly_adopt.service_content import ServiceContent
from fastly_adopt.service_reading import read_service
from fastly_adopt.state_content import StateResource, content_of
from fastly_adopt.state_objects import objects_of, values_of
from fastly_adopt.terraform_state import read_terraform_state

from . import states
from .conftest import Account

Resources = list[dict[str, Any]]


def silent(_kind: str, _number: int) -> None:
    """Progress that nobody sees."""


def from_terraform(file: Path, resources: Resources, service: str | None = None) -> ServiceContent:
    file.write_text(json.dumps(states.terraform_state(*resources)))
    return content_of(read_terraform_state(file), service, progress=silent)


def from_pulumi(file: Path, resources: Resources, service: str | None = None) -> ServiceContent:
    file.write_text(json.dumps(states.pulumi_export(resources)))
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
