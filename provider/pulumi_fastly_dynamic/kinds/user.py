"""User."""

from typing import Annotated

from annotated_types import MinLen

from ..resource import Prop, Record, prop
from ..schema import RecordPaths
from .account_fields import BILLING, Email, Role

PATHS = RecordPaths("customer/{customer}/users", key="login", roles=BILLING, refuses_duplicates=True)


class User(Record, kind="user", path="user", record=PATHS):
    """A user of the account. Fastly sends the user an e-mail to set a password; this package never sets or resets one.

    A user who needs a new password asks for it on the login page of Fastly. Writing users takes an API key of a user
    with the role billing or superuser.

    See https://www.fastly.com/documentation/reference/api/account/user/
    """

    login: Prop[Email] = prop(immutable=True)
    """The e-mail address with which the user logs in. A change replaces the user."""
    name: Prop[Annotated[str, MinLen(1)]] = prop()
    """The name of the person."""
    role: Prop[Role] = prop(default="user")
    """The role."""
    limit_services: Prop[bool] = prop(default=False)
    """Whether the user has access only to the services that are granted to the user."""
