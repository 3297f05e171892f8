"""What only a session of the web interface may do, which no API key can, and what needs neither.

See account/ in https://www.fastly.com/documentation/reference/api/.
"""

from typing import Any

from . import api_error
from .calls import OK, Call, RouteTable


def refuse(_call: Call, *_segments: str) -> Any:
    """Refuses every key."""
    # Assumed: the answer, after that to a token without the right scope.
    raise api_error.not_authorized()


def request_reset(_call: Call, _login: str) -> dict[str, str]:
    """Answers ``POST /user/LOGIN/password/request_reset``, with and without a key."""
    # Assumed: that an unknown login gets the same answer, as nobody is to learn who has an account.
    return OK


ROUTES: RouteTable = {
    "/current_user/password": {"POST": refuse},
    "/customer/*": {"DELETE": refuse},
    "/user/*/password/request_reset": {"POST": request_reset},
}
