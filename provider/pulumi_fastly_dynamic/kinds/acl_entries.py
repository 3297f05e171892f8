"""Entries of an ACL: one, or a list of them."""

import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import pulumi
from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag

from ..orchestration import network
from ..resource import Live, Nested, Prop, plain, prop
from ..schema import Entries, LiveItems
from .acl import Acl


@dataclass(frozen=True)
class AclEntryArgs:
    """An entry of an ACL with all it can have."""

    ip: pulumi.Input[str]
    """The address."""
    subnet: pulumi.Input[int | None] = None
    """The bits of the network, 0 to 32, or to 128 for IPv6. Default: the address alone."""
    negated: pulumi.Input[bool] = False
    """Whether the address is out rather than in."""
    comment: pulumi.Input[str] = ""
    """A note for people."""


def _network(text: str) -> str:
    try:
        ipaddress.ip_interface(text.removeprefix("!"))
    except ValueError:
        raise ValueError(f"'{text}' is not an IP address or network such as 192.0.2.0/24") from None
    return text


def _ip(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise ValueError(f"'{text}' is not an IP address such as 192.0.2.1") from None


class _Typed(BaseModel):
    model_config = ConfigDict(extra="forbid")

    ip: Annotated[str, AfterValidator(_ip)]
    subnet: Annotated[int, Field(ge=0, le=128)] | None = None
    negated: bool = False
    comment: str = ""


Network = Annotated[str, AfterValidator(_network)]
Entry = Annotated[
    Annotated[Network, Tag("text")] | Annotated[_Typed, Tag("typed")],
    Discriminator(lambda value: "text" if isinstance(value, str) else "typed"),
]


def _parse(declared: Any) -> tuple[str, dict[str, Any]]:
    """Key and content of an entry as a program declares it."""
    if isinstance(declared, str):
        ip, _, subnet = declared.removeprefix("!").partition("/")
        return network(ip, int(subnet) if subnet else None), {"negated": int(declared.startswith("!")), "comment": ""}
    subnet = declared.get("subnet")
    key = network(declared["ip"], None if subnet is None else int(subnet))
    return key, {"negated": int(bool(declared.get("negated"))), "comment": declared.get("comment") or ""}


def _one(inputs: Mapping[str, Any]) -> Entries:
    key, content = _parse(inputs["entry"])
    return {key: {**content, "comment": inputs.get("comment") or ""}}


def _one_from(inputs: Mapping[str, Any], entries: Entries) -> dict[str, Any] | None:
    key, _ = _parse(inputs["entry"])
    if key not in entries:
        return None
    entry = entries[key]
    return {"entry": f"{'!' if entry['negated'] else ''}{key}", "comment": entry["comment"]}


def _many(inputs: Mapping[str, Any]) -> Entries:
    return dict(map(_parse, inputs.get("entries") or []))


def _many_from(inputs: Mapping[str, Any], entries: Entries) -> dict[str, Any]:
    rows: list[Any] = []
    for declared in inputs.get("entries") or []:
        key, content = _parse(declared)
        if key in entries:
            rows.append(declared if entries[key] == content else _typed(key, entries[key]))
    return {"entries": rows}


def _typed(key: str, content: Mapping[str, Any]) -> dict[str, Any]:
    ip, _, subnet = key.partition("/")
    row: dict[str, Any] = {"ip": ip}
    if subnet:
        row["subnet"] = int(subnet)
    if content["negated"]:
        row["negated"] = True
    if content["comment"]:
        row["comment"] = content["comment"]
    return row


class AclEntry(Live, live_items=LiveItems("acl", "acl_id", _one, _one_from, replacing=("entry",))):
    """One entry of an ACL, live.

    Source: 001-configuration-api.txt, ACL Entry.
    """

    acl: Acl = plain()
    """The ACL."""
    entry: Prop[Network] = prop()
    """An address or network such as ``192.0.2.0/24``; ``!`` in front negates. A change replaces the entry."""
    comment: Prop[str] = prop(default="")
    """A note for people."""


class AclEntries(Live, live_items=LiveItems("acl", "acl_id", _many, _many_from)):
    """Entries of an ACL, live and written in batches of 1,000. Entries that it does not declare are left alone.

    Source: 001-configuration-api.txt, ACL Entry.
    """

    acl: Acl = plain()
    """The ACL."""
    entries: Nested[list[Entry], Sequence[pulumi.Input[str] | AclEntryArgs]] = prop()
    """Addresses and networks such as ``192.0.2.0/24``, negated with ``!`` in front, or ``AclEntryArgs``."""
