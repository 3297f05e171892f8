"""Reads what ``terraform show -json`` (or ``tofu show -json``) writes of a state."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pulumi_fastly_dynamic.failure import Failure

from .state_content import StateResource
from .state_file import read_json

COMMAND = "terraform show -json > FILE"
MAJOR = "1"
"""The version of the format that is known. Within it, only new members are added."""


def read_terraform_state(path: Path) -> list[StateResource]:
    """The resources of the provider fastly/fastly in a state."""
    state = read_json(path, COMMAND)
    _refuse_others(path, state)
    root = (state.get("values") or {}).get("root_module") or {}
    resources = list(_resources(root))
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


def _resources(module: dict[str, Any]) -> Iterator[StateResource]:
    for each in module.get("resources") or ():
        if each.get("mode") == "managed" and str(each.get("type")).startswith("fastly_"):
            yield StateResource(each["type"], str(each.get("address")), each.get("values") or {})
    for child in module.get("child_modules") or ():
        yield from _resources(child)
