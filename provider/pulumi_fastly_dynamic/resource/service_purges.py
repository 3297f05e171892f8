"""The base of what purges cached content."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pulumi

from ..schema import Group
from .kind import Kind
from .program_error import WrongArgument, an, check_name_and_options
from .prop import argument, is_late
from .service_base import ServiceBase, refuse_no_service


class Purges(Kind):
    """A purge of cached content: it happens when the resource is created, and again when it changes."""

    resource_name: str = argument(kw_only=False)
    """The name of the Pulumi resource."""
    service: ServiceBase | None = argument(default=None)
    """The service. ``keys`` and ``all`` need it; with ``url`` it may be left out."""
    opts: pulumi.ResourceOptions | None = argument(default=None)
    """Pulumi's options."""

    if not TYPE_CHECKING:

        def __init_subclass__(cls, **kwargs: Any) -> None:
            super().__init_subclass__(group=Group.PURGE, **kwargs)

        @check_name_and_options
        def __init__(
            self,
            resource_name: str,
            *positional: Any,
            service: ServiceBase | None = None,
            opts: pulumi.ResourceOptions | None = None,
            **values: Any,
        ) -> None:
            what = f"{type(self).__name__}({resource_name!r})"
            self._refuse_wrong_arguments(resource_name, positional, values, "service", "opts")
            if service is not None:
                refuse_no_service(what, service)
            _refuse_resources(what, values.get("triggers"))
            self.resource_name = resource_name
            self.service = service
            self.opts = opts
            if _holds_late(values.get("keys")):  # one secret key makes the list secret, which messages then leave out
                values["keys"] = pulumi.Output.from_input(values["keys"])
            own = pulumi.ResourceOptions(depends_on=[service] if service else [], deleted_with=service)
            merged = pulumi.ResourceOptions.merge(own, opts)
            super().__init__(resource_name, values, {"service_id": service.service_id if service else None}, (), merged)


def _refuse_resources(what: str, triggers: Any) -> None:
    """Refuses a resource as a trigger: to Pulumi it is the same one for ever, so it would never purge again."""
    if isinstance(triggers, pulumi.Resource):
        kind = type(triggers).__name__
        advice = {"Version": ".number", "Release": ".version.number"}.get(kind, ".id")
        raise WrongArgument(f"{what}: triggers takes values, not {an(kind)}: write triggers=[...{advice}]")
    nested = triggers.values() if isinstance(triggers, Mapping) else triggers
    if isinstance(triggers, Mapping | list | tuple):
        for each in nested:
            _refuse_resources(what, each)


def _holds_late(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and any(map(is_late, value))
