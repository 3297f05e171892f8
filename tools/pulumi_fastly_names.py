"""Writes docs/names-in-pulumi-fastly.md: which names of pulumi-fastly differ here; with --check, fails if it is stale.

Programs for both packages use the same names, except those in these tables. A tool that translates programs can read
the tables.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pulumi_fastly_dynamic  # noqa: F401 - fills the table of kinds
from generated_page import write_or_check
from pulumi_fastly_dynamic.schema import KINDS, Field

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "names-in-pulumi-fastly.md"
PROPERTIES = ROOT / "tests" / "data" / "pulumi_fastly_properties.json"


@dataclass(frozen=True)
class Other:
    """What stands here for a name of pulumi-fastly, and why it is another one."""

    ours: str
    """Empty: nothing does."""
    why: str


CLASSES: Mapping[str, Other] = {
    "CacheSetting": Other("CacheSettings", "the API's word"),
    "RequestSetting": Other("RequestSettings", "the API's word"),
    "Dynamicsnippet": Other("DynamicSnippet", "two words"),
    "LoggingCloudfile": Other("LoggingCloudfiles", "the product's name, which is no plural"),
    "LoggingGc": Other("LoggingGcs", "the product's name, which is no plural"),
    "LoggingGrafanacloudlog": Other("LoggingGrafanacloudlogs", "the product's name"),
    "LoggingHerokus": Other("LoggingHeroku", "the product's name"),
    "LoggingHttp": Other("LoggingHttps", "the protocol's name, which is no plural"),
    "LoggingKinese": Other("LoggingKinesis", "the product's name, which is no plural"),
    "LoggingLogentry": Other("LoggingLogentries", "the product's name"),
    "ImageOptimizerDefaultSettings": Other("ImageOptimizerSettings", "what they are the defaults of"),
    "ProductEnablementBotManagement": Other("ProductEnablement", "a product is `True` or `False`"),
    "ProductEnablementDdosProtection": Other("ProductEnablement", "see `ddos_protection` and `ddos_protection_mode`"),
    "ProductEnablementNgwaf": Other("ProductEnablement", "see `ngwaf` and the properties that begin with it"),
    "RateLimiterResponse": Other(
        "RateLimiter", "its properties are those of `RateLimiter` with the prefix `response_`"
    ),
}
"""Classes of arguments, without ``ServiceVcl`` and ``Args``. All others have the same name here."""

NESTED = frozenset(
    {
        "ProductEnablementBotManagement",
        "ProductEnablementDdosProtection",
        "ProductEnablementNgwaf",
        "RateLimiterResponse",
    }
)
"""Classes of arguments that are part of another one, and of its resource here."""

_REFERENCE = "it takes the resource itself, or a name"
_OUTPUT = "an output here; the API sets it"

PROPERTY_NAMES: Mapping[tuple[str, str], Other] = {
    ("Acl", "acl_id"): Other("acl_id", _OUTPUT),
    ("Dictionary", "dictionary_id"): Other("dictionary_id", _OUTPUT),
    ("Dynamicsnippet", "snippet_id"): Other("snippet_id", _OUTPUT),
    ("Header", "destination"): Other("dst", "the API's word"),
    ("Header", "source"): Other("src", "the API's word"),
    ("LoggingBigquery", "email"): Other("user", "the API's word, and that of the other Google endpoints"),
    ("LoggingBigquery", "template"): Other("template_suffix", "the API's word"),
    ("LoggingS3", "bucket_name"): Other("bucket", "the word of S3"),
    ("LoggingS3", "s3_access_key"): Other("access_key", "the API's word"),
    ("LoggingS3", "s3_iam_role"): Other("iam_role", "the API's word"),
    ("LoggingS3", "s3_secret_key"): Other("secret_key", "the API's word"),
    ("ImageOptimizerDefaultSettings", "name"): Other("", "a version has one"),
    ("ProductEnablement", "name"): Other("", "a service has one"),
    ("ProductEnablementBotManagement", "contentguard"): Other("", "not covered"),
    ("ProductEnablementBotManagement", "enabled"): Other("bot_management", "no object inside the object"),
    ("ProductEnablementDdosProtection", "enabled"): Other("ddos_protection", "no object inside the object"),
    ("ProductEnablementDdosProtection", "mode"): Other("ddos_protection_mode", "no object inside the object"),
    ("ProductEnablementNgwaf", "enabled"): Other("ngwaf", "no object inside the object"),
    ("ProductEnablementNgwaf", "traffic_ramp"): Other("ngwaf_traffic_ramp", "no object inside the object"),
    ("ProductEnablementNgwaf", "workspace_id"): Other("ngwaf_workspace_id", "no object inside the object"),
    ("RateLimiter", "feature_revision"): Other("", "the latest revision is the default"),
    ("RateLimiter", "ratelimiter_id"): Other("", "each version has another id"),
    ("RateLimiter", "response"): Other("", "see `response_status`, `response_content` and `response_content_type`"),
    ("RateLimiter", "response_object_name"): Other("response_object", _REFERENCE),
    ("RateLimiter", "uri_dictionary_name"): Other("uri_dictionary", _REFERENCE),
    ("RateLimiterResponse", "content"): Other("response_content", "no object inside the object"),
    ("RateLimiterResponse", "content_type"): Other("response_content_type", "no object inside the object"),
    ("RateLimiterResponse", "status"): Other("response_status", "no object inside the object"),
}
"""Properties of blocks. All others have the same name here."""

SERVICE: Mapping[str, Other] = {
    "activate": Other("Release.activate", "activation is a matter of the release"),
    "default_host": Other("Settings.default_host", "a versioned object of its own, as in the API"),
    "default_ttl": Other("Settings.default_ttl", "a versioned object of its own, as in the API"),
    "stale_if_error": Other("Settings.stale_if_error", "a versioned object of its own, as in the API"),
    "stale_if_error_ttl": Other("Settings.stale_if_error_ttl", "a versioned object of its own, as in the API"),
    "version_comment": Other("Release.comment", "it is the version's"),
    "http3": Other("Http3", "a versioned object of its own, as in the API"),
    "reuse": Other("", "`retain_on_delete` keeps the service"),
    "stage": Other("", "not covered"),
}
"""Arguments of ``ServiceVcl`` itself that are neither blocks nor properties of ``Service``."""

DEFAULTS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("", "comment"): ('"Managed by Terraform"', "none"),
    ("LoggingBigquery", "format"): ("Fastly's", "required"),
    ("LoggingElasticsearch", "format"): ("Fastly's", "required"),
    ("LoggingGrafanacloudlog", "format"): ("Fastly's", "required"),
    ("LoggingHoneycomb", "format"): ("Fastly's", "required"),
    ("LoggingPapertrail", "port"): ("required", "514"),
    ("RequestSetting", "xff"): ('"append"', "none"),
    ("ResponseObject", "response"): ('"OK"', '"ok"'),
}
"""Properties with other defaults, of classes of arguments; the class "" is ``ServiceVcl`` itself: theirs and ours."""

HEAD = """\
# Names in pulumi-fastly

