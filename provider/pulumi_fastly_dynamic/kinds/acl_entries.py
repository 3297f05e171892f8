"""Entries of an ACL: one, or a list of them."""

import ipaddress
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Self

import pulumi

from ..orchestration import network
from ..resource import Live, Nested, Prop, argument, prop
from ..schema import Checked, CheckedAs, Entries, LiveItems, Problem
from .acl import Acl


@dataclass(frozen=True)
class AclEntryArgs:
    """An entry of an ACL, with all its options."""

    ip: pulumi.Input[str]
    """The IP address."""
    subnet: pulumi.Input[int | None] = None
    """The length of the network's prefix: 0 to 32 bits, for IPv6 to 128. Default: a single address."""
    negated: pulumi.Input[bool] = False
    """Whether the address is excluded from the ACL."""
    comment: pulumi.Input[str] = ""
    """A comment, for your own use."""


def _network(text: str) -> str:
    ip, slash, subnet = text.removeprefix("!").partition("/")
    try:
        bits = ipaddress.ip_address(ip).max_prefixlen
        valid = not slash or int(subnet) in range(bits + 1)
    except ValueError:
        valid = False
    if not valid:
        raise ValueError("must be an IP address or network such as 192.0.2.0/24")
    return text


Network = Annotated[str, Checked(_network)]


def _checked_entry() -> Any:
    from pydantic import (  # noqa: PLC0415 - neither programs nor refreshes need it
        BaseModel,
        ConfigDict,
        Discriminator,
        Tag,
        model_validator,
    )

    class Typed(BaseModel):
        model_config = ConfigDict(extra="forbid")

        ip: str
        subnet: int | None = None
        negated: bool = False
        comment: str = ""

        @model_validator(mode="after")
        def _is_a_network(self) -> Self:
            _network(self.ip if self.subnet is None else f"{self.ip}/{self.subnet}")
            return self

    return Annotated[
        Annotated[Network, Tag("text")] | Annotated[Typed, Tag("typed")],
        Discriminator(lambda value: "typed" if isinstance(value, Mapping | BaseModel) else "text"),
    ]


Entry = Annotated[str | dict[str, Any], CheckedAs(_checked_entry)]


def _parse(declared: Any) -> tuple[str, dict[str, Any]]:
    """Key and content of an entry as a program declares it."""
    if isinstance(declared, str):
        ip, _, subnet = declared.removeprefix("!").partition("/")
        return network(ip, int(subnet) if subnet else None), {"negated": int(declared.startswith("!")), "comment": ""}
    subnet = declared.get("subnet")
    key = network(declared["ip"], None if subnet is None else int(subnet))
    return key, {"negated": int(bool(declared.get("negated"))), "comment": declared.get("comment") or ""}


def _declared_once(values: Mapping[str, Any]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for position, (key, _) in enumerate(map(_parse, values.get("entries") or [])):
        first = seen.setdefault(key, position)
        if first != position:
            text = f"entries[{position}] has the same address as entries[{first}]: an ACL can hold it once"
            yield Problem("entries", text)


def _one(inputs: Mapping[str, Any]) -> Entries:
    key, content = _parse(inputs["entry"])
    return {key: {**content, "comment": inputs.get("comment") or ""}}


def _one_from(inputs: Mapping[str, Any], entries: Entries) -> dict[str, Any] | None:
    key, declared = _parse(inputs["entry"])
    if key not in entries:
        return None
    entry = entries[key]
    # As it is spelt in the program, unless someone turned it round.
    same = entry["negated"] == declared["negated"]
    text = inputs["entry"] if same else f"{'!' if entry['negated'] else ''}{key}"
    return {"entry": text, "comment": entry["comment"]}


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


class AclEntry(Live, kind="acl_entry", live_items=LiveItems("acl", "acl_id", _one, _one_from, replacing=("entry",))):
    """One entry of an ACL, live.

    See https://www.fastly.com/documentation/reference/api/acls/acl-entry/
    """

    acl: Acl = argument()
    """The ACL."""
    entry: Prop[Network] = prop()
    """An address or network such as ``192.0.2.0/24``. A leading ``!`` excludes it. A change replaces the entry."""
    comment: Prop[str] = prop(default="")
    """A comment, for your own use."""


class AclEntries(
    Live, kind="acl_entries", live_items=LiveItems("acl", "acl_id", _many, _many_from), rules=(_declared_once,)
):
    """Entries of an ACL, live and written in batches of 1,000. Other entries of the ACL are not changed.

    See https://www.fastly.com/documentation/reference/api/acls/acl-entry/
    """

    acl: Acl = argument()
    """The ACL."""
    entries: Nested[list[Entry], Sequence[pulumi.Input[str] | AclEntryArgs]] = prop()
    """Addresses and networks such as ``192.0.2.0/24``, or ``AclEntryArgs``. A leading ``!`` excludes one."""
