"""The effective ``protect`` and ``retain_on_delete`` of each object, written into its inputs.

The Version does what the engine would have done on a delete, so it must know both. Parents and transformations
may set them; only a stack transform sees the outcome.
"""

import weakref

import pulumi
from pulumi.runtime.stack import register_resource_transform

from ..schema import KINDS, Group

PREFIX = "pulumi-python:dynamic/fastly:"

_registered: weakref.WeakSet[pulumi.Resource] = weakref.WeakSet()


def watch_flags() -> None:
    """Registers the transform, once a stack, before its first resource of this package."""
    stack = pulumi.runtime.get_root_resource()
    if stack is None or stack in _registered:
        return
    _registered.add(stack)
    try:
        register_resource_transform(_write_flags)
    except Exception:  # noqa: BLE001 - a mocked monitor has no transforms, and says so in any way it likes
        pulumi.log.debug("pulumi-fastly-dynamic: no transforms here; only an object's own protect is seen")


def own_flags(opts: pulumi.ResourceOptions) -> dict[str, bool]:
    """What the object's own options say, where no transform runs."""
    return {name: True for name in ("protect", "retain_on_delete") if getattr(opts, name, None)}


def _write_flags(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
    label = args.type_.removeprefix(PREFIX)
    if label == args.type_ or not _is_object(label):
        return None
    flags = own_flags(args.opts)
    now = {name: True for name in ("protect", "retain_on_delete") if args.props.get(name)}
    if flags == now:
        return None
    props = {key: value for key, value in args.props.items() if key not in now}
    return pulumi.ResourceTransformResult({**props, **flags}, args.opts)


def _is_object(label: str) -> bool:
    return any(schema.label == label and schema.group is Group.OBJECT for schema in KINDS.values())
