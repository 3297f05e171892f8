"""The effective ``protect`` and ``retain_on_delete`` of each object, written into its inputs.

The Version does what the engine would have done on a delete, so it must know both. Parents and transformations
may set them; only a stack transform sees the outcome, and only if it is the last one.
"""

import pulumi

from ..schema import KINDS, Group
from .monitor import Monitor
from .program_error import ProgramError

PREFIX = "pulumi-python:dynamic/fastly:"

FLAGS = {Group.OBJECT: ("protect", "retain_on_delete"), Group.ITEMS: ("protect",)}
"""Which flags count. A delete of live items is left to the engine, which honors ``retain_on_delete`` by itself."""


def own_flags(opts: pulumi.ResourceOptions, group: Group) -> dict[str, bool]:
    """The flags that the resource's own options set. Without an engine these are all."""
    return {name: True for name in FLAGS.get(group, ()) if getattr(opts, name, None)}


class FlagWriter:
    """The transform that writes the flags."""

    def __init__(self, engine: Monitor) -> None:
        self._engine = engine

    def __call__(self, args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
        """Writes the flags of one resource as all other transforms left them."""
        label = args.type_.removeprefix(PREFIX)
        group = next((schema.group for schema in KINDS.values() if schema.label == label), None)
        if label == args.type_ or group is None or group not in FLAGS:
            return None
        if not self._engine.is_last:
            raise ProgramError(
                f"{label}({args.name!r}): a transform was registered at the same time as this resource, so whether it "
                "sets protect or retain_on_delete is not known; register transforms before resources"
            )
        flags = own_flags(args.opts, group)
        now = {name: True for name in FLAGS[group] if args.props.get(name)}
        if flags == now:
            return None
        props = {key: value for key, value in args.props.items() if key not in now}
        return pulumi.ResourceTransformResult({**props, **flags}, args.opts)
