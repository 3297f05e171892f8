"""The base of what an account holds, rather than a version: services."""

from typing import TYPE_CHECKING, Any

import pulumi

from ..engine import STACK_KEY
from ..schema import Group
from .kind import Kind
from .program_error import ProgramError, WrongArgument, an, check_name_and_options
from .prop import argument, is_late


def refuse_no_service(what: str, service: object) -> None:
    """Refuses anything but a service, such as its id."""
    if not isinstance(service, ServiceBase):
        raise WrongArgument(f"{what}: service must be a Service, not {an(type(service).__name__)}")


class ServiceBase(Kind):
    """A service to a release: its id, and that it has one release only."""

    resource_name: str = argument(kw_only=False)
    """The name of the Pulumi resource."""
    opts: pulumi.ResourceOptions | None = argument(default=None)
    """Pulumi's options."""

    _release: str | None = argument(default=None, init=False)
    products: pulumi.Resource | None = argument(default=None, init=False)
    """The resource that switches its products, if it is declared already."""

    if not TYPE_CHECKING:

        def __init_subclass__(cls, **kwargs: Any) -> None:
            super().__init_subclass__(group=Group.SERVICE, **kwargs)

        @check_name_and_options
        def __init__(
            self, resource_name: str, *positional: Any, opts: pulumi.ResourceOptions | None = None, **values: Any
        ) -> None:
            self._refuse_wrong_arguments(resource_name, positional, values, "opts")
            self.resource_name = resource_name
            self.opts = opts
            self._release = None
            self.products = None
            if values.get("adopt_id") is None and values.get("name") is None:
                values["name"] = resource_name
            if is_late(values.get("adopt_id")):
                values["adopt_id"] = pulumi.Output.from_input(values["adopt_id"]).apply(_or_empty)
            super().__init__(resource_name, values, {}, (STACK_KEY,), opts or pulumi.ResourceOptions())

    @property
    def is_adopted(self) -> bool:
        """Whether the service is taken over rather than created."""
        return self._given.get("adopt_id") is not None

    @property
    def service_id(self) -> pulumi.Output[str]:
        """The service's id. Known in a preview where the service is taken over."""
        adopted = self._given.get("adopt_id")
        return self.id if adopted is None else pulumi.Output.from_input(adopted)

    @property
    def stack_key(self) -> pulumi.Output[str]:
        """A random key, kept as a secret in the state: it tells this stack from others of the same name."""
        return self._output(STACK_KEY)

    def take_release(self, release_name: str) -> None:
        """Refuses a second release: two would activate one after the other, each without the other's objects."""
        if self._release is not None:
            raise ProgramError(
                f"Release({release_name!r}): service '{self.resource_name}' has the release '{self._release}' already; "
                "declare all its objects in one"
            )
        self._release = release_name

    def take_products(self, resource: pulumi.Resource, what: str) -> None:
        """Refuses a second resource for the products: each would switch off what only the other one names."""
        if self.products is not None:
            first = type(self.products).__name__
            raise ProgramError(
                f"{what}: the products of service '{self.resource_name}' are declared by another {first} already; name "
                "all of them in one"
            )
        self.products = resource


def _or_empty(adopt_id: str | None) -> str:
    """Pulumi drops an output without a value, and the provider would take it for a service to create."""
    return adopt_id or ""
