"""Reads what ``terraform show -json`` (or ``tofu show -json``) writes of a state."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pulumi_fastly_dynamic.failure import Failure

from .state_content import SERVICE, StateResource
from .state_file import a_list, an_object, read_json

COMMAND = "terraform show -json > FILE"
MAJOR = "1"
"""The version of the format that is known. Within it, only new members are added."""


def read_terraform_state(path: Path) -> list[StateResource]:
    """The resources of the provider fastly/fastly in a state."""
    state = read_json(path, COMMAND)
    _refuse_others(path, state)
    resources = list(_resources(path, an_object(path, state.get("values")).get("root_module")))
    if not resources:
        raise Failure(f"{path} has no resources of the provider fastly/fastly: is it the state of another workspace?")
    return resources


def _refuse_others(path: Path, state: dict[str, Any]) -> None:
    """Refuses what is no state in that format."""
    if "planned_values" in state or "resource_changes" in state:
        raise Failure(f"{path} is a plan, not a state: write the state with `{COMMAND}`, without a plan's file")
    if "encrypted_data" in state:
        raise Failure(f"{path} is an encrypted state: write it with `tofu show -json > FILE`, which decrypts it")
    if "lineage" in state or "serial" in state:
        raise Failure(f"{path} is terraform.tfstate itself: write what it says with `{COMMAND}`")
    version = state.get("format_version")
    if not isinstance(version, str):
        raise Failure(f"{path} is no state of Terraform: write it with `{COMMAND}`")
    if version.split(".")[0] != MAJOR:
        raise Failure(f"{path} has format_version {version}: {MAJOR}.x is needed, which Terraform 1.1 and later write")


def _resources(path: Path, module: Any) -> Iterator[StateResource]:
    listed = an_object(path, module)
    for each in (an_object(path, resource) for resource in a_list(path, listed.get("resources"))):
        # A deposed object is what a replacement has left, and is to be deleted.
        is_there = each.get("mode") == "managed" and "deposed_key" not in each
        if is_there and str(each.get("type")).startswith("fastly_"):
            values, address = an_object(path, each.get("values")), str(each.get("address"))
            for name, mark in an_object(path, each.get("sensitive_values")).items():
                # A state has sensitive values as they are, unless somebody has taken them out.
                if each["type"] == SERVICE and mark is True and name in values and values[name] is None:
                    raise Failure(f"{name} of {address} is hidden in {path}: write it with `{COMMAND}`")
            yield StateResource(str(each["type"]), address, values)
    for child in a_list(path, listed.get("child_modules")):
        yield from _resources(path, child)
