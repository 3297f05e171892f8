"""Where Fastly is: its datacenters and its addresses.

See https://www.fastly.com/documentation/reference/api/utils/pops/, .../public-ip-list/ and a recording.
"""

from typing import Any

from .calls import Call, RouteTable
from .datacenters import ADDRESSES, ADDRESSES_6, datacenters


def pops(_call: Call) -> Any:
    """Answers ``GET /datacenters``."""
    return list(datacenters())


def addresses(_call: Call) -> Any:
    """Answers ``GET /public-ip-list``."""
    return {"addresses": list(ADDRESSES), "ipv6_addresses": list(ADDRESSES_6)}


ROUTES: RouteTable = {"/datacenters": {"GET": pops}, "/public-ip-list": {"GET": addresses}}
