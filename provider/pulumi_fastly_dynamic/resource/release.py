"""The component that orchestrates versions: objects inside, one Version at its end."""

import asyncio
from types import TracebackType
from typing import TYPE_CHECKING, Any

import pulumi

from ..engine import ADOPTED_KEY, STACK_KEY
from .program_error import ProgramError, WrongArgument, check_name_and_options, clear_argument_errors
from .prop import true_or_none, typed_or_default
from .roster import LiveMember, ReleaseObject, Roster
from .service_base import ServiceBase
from .takeover import Takeover
from .unreleased import warn_of_unreleased
from .version import Version

TYPE = "fastly:index:Release"


class Release(pulumi.ComponentResource):
    """Activates all changes of a service's objects together: one draft and one activation per update.

    Declare the objects inside the ``with`` block. When the block ends, one ``Version`` is registered. It depends on
    every object and on all items and entries, so nothing goes live with an empty list. If an exception leaves the
    block, no ``Version`` is registered.

    :param service: the service.
    :param comment: the first part of the version's comment. If only the comment changes, it is set on the active
        version and no new version is created.
    :param activate: if false, the draft is filled and verified, and not activated.
    :param adopt: takes over what the service has already: objects of the same name are overwritten, and undeclared
        objects stay. Without it, both are errors.
    """

    version: Version
    """The version. It is set when the ``with`` block ends."""

    @check_name_and_options
    @clear_argument_errors
    def __init__(
        self,
        resource_name: str,
        *,
        service: ServiceBase,
        comment: pulumi.Input[str | None] | None = "",
        activate: pulumi.Input[bool | None] | None = True,
        adopt: pulumi.Input[bool | None] | None = False,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        if not isinstance(service, ServiceBase):
            raise WrongArgument(f"Release({resource_name!r}): service must be a Service, not {type(service).__name__}")
        what = f"Release({resource_name!r})"
        self._comment = typed_or_default(f"{what}.comment", comment, default="")
        self._activate = typed_or_default(f"{what}.activate", activate, default=True)
        self.adopt = typed_or_default(f"{what}.adopt", adopt, default=False)
        service.take_release(resource_name)
        own = pulumi.ResourceOptions(deleted_with=service)
        merged = pulumi.ResourceOptions.merge(own, opts)
        super().__init__(TYPE, resource_name, {}, merged)
        self.declared_parent: pulumi.Resource | None = merged.parent
        self.service = service
        self._resource_name = resource_name
        self._phase = "new"
        self._is_reported = False
        self.roster: Roster[ReleaseObject] = Roster()
        """The objects that it declares so far."""
        self._items: list[LiveMember] = []
        self._left = asyncio.Event()
        self.takeover: Takeover | None = None
        self.urn.apply(lambda _: self._warn_if_never_entered())  # run when the program has ended

    def __enter__(self) -> "Release":
        if self._phase != "new":
            raise ProgramError(f"release '{self._resource_name}' is entered twice: use one `with` block")
        self._phase = "open"
        if self.service.is_adopted:
            self.takeover = self._register_takeover()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._phase = "left"
        self._left.set()
        if error is None:
            if self.adopt is False:  # with adopt=True it may name an object that nobody declares
                self.roster.refuse_unresolved()
            self.version = self._register_version()
            warn_of_unreleased(self, self.roster, self.version)
            self.register_outputs({"version": self.version.number})

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Says why there is no version yet. Not a ``ProgramError``: a program may ask with ``hasattr``."""
            what = f"{type(self).__name__!r} object has no attribute {name!r}"
            early = name == "version" and self.__dict__.get("_phase") == "open"
            raise AttributeError(f"{what} before its `with` block ends: use it below the block" if early else what)

    @property
    def resource_name(self) -> str:
        """The name of the Pulumi resource."""
        return self._resource_name

    def __repr__(self) -> str:
        return f"Release({self._resource_name!r})"

    # ---------------------------------------------------------------- for the resources inside

    def internal_inputs(self) -> dict[str, Any]:
        """The inputs that every resource of the release gets."""
        return {
            "service_id": self.service.service_id,
            ADOPTED_KEY: True if self.service.is_adopted else None,
            STACK_KEY: self.service.stack_key,
        }

    def live_inputs(self, container: ReleaseObject) -> dict[str, Any]:
        """The inputs that tell whether live items may overwrite what is there."""
        if not self.service.is_adopted:
            return {STACK_KEY: self.service.stack_key}
        return {
            STACK_KEY: self.service.stack_key,
            ADOPTED_KEY: True,
            "adopt": true_or_none(self.adopt),
            "owned": container.owned,
        }

    def require_open(self, what: str) -> None:
        """Refuses resources outside the ``with`` block."""
        if self._phase == "new":
            self._is_reported = True
            raise ProgramError(
                f"{what}: its release '{self._resource_name}' has no `with` block yet; write "
                "`with Release(...) as release:` and declare it inside"
            )
        if self._phase == "left":
            raise ProgramError(
                f"{what}: the `with` block of its release '{self._resource_name}' has ended; declare it inside"
            )

    def enlist_items(self, resource: LiveMember) -> None:
        """Nothing goes live before its items are there."""
        self._items.append(resource)

    # ---------------------------------------------------------------- the end

    def _register_takeover(self) -> Takeover:
        """Registered first, and completed when the block is left: the objects wait for it."""
        return Takeover(
            self._resource_name,
            internal_inputs={
                "service_id": self.service.service_id,
                STACK_KEY: self.service.stack_key,
                "adopt": true_or_none(self.adopt),
                "declared": pulumi.Output.from_input(self._declared_when_left()),
            },
            opts=pulumi.ResourceOptions(parent=self, depends_on=[self.service], deleted_with=self.service),
        )

    async def _declared_when_left(self) -> list[dict[str, Any]]:
        """The objects and live items, as far as they are plain values; outputs could wait for the takeover itself."""
        await self._left.wait()
        return [
            {
                **each.plain_declaration(),
                "items": [
                    {"kind": items.schema.kind, "inputs": items.plain_values}
                    for items in self._items
                    if items.container is each and items.plain_values
                ],
            }
            for each in self.roster
        ]

    def _warn_if_never_entered(self) -> None:
        if self._phase == "new" and not self._is_reported:
            pulumi.log.warn(f"release '{self._resource_name}' has no `with` block: no version is released", self)

    def _register_version(self) -> Version:
        objects = {f"{o.schema.kind}/{o.resource_name}": o.record for o in self.roster}
        items = {f"{i.schema.kind}/{i.resource_name}": i.flags for i in self._items}
        dependencies: list[Any] = [self.service, *self.roster, *self._items]
        if self.service.products is not None:  # what the version needs is on before it serves
            dependencies.append(self.service.products)
        return Version(
            self._resource_name,
            internal_inputs={**self.internal_inputs(), "__objects": objects, "__items": items},
            comment=self._comment,
            activate=self._activate,
            adopt=self.adopt,
            # Revisions say nothing to people, and the objects themselves show what changes.
            opts=pulumi.ResourceOptions(parent=self, depends_on=dependencies, hide_diffs=["__objects", "__items"]),
        )
