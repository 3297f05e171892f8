"""ACL entries.

See https://www.fastly.com/documentation/reference/api/acls/acl-entry/ and recordings of the real API (2020-2026).
"""

import ipaddress
from collections.abc import Iterable

from . import api_error
from .calls import Call
from .container import Container
from .kinds import Field, coerce
from .state import Record, Service

_NEGATED = Field("negated", "bool", default="0", empty="0")
_SUBNET = Field("subnet", "int", default=None, empty=None)
_NEW: Record = {"ip": "", "subnet": None, "negated": "0", "comment": ""}


class Entries(Container):
    """Entries of an ACL."""

    kind = "acl"
    class_name = "ACL"
    rows = "entries"
    row = "entry"
    row_class = "ACLEntry"
    row_word = "acl_entry"
    row_plural = "acl_entries"
    key = "id"
    limit = "max_entries"
    operations = frozenset({"create", "update", "delete"})

    def key_of(self, call: Call, _sent: Record, /) -> str:
        """A new id."""
        return call.emulator.new_id()

    def validate(self, old: Record | None, sent: Record) -> Record:
        """Returns address, subnet, negation and comment."""
        row = dict(_NEW if old is None else old)
        if "ip" in sent:
            row["ip"] = str(sent["ip"] or "")
        if "subnet" in sent:
            row["subnet"] = coerce(_SUBNET, sent["subnet"], stringly=False)
        if "negated" in sent:
            row["negated"] = coerce(_NEGATED, sent["negated"], stringly=True)
        if "comment" in sent:
            row["comment"] = str(sent["comment"] or "")
        try:
            address = ipaddress.ip_address(row["ip"])
        except ValueError:
            raise api_error.bad_request(f"Invalid IP address: '{row['ip']}'") from None
        subnet = row["subnet"]
        if subnet is not None and not 0 <= subnet <= address.max_prefixlen:
            raise api_error.bad_request(f"Invalid subnet: '{subnet}'")
        return row

    def claim(self, row: Record) -> tuple[str, int | None]:
        """Returns address and subnet."""
        return row["ip"], row["subnet"]

    def claim_text(self, row: Record) -> str:
        """Returns them as they are written."""
        return str(row["ip"]) if row["subnet"] is None else f"{row['ip']}/{row['subnet']}"

    def in_order(self, operations: list[Record]) -> Iterable[Record]:
        """The deletes last.

        A batch that deletes a pair of address and subnet and creates it again is refused, wherever the two stand in it.
        """
        return sorted(operations, key=lambda operation: operation["op"] == "delete")

    def written(self, service: Service, identifier: str, row: Record) -> Record:
        """A row with a number where reads have a string."""
        return {**self.shown(service, identifier, row), "negated": int(row["negated"])}


ENTRIES = Entries()
