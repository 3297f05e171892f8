"""User."""

from typing import Annotated, Literal

from annotated_types import MinLen

from ..resource import Prop, Record, prop
from ..schema import RecordPaths, matching

Email = Annotated[str, matching(r"[^@\s]+@[^@\s]+", "an e-mail address")]


class User(Record, kind="user", path="user", record=RecordPaths("customer/{customer}/users", key="login")):
    """A user of the account. Fastly sends an e-mail with which the user sets a password; none is ever set here.

    See https://www.fastly.com/documentation/reference/api/account/user/
    """

    login: Prop[Email] = prop(immutable=True)
    """The e-mail address with which the user logs in. A change replaces the user."""
    name: Prop[Annotated[str, MinLen(1)]] = prop()
    """The name of the person."""
    role: Prop[Literal["user", "billing", "engineer", "superuser"]] = prop(default="user")
    """The role."""
