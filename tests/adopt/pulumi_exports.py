"""Exports of stacks of pulumi-fastly, from resources of a Terraform state."""

import json
from typing import Any

from fastly_adopt.names_elsewhere import BLOCKS
from fastly_adopt.pulumi_state import SIGNATURE, SIGNED_AS

OBJECTS_IN_PULUMI = {"image_optimizer_default_settings", "product_enablement", "response", "ddos_protection", "ngwaf"}
"""Blocks of which there is one at the most: pulumi-fastly has no lists of them."""
PLURALS = dict(BLOCKS.values())


def pulumi_export(resources: list[dict[str, Any]], *, shows_secrets: bool = True) -> dict[str, Any]:
    """What `pulumi stack export` writes of the same resources."""
    return {"version": 3, "deployment": {"manifest": {}, "resources": [_exported(r, shows_secrets) for r in resources]}}


def _exported(resource: dict[str, Any], shows_secrets: bool) -> dict[str, Any]:
    words = resource["type"].removeprefix("fastly_").split("_")
    cls = "".join(word.upper() if word == "acl" else word.capitalize() for word in words)
    type_ = f"fastly:index/{cls[0].lower()}{cls[1:]}:{cls}"
    values = resource["values"]
    return {
        "urn": f"urn:pulumi:production::www::{type_}::{resource['name']}",
        "custom": True,
        "type": type_,
        "id": values.get("id", f"{values.get('service_id')}/x"),
        "inputs": {},
        "outputs": {_camel(_plural(key)): _bridged(key, value, shows_secrets) for key, value in values.items()},
    }


def _plural(name: str) -> str:
    return {**PLURALS, "entry": "entries"}.get(name, name)


def _bridged(name: str, value: Any, shows_secrets: bool) -> Any:
    if name == "items":
        return value
    if name in OBJECTS_IN_PULUMI and isinstance(value, list):
        return _bridged("", value[0], shows_secrets) if value else None
    if isinstance(value, list):
        return [_bridged("", each, shows_secrets) for each in value]
    if isinstance(value, dict):
        return {"__defaults": [], **{_camel(key): _bridged(key, each, shows_secrets) for key, each in value.items()}}
    if name in {"secret_key", "s3_secret_key", "password", "token", "ssl_client_key"} and value:
        hidden = {"plaintext": json.dumps(value)} if shows_secrets else {"ciphertext": "v1:abc:def"}
        return {SIGNATURE: SIGNED_AS, **hidden}
    return value


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
