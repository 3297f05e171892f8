"""The names of blocks and properties in terraform-provider-fastly and pulumi-fastly, and what stands for them here.

Both have the same names, but for the case of the letters: a block `backend` of Terraform is the list `backends` in
pulumi-fastly, and its class of arguments `ServiceVclBackendArgs`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Other:
    """What stands here for a name of theirs, and why it is another one."""

    ours: str
    """Empty: nothing does."""
    why: str


NOT_COVERED = "not covered"
"""Why nothing stands here for something that makes a difference."""

BLOCKS: Mapping[str, tuple[str, str]] = {
    "Acl": ("acl", "acls"),
    "Backend": ("backend", "backends"),
    "CacheSetting": ("cache_setting", "cache_settings"),
    "Condition": ("condition", "conditions"),
    "Dictionary": ("dictionary", "dictionaries"),
    "Director": ("director", "directors"),
    "Domain": ("domain", "domains"),
    "Dynamicsnippet": ("dynamicsnippet", "dynamicsnippets"),
    "Gzip": ("gzip", "gzips"),
    "Header": ("header", "headers"),
    "Healthcheck": ("healthcheck", "healthchecks"),
    "ImageOptimizerDefaultSettings": ("image_optimizer_default_settings", "image_optimizer_default_settings"),
    "LoggingBigquery": ("logging_bigquery", "logging_bigqueries"),
    "LoggingBlobstorage": ("logging_blobstorage", "logging_blobstorages"),
    "LoggingCloudfile": ("logging_cloudfiles", "logging_cloudfiles"),
    "LoggingDatadog": ("logging_datadog", "logging_datadogs"),
    "LoggingDigitalocean": ("logging_digitalocean", "logging_digitaloceans"),
    "LoggingElasticsearch": ("logging_elasticsearch", "logging_elasticsearches"),
    "LoggingFtp": ("logging_ftp", "logging_ftps"),
    "LoggingGc": ("logging_gcs", "logging_gcs"),
    "LoggingGooglepubsub": ("logging_googlepubsub", "logging_googlepubsubs"),
    "LoggingGrafanacloudlog": ("logging_grafanacloudlogs", "logging_grafanacloudlogs"),
    "LoggingHerokus": ("logging_heroku", "logging_herokus"),
    "LoggingHoneycomb": ("logging_honeycomb", "logging_honeycombs"),
    "LoggingHttp": ("logging_https", "logging_https"),
    "LoggingKafka": ("logging_kafka", "logging_kafkas"),
    "LoggingKinese": ("logging_kinesis", "logging_kineses"),
    "LoggingLogentry": ("logging_logentries", "logging_logentries"),
    "LoggingLoggly": ("logging_loggly", "logging_logglies"),
    "LoggingLogshuttle": ("logging_logshuttle", "logging_logshuttles"),
    "LoggingNewrelic": ("logging_newrelic", "logging_newrelics"),
    "LoggingNewrelicotlp": ("logging_newrelicotlp", "logging_newrelicotlps"),
    "LoggingOpenstack": ("logging_openstack", "logging_openstacks"),
    "LoggingPapertrail": ("logging_papertrail", "logging_papertrails"),
    "LoggingS3": ("logging_s3", "logging_s3s"),
    "LoggingScalyr": ("logging_scalyr", "logging_scalyrs"),
    "LoggingSftp": ("logging_sftp", "logging_sftps"),
    "LoggingSplunk": ("logging_splunk", "logging_splunks"),
    "LoggingSumologic": ("logging_sumologic", "logging_sumologics"),
    "LoggingSyslog": ("logging_syslog", "logging_syslogs"),
    "ProductEnablement": ("product_enablement", "product_enablement"),
    "RateLimiter": ("rate_limiter", "rate_limiters"),
    "RequestSetting": ("request_setting", "request_settings"),
    "ResponseObject": ("response_object", "response_objects"),
    "Snippet": ("snippet", "snippets"),
    "Vcl": ("vcl", "vcls"),
}
"""The block of Terraform and the argument of `ServiceVcl` for each class of arguments, without `ServiceVcl`, `Args`."""

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
    ("ProductEnablementBotManagement", "contentguard"): Other("", NOT_COVERED),
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
    "stage": Other("", NOT_COVERED),
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

COMPUTED = frozenset({"id", "active_version", "cloned_version", "staged_version", "force_refresh", "imported"})
"""Attributes of a service in a state that are no arguments."""

UNSET_NUMBERS: Mapping[tuple[str, str], int] = {
    ("Backend", "keepalive_time"): 0,
    ("Backend", "max_lifetime"): 0,
    ("Backend", "max_use"): 0,
    ("LoggingBlobstorage", "gzip_level"): -1,
    ("LoggingCloudfile", "gzip_level"): -1,
    ("LoggingDigitalocean", "gzip_level"): -1,
    ("LoggingFtp", "gzip_level"): -1,
    ("LoggingGc", "gzip_level"): -1,
    ("LoggingHttp", "gzip_level"): -1,
    ("LoggingOpenstack", "gzip_level"): -1,
    ("LoggingS3", "gzip_level"): -1,
    ("LoggingSftp", "gzip_level"): -1,
}
"""Numbers that the Terraform provider does not send, which is how it keeps that they are not set."""


COMPRESSIONS: Mapping[str, tuple[str, str | int]] = {
    "zstd": ("compression_codec", "zstd"),
    "snappy": ("compression_codec", "snappy"),
    "none": ("gzip_level", 0),
    "gzip-0": ("compression_codec", "gzip"),
    **{f"gzip-{level}": ("gzip_level", level) for level in range(1, 10)},
}
"""The property and the value for each `compression` of a logging endpoint, which newer Terraform providers have."""


def our_class(theirs: str) -> str:
    """The class here for a class of arguments."""
    return CLASSES.get(theirs, Other(theirs, "")).ours


def our_property(cls: str, theirs: str) -> str:
    """The property here for a property of a class of arguments; empty if there is none."""
    return PROPERTY_NAMES.get((cls, theirs), Other(theirs, "")).ours


def snake(name: str) -> str:
    """The name in Terraform's letters: `ssl_ca_cert` of `sslCaCert`, `service_acl_entries` of `ServiceACLEntries`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def nested_class(cls: str, name: str) -> str:
    """The class of arguments of a block inside a block; empty if the property is no block."""
    nested = cls + "".join(word.capitalize() for word in name.split("_"))
    return nested if nested in NESTED else ""
