"""Tokens of users.

See auth-tokens/user/ in https://www.fastly.com/documentation/reference/api/, and recordings of the real API (2021).
"""

from base64 import b64decode
from datetime import UTC, datetime, timedelta
from typing import Any

from . import api_error, tokens
from .calls import Call, RouteTable, page_of
from .customer import CUSTOMER_ID
from .keys import TOKENS
from .state import Record

_SUDO = timedelta(minutes=5)
"""As recorded."""


def own(call: Call) -> list[Record]:
    """Answers ``GET /tokens``: those of the key's user."""
    records = tokens.living(call, automation=False)
    return page_of(call, [_shown(record) for record in records if record["user_id"] == call.key.user_id])


def of_customer(call: Call, customer_id: str) -> list[Record]:
    """Answers ``GET /customer/ID/tokens``."""
    call.check_customer(customer_id)
    return page_of(call, [_shown(record) for record in tokens.living(call, automation=False)])


def read(call: Call, identifier: str) -> Record:
    """Answers ``GET /tokens/ID``."""
    return _shown(tokens.find(call, identifier))


def read_self(call: Call) -> Record:
    """Answers ``GET /tokens/self``."""
    return _shown(call.emulator.records[TOKENS][call.key.token_id])


def create(call: Call) -> Record:
    """Answers ``POST /tokens``."""
    # Assumed: that the name may be left out, and is empty then.
    record, secret = tokens.make(call, _logged_in(call)["id"], str(call.sent.get("name") or ""))
    names = ("id", "name", "user_id", "expires_at", "created_at", "updated_at", "scope")
    return {
        **{name: record[name] for name in names},
        "customer_id": CUSTOMER_ID,
        "service_id": tokens.first_service(record),
        "services": record["services"] or [],
        "access_token": secret,
    }


def delete(call: Call, identifier: str) -> None:
    """Answers ``DELETE /tokens/ID``, for automation tokens too."""
    tokens.revoke(call, [identifier])


def delete_self(call: Call) -> None:
    """Answers ``DELETE /tokens/self``."""
    tokens.revoke(call, [call.key.token_id])


def delete_several(call: Call) -> None:
    """Answers ``DELETE /tokens``, as Fastly's clients send it: ``{"data": [{"type": "token", "id": ID}]}``."""
    data: Any = call.sent.get("data")
    if not isinstance(data, list) or not data or not all(isinstance(each, dict) for each in data):
        raise api_error.bad_request("The body must have data of type 'token'")  # Assumed: everything.
    tokens.revoke(call, [str(each.get("id")) for each in data])


def sudo(call: Call) -> Record:
    """Answers ``POST /sudo``, which Fastly's clients call before they create a token; nothing here asks for it."""
    _logged_in(call)
    expiry = datetime.fromtimestamp(int(call.emulator.clock()), UTC) + _SUDO
    return {"expiry_time": expiry.isoformat()}


def _logged_in(call: Call) -> Record:
    """The user with that name; any password is right."""
    name, password = (str(call.sent.get(each) or "") for each in ("username", "password"))
    if not name:
        name, password = _basic(call.sent_headers.get(b"authorization", ""))
    for user in call.emulator.records["user"].values():
        if user["login"] == name and user["deleted_at"] is None and password:
            return user
    raise api_error.unauthorized()  # Assumed: everything; it may be 400.


def _basic(authorization: str) -> tuple[str, str]:
    """Name and password of basic authentication."""
    # Assumed: that it is taken in the place of the form's fields; Fastly's Python client sends no others.
    scheme, _, encoded = authorization.partition(" ")
    try:
        name, _, password = b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:
        return "", ""
    return (name, password) if scheme.lower() == "basic" else ("", "")


def _shown(record: Record) -> Record:
    names = ("id", "user_id", "name", "last_used_at", "created_at", "expires_at", "ip", "user_agent", "scope")
    return {
        **{name: record[name] for name in names},
        "customer_id": CUSTOMER_ID,
        "scopes": record["scope"].split(),
        "service_id": tokens.first_service(record),
        "services": record["services"] or [],
        "sudo_expires_at": None,
    }


ROUTES: RouteTable = {
    "/tokens": {"GET": own, "POST": create, "DELETE": delete_several},
    "/tokens/self": {"GET": read_self, "DELETE": delete_self},
    "/tokens/*": {"GET": read, "DELETE": delete},
    "/customer/*/tokens": {"GET": of_customer},
    "/sudo": {"POST": sudo},
}
