"""A rule of what a release needs to serve anybody."""

from collections.abc import Iterator

from .resource import Finding, Resource, Stack
from .rule import MANDATORY, Settings, StackRule

NEEDED = ("Domain", "Backend")


def _complete(version: Resource, stack: Stack, _settings: Settings) -> Iterator[Finding]:
    if version.get("adopt"):
        return  # it may have them already
    for kind in NEEDED:
        if not stack.objects(version, kind):
            yield Finding(version, f"it has no {kind}; declare one in its `with` block")


def _domains_elsewhere(version: Resource, stack: Stack) -> dict[str, Resource]:
    """The domains of the releases before this one, and the release of each."""
    # By name: the engine hands them over in the order in which it was done with them.
    versions = sorted(stack.of_kind("Version"), key=lambda each: each.urn)
    earlier = versions[: versions.index(version)]
    return {_name(domain): other for other in earlier for domain in stack.objects(other, "Domain") if _name(domain)}


def _one_service_a_domain(version: Resource, stack: Stack, _settings: Settings) -> Iterator[Finding]:
    elsewhere = _domains_elsewhere(version, stack)
    for domain in stack.objects(version, "Domain"):
        other = elsewhere.get(_name(domain))
        if other:
            yield domain.finding("name", f"{other} has it too; leave it to one service", value=_name(domain))


def _name(domain: Resource) -> str:
    return str(domain.peek("name") or "").lower()


RELEASE_COMPLETE = StackRule(
    name="release-complete",
    description="A release without a domain or without a backend serves nobody, and Fastly refuses a domain that "
    "another service has.",
    level=MANDATORY,
    kinds=("Version",),
    checks=(_complete, _one_service_a_domain),
)
