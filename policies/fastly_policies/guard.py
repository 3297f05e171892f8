"""A rule of stacks that must not lose anything by mistake."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from .resource import Finding, Resource
from .rule import MANDATORY, TEXTS, Parameter, ResourceRule, Settings


def _guarded(resource: Resource, settings: Settings) -> bool:
    return any(fnmatchcase(resource.stack_name, pattern) for pattern in settings["stacks"])


def _not_forced(resource: Resource, settings: Settings) -> Iterator[Finding]:
    if _guarded(resource, settings) and resource.get("force_destroy"):
        fix = f"in stack '{resource.stack_name}' nothing that is in use may be destroyed; leave it out"
        yield resource.finding("force_destroy", fix, value=True)


def _protected(resource: Resource, settings: Settings) -> Iterator[Finding]:
    if resource.kind == "Service" and _guarded(resource, settings) and not resource.protect:
        fix = f"in stack '{resource.stack_name}' set opts=pulumi.ResourceOptions(protect=True)"
        yield resource.finding("protect", fix, value=False)


DESTROY_GUARD = ResourceRule(
    name="destroy-guard",
    reports="in production stacks: `force_destroy` on services, dictionaries and ACLs; services without `protect`",
    description="A destroyed service stops serving its visitors at once, and the items of a dictionary or an ACL are "
    "lost.",
    level=MANDATORY,
    kinds=("Service", "Dictionary", "Acl"),
    parameters={
        "stacks": Parameter(TEXTS, ["prod", "production"], "the stacks that are guarded; `*` matches anything"),
    },
    checks=(_not_forced, _protected),
)