<!-- Written by tools/pulumi_fastly_names.py; do not edit. -->

In `pulumi-fastly`, a `ServiceVcl` has one list of arguments per kind of object. Here each object is its own resource.
Classes and properties have the same names in both packages, except those on this page. Version of `pulumi-fastly`:
{version}.
"""


def known() -> dict[str, Any]:
    """What pulumi-fastly has."""
    found: dict[str, Any] = json.loads(PROPERTIES.read_text(encoding="utf-8"))
    return found


def our_class(theirs: str) -> str:
    """The class here for a class of arguments."""
    return CLASSES.get(theirs, Other(theirs, "")).ours


def our_property(cls: str, theirs: str) -> str:
    """The property here for a property of a class of arguments; empty if there is none."""
    return PROPERTY_NAMES.get((cls, theirs), Other(theirs, "")).ours


def fields_of(label: str) -> tuple[Field, ...]:
    """The properties of a class here."""
    return next(schema.fields for schema in KINDS.values() if schema.label == label)


def properties() -> dict[str, set[str]]:
    """The names of the properties of each class here."""
    return {schema.label: {field.name for field in schema.fields} for schema in KINDS.values()}


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _code(name: str) -> str:
    return f"`{name}`" if name else "none"


def text() -> str:
    """The page."""
    classes = ((_code(f"ServiceVcl{theirs}Args"), _code(row.ours), row.why) for theirs, row in CLASSES.items())
    renamed = (
        (_code(f"{cls}.{theirs}"), _code(our_property(cls, theirs)), row.why)
        for (cls, theirs), row in PROPERTY_NAMES.items()
    )
    service = ((_code(theirs), _code(row.ours), row.why) for theirs, row in SERVICE.items())
    defaults = (
        (_code(f"{cls or 'ServiceVcl'}.{name}"), theirs, ours) for (cls, name), (theirs, ours) in DEFAULTS.items()
    )
    head = ("pulumi-fastly", "Here", "Why")
    return "\n".join(
        (
            HEAD.format(version=known()["version"]),
            f"## Classes\n\n{_table(head, classes)}",
            f"## Properties\n\n{_table(head, renamed)}",
            f"## Arguments of `ServiceVcl`\n\n{_table(head, service)}",
            f"## Defaults\n\n{_table(('Property', 'Default in pulumi-fastly', 'Default here'), defaults)}",
        )
    )


def main() -> int:
    """Writes or checks."""
    return write_or_check(TARGET, text(), __doc__, "docs/names-in-pulumi-fastly.md", "pulumi_fastly_names.py")


if __name__ == "__main__":
    sys.exit(main())
