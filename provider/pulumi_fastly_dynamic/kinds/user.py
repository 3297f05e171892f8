"""User."""

from typing import Annotated, Literal

from annotated_types import MinLen

from ..resource import Prop, Record, prop
from ..schema import RecordPaths, matching

Email = Annotated[str, matching(r"[^@\s]+@[^@\s]+", "an e-mail address")]


class User(Record, kind="user", path="user", record=RecordPaths("customer/{customer}/users", key="login")):
    """A user of the account. Fastly sends the user an e-mail to set a password; this package never sets one.

    See https://www.fastly.com/documentation/reference/api/account/user/
    """

    login: Prop[Email] = prop(immutable=True)
    """The e-mail address with which the user logs in. A change replaces the user."""
    name: Prop[Annotated[str, MinLen(1)]] = prop()
    """The name of the person."""
    role: Prop[Literal["user", "billing", "engineer", "superuser", "tls_viewer", "tls_admin"]] = prop(default="user")
    """The role."""
