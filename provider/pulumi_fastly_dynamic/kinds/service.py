"""Service."""

from typing import TYPE_CHECKING, Annotated, Any

import pulumi
from pydantic import StringConstraints

from ..resource import Kind, ProgramError, Prop, plain, prop
from ..resource.flags import watch_flags
from ..schema import Group

Name = Annotated[str, StringConstraints(min_length=1)]


class Service(Kind, group=Group.SERVICE):
    """A service: what holds versions, and so domains, backends and all the rest.

    Source: 001-configuration-api.txt, Service.
    """

    resource_name: str = plain(kw_only=False)
    """The name of the Pulumi resource."""
    name: Prop[Name | None] = prop(default=None)
    """The service's name in Fastly, unique in the account. Default: the name of the resource; of a service that is
    taken over, the name it has."""
    comment: Prop[str | None] = prop(default=None)
    """A description. Default: empty; of a service that is taken over, the one it has."""
    force_destroy: Prop[bool] = prop(default=False)
    """Whether a service that serves traffic may be destroyed: it is deactivated, then deleted."""
    adopt_id: Prop[str | None] = prop(default=None)
    """The id of an existing service to take over instead of creating one. Only what is given is managed, and a
    destroy leaves the service in place. Cannot be changed in place."""
    opts: pulumi.ResourceOptions | None = plain(default=None)
    """Pulumi's options."""

    _release: str | None = plain(default=None, init=False)

    if not TYPE_CHECKING:

        def __init__(self, resource_name: str, *, opts: pulumi.ResourceOptions | None = None, **values: Any) -> None:
            watch_flags()
            self.resource_name = resource_name
            self.opts = opts
            self._release = None
            if values.get("adopt_id") is None and values.get("name") is None:
                values["name"] = resource_name
            super().__init__(resource_name, values, {}, (), opts or pulumi.ResourceOptions())

    @property
    def is_adopted(self) -> bool:
        """Whether the service is taken over rather than created."""
        return self._given.get("adopt_id") is not None

    @property
    def service_id(self) -> pulumi.Output[str]:
        """The service's id. Known in a preview where the service is taken over."""
        adopted = self._given.get("adopt_id")
        return self.id if adopted is None else pulumi.Output.from_input(adopted)

    def take_release(self, release_name: str) -> None:
        """Refuses a second release: two would activate one after the other, each without the other's objects."""
        if self._release is not None:
            raise ProgramError(
                f"Release({release_name!r}): service '{self.resource_name}' has the release '{self._release}' already; "
                "declare all its objects in one"
            )
        self._release = release_name
