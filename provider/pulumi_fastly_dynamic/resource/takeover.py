"""What a service has before a release takes it over."""

from typing import TYPE_CHECKING, Any

import pulumi

from ..schema import Group
from .kind import Kind
from .prop import argument


class Takeover(Kind, kind="takeover", group=Group.TAKEOVER):
    """Compares a service that is taken over with the program, before anything is written.

    ``Release`` registers it for a ``Service(adopt_id=...)``; you do not need to. Undeclared objects stop the update,
    and so do items, entries and content that exist with another value, unless the release has ``adopt=True``.

    See https://www.fastly.com/documentation/reference/api/services/version/
    """

    resource_name: str = argument(kw_only=False)
    """The name of the Pulumi resource."""
    internal_inputs: dict[str, Any] = argument()
    """The service and what the program declares, from the release."""
    opts: pulumi.ResourceOptions = argument()
    """Pulumi's options."""

    if not TYPE_CHECKING:

        def __init__(
            self, resource_name: str, *, internal_inputs: dict[str, Any], opts: pulumi.ResourceOptions
        ) -> None:
            self.resource_name = resource_name
            super().__init__(resource_name, {}, internal_inputs, (), opts)
