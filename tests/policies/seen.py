"""Programs as rules see them: resources as data."""

from collections.abc import Iterable, Mapping
from typing import Any

from fastly_policies import Finding, Resource, ResourceRule, Settings, Stack, StackRule
from pulumi_policy.proxy import UNKNOWN_STRING_VALUE, unknown_checking_proxy

UNKNOWN = UNKNOWN_STRING_VALUE


def seen(kind: str, resource_name: str = "it", *, stack: str = "dev", protect: bool = False, **props: Any) -> Resource:
    """A resource with these checked properties, in the SDK's proxies."""
    urn = f"urn:pulumi:{stack}::shop::pulumi-python:dynamic/fastly:{kind}::{resource_name}"
    named = {"name": resource_name, **props}
    return Resource(kind, resource_name, urn, unknown_checking_proxy(named), protect=protect)


def backend(resource_name: str = "origin", **props: Any) -> Resource:
    """A backend that no rule objects to, with these properties changed; ``None`` leaves one out."""
    good = {
        "address": "origin.example.com",
        "port": 443.0,
        "use_ssl": True,
        "ssl_check_cert": True,
        "ssl_cert_hostname": "origin.example.com",
        "ssl_sni_hostname": "origin.example.com",
        "min_tls_version": "1.2",
        "healthcheck": "alive",
        "connect_timeout": 1000.0,
        "first_byte_timeout": 15000.0,
        "between_bytes_timeout": 10000.0,
        "max_conn": 200.0,
    }
    return seen(
        "Backend", resource_name, **{key: value for key, value in {**good, **props}.items() if value is not None}
    )


def release(name: str, *objects: Resource, **props: Any) -> Resource:
    """The Version of a release of these objects."""
    version = seen("Version", name, **props)
    version.dependencies = list(objects)
    return version


def referring(resource: Resource, **targets: Resource) -> Resource:
    """The resource, with properties that depend on others."""
    resource.property_dependencies = {name: [target] for name, target in targets.items()}
    return resource


def stack(*versions: Resource) -> Stack:
    """A stack of these releases and their objects."""
    root = seen("Stack", "shop-dev")
    return Stack([root, *(one for version in versions for one in (*version.dependencies, version))])


def told(rule: ResourceRule, resource: Resource, **configured: Any) -> list[str]:
    """What a resource rule says."""
    return _texts(rule.findings(resource, _settings(rule, configured)))


def told_of(rule: StackRule, *versions: Resource, **configured: Any) -> list[str]:
    """What a stack rule says."""
    return _texts(rule.findings(stack(*versions), _settings(rule, configured)))


def _settings(rule: ResourceRule | StackRule, configured: Mapping[str, Any]) -> Settings:
    return rule.settings(configured)


def _texts(findings: Iterable[Finding]) -> list[str]:
    return [str(finding) for finding in findings]
