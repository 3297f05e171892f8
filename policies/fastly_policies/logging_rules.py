"""Rules of logging endpoints: how Fastly signs in to them, and whether lines are encrypted on their way."""

from collections.abc import Iterator, Mapping

from .resource import SCHEMAS, Finding, Resource
from .rule import ADVISORY, MANDATORY, ResourceRule, Settings

FIELDS: Mapping[str, frozenset[str]] = {
    label: frozenset(f.name for f in schema.fields) for label, schema in SCHEMAS.items() if schema.is_logging
}
"""The logging endpoints, and the properties of each."""

ROLES = {
    "iam_role": ("Fastly can assume an IAM role", ("access_key", "secret_key")),
    "account_name": ("Fastly can impersonate a service account", ("user", "secret_key")),
}
"""By the property that names a role: what Fastly can do with it, and the properties that it replaces."""
AMAZON = (".amazonaws.com", ".amazonaws.com.cn")

UNENCRYPTED = {"LoggingFtp": "FTP sends lines and its password unencrypted; use LoggingSftp or another destination"}
"""Endpoints that know no encryption."""


BY_ROLE = tuple(label for label, names in FIELDS.items() if names & ROLES.keys() and "secret_key" in names)
BY_URL = tuple(label for label, names in FIELDS.items() if "url" in names)
BY_FLAG = tuple(label for label, names in FIELDS.items() if "use_tls" in names and "url" not in names)


def _is_elsewhere(endpoint: Resource) -> bool:
    """Whether it is storage with S3's interface that is not Amazon's, and so knows no IAM roles."""
    domain = endpoint.text("domain").lower()
    return endpoint.kind == "LoggingS3" and bool(domain) and not f".{domain}".endswith(AMAZON)


def _no_static_key(endpoint: Resource, _settings: Settings) -> Iterator[Finding]:
    role = next(name for name in ROLES if name in FIELDS[endpoint.kind])
    words, keys = ROLES[role]
    if endpoint.get("secret_key") and not _is_elsewhere(endpoint):
        yield endpoint.finding("secret_key", f"{words}: set {role}, and remove {' and '.join(keys)}")


LOGGING_SECRETS = ResourceRule(
    name="logging-secrets",
    reports="a logging endpoint on Amazon or Google with a static key, where a role would do",
    description="A static key works for everyone who gets hold of it until someone replaces it. A role needs no "
    "secret in the program, its state or Fastly.",
    level=ADVISORY,
    kinds=BY_ROLE,
    checks=(_no_static_key,),
)


def _encrypted(endpoint: Resource, _settings: Settings) -> Iterator[Finding]:
    if endpoint.kind in UNENCRYPTED:
        yield Finding(endpoint, UNENCRYPTED[endpoint.kind])
    elif endpoint.kind in BY_FLAG and not endpoint.get("use_tls"):
        port = ", and port to the server's TLS port" if "port" in FIELDS[endpoint.kind] else ""
        yield endpoint.finding("use_tls", f"set use_tls=True{port}", value=False)
    elif endpoint.kind in BY_URL and endpoint.text("url").lower().startswith("http://"):
        # Without its value: URLs of log collectors often hold a key.
        yield endpoint.finding("url", "it begins with http://; use https://")


LOGGING_TLS = ResourceRule(
    name="logging-tls",
    reports="a logging endpoint that is reached without TLS: FTP, `use_tls` off, a URL with `http://`",
    description="Log lines hold addresses and URLs of visitors. Without TLS, anyone on the way can read them, and the "
    "credentials of the endpoint.",
    level=MANDATORY,
    kinds=(*BY_URL, *BY_FLAG, *UNENCRYPTED),
    checks=(_encrypted,),
)
