"""A rule of what a release needs to serve anybody."""

import re
from collections.abc import Iterator

from .resource import VCL_KINDS, Finding, Resource, Stack
from .rule import ADVISORY, MANDATORY, Settings, StackRule

NO_CODE = re.compile(r'#[^\n]*|//[^\n]*|/\*(?:.*?\*/|.*)|\{"(?:.*?"\}|.*)|"[^"\n]*"?', re.DOTALL)
"""Comments and texts of VCL. One that is never closed goes on to the end, which is read once."""
BACKEND = re.compile(r"(?<![\w.-])backend\s+[A-Za-z_][\w-]*\s*\{")


def _declares_backend(vcl: Resource) -> bool:
    holds_declarations = vcl.kind == "Vcl" or vcl.get("type") == "init"
    return holds_declarations and BACKEND.search(NO_CODE.sub(" ", vcl.text("content"))) is not None


def _has_backend(version: Resource, stack: Stack, _settings: Settings) -> Iterator[Finding]:
    if version.get("adopt") or stack.objects(version, "Backend"):
        return  # a service that is taken over may have one already
    if not any(map(_declares_backend, stack.objects(version, *VCL_KINDS))):
        yield Finding(version, "it has no Backend; declare one in its `with` block")


def _has_domain(version: Resource, stack: Stack, _settings: Settings) -> Iterator[Finding]:
    if not version.get("adopt") and not stack.objects(version, "Domain"):
        yield Finding(version, "it has no Domain; declare one in its `with` block, or link one in your account")


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
    reports="a release without a backend, declared or in VCL; one domain in two services of the stack",
    description="A release without a backend serves no content, and Fastly refuses a domain that another service has.",
    level=MANDATORY,
    kinds=("Version",),
    checks=(_has_backend, _one_service_a_domain),
)

RELEASE_DOMAIN = StackRule(
    name="release-domain",
    reports="a release without a domain",
    description="A release without a domain serves only domains that are linked to the service in your account.",
    level=ADVISORY,
    kinds=("Version",),
    checks=(_has_domain,),
)
