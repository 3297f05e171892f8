"""The base of objects of a version."""

from typing import TYPE_CHECKING, Any

import pulumi

from ..schema import KINDS, Field, Group, Identity, ValueType
from .flags import own_flags
from .gate import gated
from .kind import Kind
from .program_error import ProgramError, WrongArgument, an, check_name_and_options, refuse_missing
from .prop import argument, is_late, true_or_none
from .release import Release


class Versioned(Kind):
    """An object that is part of a version: it goes live when its release does."""

    resource_name: str = argument(kw_only=False)
    """The name of the Pulumi resource."""
    release: Release = argument()
    """The release it is part of."""
    opts: pulumi.ResourceOptions | None = argument(default=None)
    """Pulumi's options."""
    live_keys: dict[str, str] = argument(init=False)
    """Which resource declares which key of a container's live items."""

    if not TYPE_CHECKING:

        def __init_subclass__(cls, **kwargs: Any) -> None:
            super().__init_subclass__(group=Group.OBJECT, **kwargs)

        @check_name_and_options
        def __init__(
            self,
            resource_name: str,
            *positional: Any,
            release: Release | None = None,
            opts: pulumi.ResourceOptions | None = None,
            **values: Any,
        ) -> None:
            what = f"{type(self).__name__}({resource_name!r})"
            self._refuse_wrong_arguments(resource_name, positional, values, "release", "opts")
            refuse_missing(what, "release", release)
            if not isinstance(release, Release):
                raise WrongArgument(f"{what}: release must be a Release, not {type(release).__name__}")
            release.require_open(what)
            name = values.get("name")
            name = resource_name if name is None else name
            if self.schema.identity is Identity.SINGLETON:
                name = self.schema.kind
            release.roster.refuse_duplicate(what, self.schema.kind, name, resource_name)
            for field in self.schema.exclusive:
                if values.get(field.name) is True:
                    release.roster.claim_flag(what, self.schema.kind, field.name)
            self.resource_name = resource_name
            self.release = release
            self.opts = opts
            self.live_keys = {}
            # The id of a created service is an output, and so a dependency. The id of an adopted service is plain text.
            depends_on: list[pulumi.Resource] = [release.service] if release.service.is_adopted else []
            depends_on += [release.takeover] if release.takeover else []
            for field in self.schema.fields:
                value = values.get(field.name)
                if not field.reference or value is None:
                    continue
                values[field.name] = self._refer_all(what, field, value)
                parts = value if isinstance(value, list | tuple) else [value]
                if any(map(is_late, parts)):  # it may be the name of any of them, and the API wants that one first
                    depends_on += release.roster.of_kind(field.reference.kind)
            own = pulumi.ResourceOptions(parent=release, depends_on=depends_on)
            opts = pulumi.ResourceOptions.merge(own, opts)
            internal_inputs = {
                **release.internal_inputs(),
                "service_id": gated(self, release.service.service_id, resource_name, opts, self._taken(what, name)),
                "adopt": true_or_none(release.adopt),
                **own_flags(opts, self.schema.group),
            }
            outputs = ("__record", *([self.schema.id_property, "owned"] if self.schema.id_property else []))
            super().__init__(resource_name, values, internal_inputs, outputs, opts)
            release.roster.register(self, name)

    def _taken(self, what: str, name: Any) -> str:
        """What to say if another release has a resource with this name."""
        label = type(self).__name__
        has_name = any(field.name == "name" for field in self.schema.fields)
        arguments = [
            repr(f"{self.release.resource_name}-{self.resource_name}"),
            *([f"name={name!r}" if isinstance(name, str) else "name=..."] if has_name else []),
            "release=...",
        ]
        return (
            f"{what}: another release of this program has a {label} resource named {self.resource_name!r} already "
            f"(Pulumi names must be unique): write {label}({', '.join(arguments)})"
        )

    def _refer_all(self, what: str, field: Field, value: Any) -> Any:
        if field.type is not ValueType.SET or is_late(value):
            return self._refer(what, field, value)
        if not isinstance(value, list | tuple):
            raise WrongArgument(f"{what}.{field.name}: takes a list, not {type(value).__name__}: write [...] around it")
        return pulumi.Output.all(*(self._refer(what, field, each) for each in value))

    def _refer(self, what: str, field: Field, value: Any) -> Any:
        """The name of the object referred to, as an output that depends on it."""
        reference, place = field.reference, f"{what}.{field.name}"
        if reference is None:
            return value
        target = value
        if isinstance(value, str):
            target = self.release.roster.find(reference.kind, value)
            if target is None:
                self.release.roster.remember_unresolved(reference.kind, value, place)
                return value
        if isinstance(target, Kind) and target.schema.kind != reference.kind:
            wanted, given = an(KINDS[reference.kind].label), an(type(target).__name__)
            raise ProgramError(f"{place}: must be {wanted}, not {given}")
        if not isinstance(target, Versioned):
            return value
        if target.release is not self.release:
            raise ProgramError(f"{place}: '{target.resource_name}' is an object of another release")
        actual = target._given.get("type")
        if reference.type and isinstance(actual, str) and actual.upper() != reference.type:
            raise ProgramError(
                f"{place}: must be a condition of type {reference.type}; '{target.resource_name}' is of type {actual}"
            )
        return target._output("name")

    @property
    def owned(self) -> pulumi.Output[bool]:
        """Whether this program created it, in a service that was taken over."""
        return self._output("owned")

    def plain_declaration(self) -> dict[str, Any]:
        """Kind, name and live content, as far as they are known while the program runs."""
        name = self._given.get("name", self.resource_name)
        if self.schema.identity is Identity.SINGLETON:
            name = self.schema.kind
        live = {f.name: self._given.get(f.name) for f in self.schema.unversioned}
        return {
            "kind": self.schema.kind,
            "name": name if isinstance(name, str) else None,
            "live": {key: value for key, value in live.items() if isinstance(value, str)},
        }

    @property
    def revision(self) -> pulumi.Output[str]:
        """The version in which the object was last written, and a digest. It changes with each write."""
        return self.record.apply(lambda record: str(record["revision"]))

    @property
    def record(self) -> pulumi.Output[dict[str, Any]]:
        """What the release knows about the object: name, id, revision and options."""
        return self._output("__record")
