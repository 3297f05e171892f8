"""Properties of resources: one declaration gives the constructor's argument, the output and the schema's field.

To a type checker, ``Prop[int]`` is an argument that takes ``Input[int]`` and an attribute that is an ``Output[int]``.
"""

import types
from collections.abc import Awaitable, Sequence
from typing import Annotated, Any, Generic, Literal, Self, TypeVar, Union, get_args, get_origin, overload

import pulumi
from typing_extensions import override

from ..schema import Field, Reference, ValueType
from .program_error import WrongArgument, users_line

T = TypeVar("T")
S = TypeVar("S")
K = TypeVar("K")

REQUIRED: Any = object()
RESOURCE_NAME: Any = object()
"""A default: the name of the Pulumi resource."""

VALUE_TYPES = {str: ValueType.STRING, int: ValueType.INTEGER, bool: ValueType.BOOLEAN}


class Declared:
    """What ``prop()`` and ``ref()`` were told. The common part of the descriptors."""

    def __init__(self, *, default: Any, options: dict[str, Any]) -> None:
        self.default = default
        self.options = options
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def read(self, instance: object) -> pulumi.Output[Any]:
        """The output. If the property was not set, its value is the default.

        Only properties that are set are inputs: an output for each of 35 properties would cost more than all the rest.
        """
        output = instance.__dict__.get(self.name)
        if not isinstance(output, pulumi.Output):
            return pulumi.Output.from_input(self.default)
        if any(self.default is each for each in (None, REQUIRED, RESOURCE_NAME)):
            return output
        return output.apply(lambda value: self.default if value is None else value)

    def field(self, annotation: Any) -> Field:
        """The schema's field, from the annotation ``Prop[...]`` and the options."""
        value_type = self._value_type(annotation)
        required = self.default is REQUIRED
        options = {"wire": self.name, "type": _base_type(value_type), **self.options}
        return Field(
            name=self.name,
            annotation=value_type,
            default=None if required or self.default is RESOURCE_NAME else self.default,
            required=required or self.default is RESOURCE_NAME,
            **options,
        )

    def _value_type(self, annotation: Any) -> Any:
        return get_args(annotation)[0]


class Nested(Declared, Generic[T, S]):
    """A property that reads as ``Output[T]`` and takes ``Input[S]``: collections with outputs inside."""

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> pulumi.Output[T]: ...
    def __get__(self, instance: object | None, owner: type) -> Any:
        """The output, once the resource is registered."""
        return self if instance is None else self.read(instance)

    def __set__(self, instance: object, value: pulumi.Input[S]) -> None:
        """Only for type checkers, and for Pulumi, which stores outputs."""
        instance.__dict__[self.name] = value


class Prop(Nested[T, T]):
    """A property: ``Input[T]`` to set, ``Output[T]`` to read."""


class Ref(Nested[str | None, str | K | None]):
    """A property that names another object of the release: the resource, or its name."""

    @override
    def _value_type(self, annotation: Any) -> Any:
        return str | None  # it travels as a name


class Refs(Nested[list[str], Sequence[pulumi.Input[str] | K]], Generic[K]):
    """A property that names several objects of the release: resources, or their names."""

    @override
    def _value_type(self, annotation: Any) -> Any:
        return list[str]


def prop(  # noqa: PLR0913 - each is a fact of the API
    *,
    default: Any = REQUIRED,
    secret: bool = False,
    immutable: bool = False,
    unversioned: bool = False,
    client_only: bool = False,
    sent_with: tuple[str, ...] = (),
    omit_default: bool = False,
    excluded_by: str = "",
    exclusive: bool = False,
    type: ValueType | None = None,  # noqa: A002 - as in the schema
    wire: str | None = None,
) -> Any:
    """A property; required unless it has a default.

    ``immutable``: the API cannot change it. ``unversioned``: it is in no version. ``client_only``: it steers this
    package and is not sent. ``sent_with``: properties that an update sends along. ``omit_default``: a create does not
    send the default. ``excluded_by``: a property beside which it is not sent. ``exclusive``: a flag that one object of
    a version has, set by a call of its own. ``type``: how the value travels, where its Python type does not tell.
    ``wire``: the API's name where it is another one.
    """
    options: dict[str, Any] = {"secret": secret, "immutable": immutable, "sent_with": sent_with}
    options |= {"unversioned": unversioned, "client_only": client_only, "exclusive": exclusive}
    options |= {"omit_default": omit_default, "excluded_by": excluded_by}
    if type is not None:
        options["type"] = type
    if wire is not None:
        options["wire"] = wire
    return Prop(default=default, options=options)


def ref(kind: str, *, default: Any = REQUIRED, type: str | None = None, wire: str | None = None) -> Any:  # noqa: A002 - the API's word
    """A reference to an object of that kind; ``type`` is the type that a condition must have."""
    options: dict[str, Any] = {"reference": Reference(kind, type)}
    if wire is not None:
        options["wire"] = wire
    return Ref(default=default, options=options)


def refs(kind: str, *, default: Any = REQUIRED, links: bool = False) -> Any:
    """References to objects of that kind; ``links`` where each is written by a call of its own."""
    return Refs(default=default, options={"reference": Reference(kind), "type": ValueType.SET, "links": links})


def argument(*, default: Any = REQUIRED, kw_only: bool = True, init: bool = True) -> Any:  # noqa: ARG001 - for checkers
    """An argument that is not a property, or with ``init=False`` just an attribute."""
    return None


def is_late(value: Any) -> bool:
    """Whether a value is an output or an awaitable, and so not known while the program declares resources."""
    return isinstance(value, pulumi.Output | Awaitable)


def _base_type(value_type: Any) -> ValueType:
    """The type of the value below ``Annotated``, ``Optional`` and ``Literal``."""
    origin = get_origin(value_type)
    if origin is Annotated:
        return _base_type(get_args(value_type)[0])
    if origin in {Union, types.UnionType}:
        return _base_type(next(arg for arg in get_args(value_type) if arg is not type(None)))
    if origin is Literal:
        return _base_type(type(get_args(value_type)[0]))
    if origin is list and _base_type(get_args(value_type)[0]) is ValueType.STRING:
        return ValueType.STRINGS
    return VALUE_TYPES.get(value_type, ValueType.OTHER)


def typed_or_default(what: str, value: Any, *, default: bool | str) -> Any:
    """An argument that must have the type of its default; ``None``, such as an unset setting gives, is the default."""
    place = users_line()

    def checked(found: Any) -> Any:
        if found is None:
            return default
        if not isinstance(found, type(default)):
            wanted = "True or False" if isinstance(default, bool) else "a string"
            raise WrongArgument(f"{what}: must be {wanted}, not {type(found).__name__}", place)
        return found

    return pulumi.Output.from_input(value).apply(checked) if is_late(value) else checked(value)


def true_or_none(value: Any) -> Any:
    """A flag that is off is left out, so that previews show it only where it matters."""
    if isinstance(value, bool):
        return value or None
    return pulumi.Output.from_input(value).apply(lambda flag: flag or None)
