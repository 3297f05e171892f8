"""Reads what ``pulumi stack export`` writes of a stack with resources of pulumi-fastly."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pulumi_fastly_dynamic.failure import Failure

from .names_elsewhere import BLOCKS, snake
from .state_content import SERVICE, StateResource
from .state_file import a_list, an_object, from_text, read_json
from .state_objects import HIDDEN, SHOW_SECRETS

COMMAND = "pulumi stack export --show-secrets --file FILE"
VERSION = 3
TYPE = re.compile(r"fastly:index/\w+:(\w+)")
SIGNATURE, SIGNED_AS = "4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"
"""What tells a secret from other objects."""
SINGULAR = {plural: singular for singular, plural in BLOCKS.values()} | {"entries": "entry"}
KEYS_ARE_DATA = {"items"}
"""Properties whose keys are no names of properties."""


def read_pulumi_state(path: Path) -> list[StateResource]:
    """The resources of pulumi-fastly in a stack, under their names in Terraform."""
    export = read_json(path, COMMAND)
    deployment = export.get("deployment")
    if not isinstance(deployment, dict):
        raise Failure(f"{path} is no export of a stack: write it with `{COMMAND}`")
    if export.get("version") != VERSION:
        version = export.get("version")
        raise Failure(f"{path} has version {version}: {VERSION} is needed, which a current Pulumi writes")
    resources = list(_resources(path, deployment))
    if not resources:
        raise Failure(f"{path} has no resources of pulumi-fastly: is it the export of another stack?")
    return resources


def _resources(path: Path, deployment: dict[str, Any]) -> Iterator[StateResource]:
    for each in (an_object(path, resource) for resource in a_list(path, deployment.get("resources"))):
        type_ = TYPE.fullmatch(str(each.get("type")))
        if type_ is None or each.get("delete") or each.get("external"):
            continue
        address = str(each.get("urn")).rpartition("::")[2]
        outputs = _shown(path, each.get("outputs"))
        if outputs == HIDDEN:
            raise Failure(f"{address} is encrypted in the state: {SHOW_SECRETS}")
        named: dict[str, Any] = _named(an_object(path, outputs))
        attributes = {SINGULAR.get(name, name): value for name, value in named.items()}
        type_name = f"fastly_{snake(type_[1])}"
        for name, value in attributes.items():
            # Of a service, single properties of a block may be hidden: they are asked for.
            if value == HIDDEN or (type_name != SERVICE and _is_partly_hidden(value)):
                raise Failure(f"{name} of {address} is encrypted in the state: {SHOW_SECRETS}")
        yield StateResource(type_name, address, {**attributes, "id": each.get("id")})


def _is_partly_hidden(value: Any) -> bool:
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return value == HIDDEN or any(map(_is_partly_hidden, parts))


def _shown(path: Path, value: Any) -> Any:
    """The value with secrets as they are, or as ``HIDDEN``."""
    if isinstance(value, Mapping):
        if value.get(SIGNATURE) == SIGNED_AS:
            return _shown(path, from_text(path, value["plaintext"])) if "plaintext" in value else HIDDEN
        return {key: _shown(path, each) for key, each in value.items()}
    return [_shown(path, each) for each in value] if isinstance(value, list) else value


def _named(value: Any) -> Any:
    """The value with the names of Terraform."""
    if isinstance(value, Mapping):
        return {
            snake(key): each if key in KEYS_ARE_DATA else _named(each)
            for key, each in value.items()
            if not key.startswith("__")
        }
    return [_named(each) for each in value] if isinstance(value, list) else value
