"""The version of a service that a release makes."""

from typing import TYPE_CHECKING, Any

import pulumi

from ..schema import Group
from .kind import Kind
from .prop import Prop, argument, prop


class Version(Kind, kind="version", group=Group.VERSION):
    """The version that a release activates. ``Release`` registers it; you do not need to.

    See https://www.fastly.com/documentation/reference/api/services/version/
    """

    resource_name: str = argument(kw_only=False)
    """The name of the Pulumi resource."""
    internal_inputs: dict[str, Any] = argument()
    """Service and manifest, from the release."""
    comment: Prop[str] = prop(default="")
    """The first part of the version's comment."""
    activate: Prop[bool] = prop(default=True)
    """Whether the draft is activated."""
    adopt: Prop[bool] = prop(default=False)
    """Whether undeclared objects may stay in the version."""

    opts: pulumi.ResourceOptions = argument()
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
