"""Rules for the recordings: one of each level, with texts that want to be more than text."""

from typing import Any

from pulumi_policy import (
    EnforcementLevel,
    PolicyPack,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
)

BACKEND = "pulumi-python:dynamic/fastly:Backend"


def tls(args: ResourceValidationArgs, report: ReportViolation) -> None:
    if args.resource_type == BACKEND and not args.props.get("use_ssl"):
        report("use_ssl is False: set use_ssl=True")


def comment(args: ResourceValidationArgs, report: ReportViolation) -> None:
    if args.resource_type == BACKEND and not args.props.get("comment"):
        report("comment is empty\nsay who owns it, @team | **bold** <b>html</b> `code` https://example.com")


def checked(args: ResourceValidationArgs) -> dict[str, Any] | None:
    if args.resource_type == BACKEND and not args.props.get("ssl_check_cert"):
        return {**args.props, "ssl_check_cert": True}
    return None


def rotated(args: ResourceValidationArgs) -> dict[str, Any] | None:
    if args.resource_type == BACKEND and args.props.get("ssl_client_key"):
        return {**args.props, "ssl_client_key": args.props["ssl_client_key"].replace("TOP-SECRET-1", "TOP-SECRET-2")}
    return None


PolicyPack(
    "recording",
    [
        ResourceValidationPolicy("backend-tls", "Origins are reached over TLS.", tls, EnforcementLevel.MANDATORY),
        ResourceValidationPolicy("backend-comment", "Backends have an owner.", comment, EnforcementLevel.ADVISORY),
        ResourceValidationPolicy(
            "backend-check-cert",
            "Certificates are verified.",
            enforcement_level=EnforcementLevel.REMEDIATE,
            validate=lambda _args, _report: None,
            remediate=checked,
        ),
        ResourceValidationPolicy(
            "backend-key",
            "Keys are new; and events of remediations have secrets in plain.",
            enforcement_level=EnforcementLevel.REMEDIATE,
            validate=lambda _args, _report: None,
            remediate=rotated,
        ),
    ],
)
