"""The version of a service that a release makes."""

from typing import TYPE_CHECKING, Any

import pulumi

from ..schema import Group
from .kind import Kind
from .prop import Prop, plain, prop


class Version(Kind, kind="version", group=Group.VERSION):
    """One version of a service: cloned, filled, verified and activated once an update. Registered by ``Release``.

    Source: 001-configuration-api.txt, Version.
    """

    resource_name: str = plain(kw_only=False)
    """The name of the Pulumi resource."""
    internal_inputs: dict[str, Any] = plain()
    """Service and manifest, from the release."""
    comment: Prop[str] = prop(default="")
    """What people read in the version's comment, in front of this package's marker."""
    activate: Prop[bool] = prop(default=True)
    """Whether the draft goes live."""
    adopt: Prop[bool] = prop(default=False)
    """Whether objects that the program does not declare may stay in the first version."""

    opts: pulumi.ResourceOptions = plain()
    """Pulumi's options."""

    if not TYPE_CHECKING:

        def __init__(
            self, resource_name: str, *, internal_inputs: dict[str, Any], opts: pulumi.ResourceOptions, **values: Any
        ) -> None:
            self.resource_name = resource_name
            super().__init__(resource_name, values, internal_inputs, ("number",), opts)

    @property
    def number(self) -> pulumi.Output[int]:
        """The number of the version that is active."""
        return self._output("number").apply(lambda number: None if number is None else int(number))  # type: ignore[arg-type,return-value]
