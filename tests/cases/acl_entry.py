"""One entry of an ACL."""

from .acl import CASE as ACL
from .case import Case

NETWORKS = ["192.0.2.1", "!192.0.2.1", "192.0.2.0/0", "192.0.2.7/32", "2001:db8::/128", "!2001:db8::1/32"]
NO_NETWORKS = ["", "!", "host", "192.0.2.1/33", "2001:db8::/129", "192.0.2.0/255.255.255.0", "192.0.2.1/", "1.2.3"]

CASE = Case(
    kind="acl_entry",
    name="entry",
    named=False,
    arguments={"acl": ACL.ref()},
    minimal={"entry": "203.0.113.0/24"},
    full={"entry": "!203.0.113.0/24", "comment": "lab"},
    changed={"entry": "203.0.113.0/25", "comment": "home"},
    taken=[{"entry": network} for network in NETWORKS],
    refused=[
        ({"entry": network}, "entry: entry must be an IP address or network such as 192.0.2.0/24")
        for network in NO_NETWORKS
    ],
    documented="ip subnet negated comment acl_id",
    left_out={**dict.fromkeys(("ip", "subnet", "negated"), "spelt in entry"), "acl_id": "the property acl"},
)
