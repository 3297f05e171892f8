"""The index of a programming language's packages: a web site, an API for installers, files, a search and uploads.

- Custom VCL: `vcl/main.vcl` runs, and includes the other files of `vcl`. Small pieces are snippets (`snippets/`).
- Each part of the index has its own origins, with TLS and a shield (`ORIGINS`); `snippets/recv/routing.vcl` chooses.
- Searches and uploads are limited per client. The limited paths are items of dictionaries, which change at once.
- Two dynamic snippets let the people on duty change VCL during an incident, without Pulumi.
- All requests are logged to S3. What the rate limits and the custom VCL refuse goes to an HTTPS server.

    pulumi config set logsBucket my-logs
    pulumi config set logsRole arn:aws:iam::123456789012:role/my-role
    pulumi config set --secret alertsToken ...
    pulumi up
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pulumi
import pulumi_fastly_dynamic as fastly

FOLDER = Path(__file__).parent
DAY = 86400
IS_PRODUCTION = pulumi.get_stack() == "production"
# Read first: if a setting is missing, the program stops before anything is written.
CONFIG = pulumi.Config()
LOGS_BUCKET, LOGS_ROLE = CONFIG.require("logsBucket"), CONFIG.require("logsRole")
ALERTS_TOKEN = CONFIG.require_secret("alertsToken")

DOMAINS = ("packages.example.com", "files.packages.example.com", "upload.packages.example.com")


@dataclass(frozen=True)
class Origin:
    """A part of the index: where it is, and how it is checked."""

    hosts: tuple[str, ...]
    health_path: str = "/_health/"
    shield: str | None = "bwi-va-us"
    first_byte_timeout: int = 15000
    has_own_host: bool = False
    """Whether requests carry this host name instead of the visitor's, as S3 needs it."""


ORIGINS = {
    "web": Origin(("web1.origin.example.com", "web2.origin.example.com")),
    "files": Origin(("example-files.s3.us-east-1.amazonaws.com",), health_path="/health.txt", has_own_host=True),
    "search": Origin(("search.origin.example.com",), first_byte_timeout=30000),
    "upload": Origin(("upload.origin.example.com",), shield=None, first_byte_timeout=60000),
}
LIFETIMES = {
    "files": ('req.http.host ~ "^files\\."', 365 * DAY),
    "simple": ('req.url.path ~ "^/simple/"', 600),
    "json": ('req.url.path ~ "^/project/[^/]+/json$"', 900),
}
NEVER_CACHED = 'req.url.path ~ "^/(account|manage)/"'
LIMITED = {"search": ("/search",), "uploads": ("/legacy/", "/_/upload")}
"""For each rate limiter the paths that it counts."""
RENAMED_PROJECTS = {"sklearn": "scikit-learn", "beautifulsoup": "beautifulsoup4", "dateutil": "python-dateutil"}
SUBROUTINES: tuple[Literal["recv", "deliver"], ...] = ("recv", "deliver")
"""Each has a folder in `snippets`."""
FIRST, LATER = 10, 50
"""Priorities: lower numbers run first. The default is 100."""
RESPONSE_HEADERS = {
    "Strict-Transport-Security": '"max-age=31536000; includeSubDomains; preload"',
    "X-Content-Type-Options": '"nosniff"',
    "X-Frame-Options": '"deny"',
    "X-Permitted-Cross-Domain-Policies": '"none"',
}
LOG_LINE = json.dumps(
    {
        "time": "%{begin:%Y-%m-%dT%H:%M:%SZ}t",
        "method": "%m",
        "host": "%{json.escape(req.http.host)}V",
        "path": "%{json.escape(req.url.path)}V",
        "status": "%>s",
        "installer": "%{json.escape(req.http.User-Agent)}V",
        "cache": "%{fastly_info.state}V",
        "country": "%{client.geo.country_code}V",
        "tls": "%{tls.client.protocol}V",
    }
)


def origins(release: fastly.Release) -> None:
    """Declares the backends of each part with a health check, and a director."""
    for name, origin in ORIGINS.items():
        check = fastly.Healthcheck(name, release=release, host=origin.hosts[0], path=origin.health_path)
        backends = [
            fastly.Backend(
                f"{name}-{number}",
                release=release,
                address=host,
                port=443,
                use_ssl=True,
                ssl_cert_hostname=host,
                ssl_sni_hostname=host,
                override_host=host if origin.has_own_host else None,
                min_tls_version="1.2",
                shield=origin.shield,
                healthcheck=check,
                first_byte_timeout=origin.first_byte_timeout,
            )
            for number, host in enumerate(origin.hosts, 1)
        ]
        fastly.Director(name, release=release, backends=backends, quorum=1, retries=1)


def caching(release: fastly.Release) -> None:
    """Declares what is cached, for how long, and what is compressed."""
    fastly.Settings("defaults", release=release, default_ttl=DAY, stale_if_error=True, stale_if_error_ttl=5 * DAY)
    for name, (statement, ttl) in LIFETIMES.items():
        condition = fastly.Condition(f"{name}-responses", release=release, type="CACHE", statement=statement)
        fastly.CacheSettings(name, release=release, ttl=ttl, stale_ttl=DAY, cache_condition=condition)
    account = fastly.Condition("account", release=release, type="REQUEST", statement=NEVER_CACHED)
    fastly.RequestSettings("account", release=release, action="pass", request_condition=account)
    fastly.RequestSettings("https", release=release, force_ssl=True, xff="append")
    fastly.Gzip(
        "text",
        release=release,
        content_types=["text/html", "text/css", "application/json", "application/vnd.pypi.simple.v1+json"],
        extensions=["css", "js", "json"],
    )


