"""The entries of an ACL."""

from .acl import CASE as ACL
from .acl_entry import NETWORKS, NO_NETWORKS
from .case import Case, Typed

_TYPED_TWICE = {"ip": "192.0.2.0", "subnet": 24}
_AN_ADDRESS = "must be an IP address or network such as 192.0.2.0/24"

CASE = Case(
    kind="acl_entries",
    name="entries",
    named=False,
    arguments={"acl": ACL.ref()},
    minimal={"entries": []},
    full={"entries": ["192.0.2.0/24", "!198.51.100.1", Typed("AclEntryArgs", ip="2001:DB8::", subnet=32, comment="x")]},
    changed={
        "entries": ["!192.0.2.0/24", "192.0.2.14", Typed("AclEntryArgs", ip="198.51.100.0", subnet=24, negated=True)]
    },
    taken=[{"entries": [network]} for network in NETWORKS],
    refused=[
        *(({"entries": ["192.0.2.1", network]}, f"entries: entries[1] {_AN_ADDRESS}") for network in NO_NETWORKS),
        ({"entries": [{"ip": "192.0.2.1", "subnet": 33}]}, "entries: entries[0] must be an IP address"),
        ({"entries": [{"ip": "192.0.2.1", "subnet": -1}]}, "entries: entries[0] must be an IP address"),
        ({"entries": [{"ip": "host"}]}, "entries: entries[0] must be an IP address"),
        ({"entries": [{}]}, "entries: entries[0]['ip'] is missing"),
        ({"entries": [{"ip": "192.0.2.1", "mask": 1}]}, "entries: entries[0]['mask'] is not a known key"),
        ({"entries": [1]}, "entries: entries[0] must be a string"),
        *(
            (
                {"entries": ["192.0.2.1", "192.0.2.0/24", twin]},
                "entries: entries[2] has the same address as entries[1]: an ACL can hold it once",
            )
            for twin in ("192.0.2.0/24", "!192.0.2.0/24", _TYPED_TWICE)
        ),
        ({"entries": ["2001:DB8::1", "2001:db8:0::1"]}, "entries: entries[1] has the same address as entries[0]"),
    ],
)