def headers(release: fastly.Release) -> None:
    """Declares headers; the priorities put those of the origin's answer before those for the visitor."""
    fastly.Header(
        "country",
        release=release,
        action="set",
        type="request",
        dst="http.X-Country",
        src="client.geo.country_code",
        priority=FIRST,
    )
    fastly.Header(
        "no-cookies-from-files",
        release=release,
        action="delete",
        type="cache",
        dst="http.Set-Cookie",
        priority=FIRST,
        cache_condition="files-responses",
    )
    for name in ("Server", "X-Powered-By", "Via"):
        fastly.Header(f"no-{name}", release=release, action="delete", type="response", dst=f"http.{name}", priority=50)
    for name, value in RESPONSE_HEADERS.items():
        fastly.Header(name, release=release, action="set", type="response", dst=f"http.{name}", src=value)


def rate_limits(release: fastly.Release) -> None:
    """Declares a limit for searches and one for uploads, with the paths that count in a dictionary each."""
    # Only the rate limiter sends the response.
    never = fastly.Condition("never", release=release, type="REQUEST", statement="!req.url")
    too_many = fastly.ResponseObject(
        "too-many-uploads",
        release=release,
        status=429,
        response="Too Many Requests",
        content=(FOLDER / "responses" / "too-many-uploads.json").read_text(),
        content_type="application/json",
        request_condition=never,
    )
    fastly.RateLimiter(
        "uploads",
        release=release,
        action="response_object",
        response_object=too_many,
        client_key=["req.http.Fastly-Client-IP", "req.http.Authorization"],
        http_methods=["POST", "PUT"],
        rps_limit=10,
        window_size=60,
        penalty_box_duration=10,
        uri_dictionary=dictionary(release, "limited_uploads", dict.fromkeys(LIMITED["uploads"], "1")),
    )
    fastly.RateLimiter(
        "search",
        release=release,
        action="response",
        response_status=429,
        response_content="Too many searches. Please wait a minute.",
        response_content_type="text/plain",
        client_key=["req.http.Fastly-Client-IP"],
        http_methods=["GET", "HEAD"],
        rps_limit=20,
        window_size=10,
        penalty_box_duration=1,
        uri_dictionary=dictionary(release, "limited_searches", dict.fromkeys(LIMITED["search"], "1")),
    )


def dictionary(release: fastly.Release, name: str, items: Mapping[str, str]) -> fastly.Dictionary:
    """Declares a dictionary with its items."""
    table = fastly.Dictionary(name, release=release)
    fastly.DictionaryItems(name, dictionary=table, items=items)
    return table


def vcl(release: fastly.Release) -> None:
    """Declares the files of custom VCL, and snippets."""
    for file in sorted((FOLDER / "vcl").glob("*.vcl")):
        fastly.Vcl(file.stem, release=release, content=file.read_text(), main=file.stem == "main")
    for subroutine in SUBROUTINES:
        for file in sorted((FOLDER / "snippets" / subroutine).glob("*.vcl")):
            fastly.Snippet(file.stem, release=release, type=subroutine, content=file.read_text())


def incident_switches(release: fastly.Release) -> None:
    """Declares dynamic snippets without content: someone on duty fills them, and no update touches that."""
    fastly.DynamicSnippet("incident-recv", release=release, type="recv", priority=1)
    fastly.DynamicSnippet("incident-deliver", release=release, type="deliver", priority=200)


def logging(release: fastly.Release) -> None:
    """Declares logs of all requests in S3, and of refused ones at an HTTPS server."""
    fastly.LoggingS3(
        "requests",
        release=release,
        bucket=LOGS_BUCKET,
        iam_role=LOGS_ROLE,
        path="/index/",
        format=LOG_LINE,
        message_type="blank",
        compression_codec="gzip",
        server_side_encryption="AES256",
    )
    refused = fastly.Condition(
        "refused", release=release, type="RESPONSE", statement="resp.status == 403 || resp.status == 429", priority=20
    )
    fastly.LoggingHttps(
        "alerts",
        release=release,
        url="https://alerts.example.com/fastly",
        header_name="Authorization",
        header_value=pulumi.Output.concat("Bearer ", ALERTS_TOKEN),
        content_type="application/json",
        json_format="2",
        message_type="blank",
        format=LOG_LINE,
        response_condition=refused,
    )


index = fastly.Service(
    "index",
    name="packages.example.com",
    comment="managed by Pulumi",
    force_destroy=not IS_PRODUCTION,
    opts=pulumi.ResourceOptions(protect=IS_PRODUCTION),
)

with fastly.Release("index", service=index) as release:
    for domain in DOMAINS:
        fastly.Domain(domain, release=release)
    origins(release)
    caching(release)
    headers(release)
    rate_limits(release)
    dictionary(release, "renamed_projects", RENAMED_PROJECTS)
    vcl(release)
    incident_switches(release)
    logging(release)

pulumi.export("service_id", index.service_id)
pulumi.export("version", release.version.number)
