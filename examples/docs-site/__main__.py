"""A documentation site: pages of several versions in a bucket, redirects, error pages, and a staging site with a login.

- Redirects are response objects with a condition each; their targets are set by headers (`REDIRECTS`).
- Error pages are response objects with a CACHE condition, and their HTML is in files (`pages/`).
- The staging site asks for a name and a password. Both are in a write-only dictionary, encrypted in the state.
- Custom VCL is in files: `vcl/main.vcl` runs, and includes the other files of that folder.
- Logs go to Datadog, without what a browser loads besides the pages.

    pulumi config set --secret datadogToken ...
    pulumi config set --secret stagingPassword ...
    pulumi up
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pulumi
import pulumi_fastly_dynamic as fastly

FOLDER = Path(__file__).parent
HOUR, DAY = 3600, 86400
CURRENT = "v4"
IS_PRODUCTION = pulumi.get_stack() == "production"
# Read first: if a setting is missing, the program stops before anything is written.
CONFIG = pulumi.Config()
DATADOG_TOKEN = CONFIG.require_secret("datadogToken")
STAGING_PASSWORD = CONFIG.require_secret("stagingPassword")

SITES = {"docs.example.com": "the documentation", "staging.docs.example.com": "drafts, for the people who write them"}


@dataclass(frozen=True)
class Redirect:
    """Paths that moved: a regular expression, and a VCL expression for where they are now."""

    path: str
    target: str
    status: int = 301


REDIRECTS = {
    "home": Redirect("^/$", f'"/{CURRENT}/"', 302),
    "latest": Redirect("^/latest/", f'regsub(req.url, "^/latest/", "/{CURRENT}/")', 302),
    "manual": Redirect("^/manual/", f'regsub(req.url, "^/manual/", "/{CURRENT}/guides/")'),
    "blog": Redirect("^/blog/", '"https://blog.example.com/"'),
}
LIFETIMES = {
    "assets": ('req.url.path ~ "^/assets/"', 365 * DAY),
    "old-versions": ('req.url.path ~ "^/v[123]/"', 7 * DAY),
    "search-index": ('req.url.path ~ "/search-index.json$"', HOUR),
}
"""For each kind of page its condition, and for how many seconds it is cached."""
ERROR_PAGES = {404: "Not Found", 410: "Gone"}
SECURITY_HEADERS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
HIDDEN_HEADERS = ("Server", "X-Powered-By", "X-Amz-Id-2", "X-Amz-Request-Id", "X-Amz-Version-Id")
LOG_LINE = json.dumps(
    {
        "ddsource": "fastly",
        "service": "docs-site",
        "date": "%{begin:%Y-%m-%dT%H:%M:%SZ}t",
        "host": "%{json.escape(req.http.host)}V",
        "path": "%{json.escape(req.url.path)}V",
        "status": "%>s",
        "referer": "%{json.escape(req.http.Referer)}V",
        "cache": "%{fastly_info.state}V",
        "elapsed_us": "%{time.elapsed.usec}V",
    }
)


def origin(release: fastly.Release) -> None:
    """Declares the bucket, shielded."""
    bucket = "example-docs.s3.eu-central-1.amazonaws.com"
    check = fastly.Healthcheck("bucket", release=release, host=bucket, path="/health.txt", check_interval=30000)
    fastly.Backend(
        "bucket",
        release=release,
        address=bucket,
        port=443,
        use_ssl=True,
        ssl_cert_hostname=bucket,
        ssl_sni_hostname=bucket,
        override_host=bucket,
        shield="frankfurt-de",
        healthcheck=check,
    )


def redirects(release: fastly.Release) -> None:
    """Declares for each redirect the response that Fastly sends, and the header with the target."""
    for name, redirect in REDIRECTS.items():
        matches = f'req.url ~ "{redirect.path}"'
        asked = fastly.Condition(f"{name}-asked", release=release, type="REQUEST", statement=matches)
        fastly.ResponseObject(
            f"redirect-{name}",
            release=release,
            status=redirect.status,
            response="Found" if redirect.status == 302 else "Moved Permanently",  # noqa: PLR2004 - HTTP's number
            request_condition=asked,
        )
        answered = fastly.Condition(
            f"{name}-answered",
            release=release,
            type="RESPONSE",
            statement=f"{matches} && resp.status == {redirect.status}",
        )
        fastly.Header(
            f"location-{name}",
            release=release,
            action="set",
            type="response",
            dst="http.Location",
            src=redirect.target,
            response_condition=answered,
        )


def error_pages(release: fastly.Release) -> None:
    """Declares the pages that take the place of the bucket's errors."""
    for status, reason in ERROR_PAGES.items():
        condition = fastly.Condition(
            f"is-{status}", release=release, type="CACHE", statement=f"beresp.status == {status}"
        )
        fastly.ResponseObject(
            f"page-{status}",
            release=release,
            status=status,
            response=reason,
            content=(FOLDER / "pages" / f"{status}.html").read_text(),
            content_type="text/html; charset=utf-8",
            cache_condition=condition,
        )


def delivery(release: fastly.Release) -> None:
    """Declares lifetimes, compression, HTTPS, HTTP/3 and headers."""
    fastly.Settings("defaults", release=release, default_ttl=HOUR, stale_if_error=True, stale_if_error_ttl=DAY)
    for name, (statement, ttl) in LIFETIMES.items():
        condition = fastly.Condition(name, release=release, type="CACHE", statement=statement)
        fastly.CacheSettings(name, release=release, ttl=ttl, stale_ttl=DAY, cache_condition=condition)
    fastly.Gzip("text", release=release)
    fastly.RequestSettings("https", release=release, force_ssl=True, max_stale_age=60)
    fastly.Http3("http3", release=release)
    set_headers(release, SECURITY_HEADERS)
    for name in HIDDEN_HEADERS:
        fastly.Header(f"no-{name}", release=release, action="delete", type="response", dst=f"http.{name}")


def set_headers(release: fastly.Release, values: Mapping[str, str]) -> None:
    """Declares headers of all responses."""
    for name, value in values.items():
        fastly.Header(name, release=release, action="set", type="response", dst=f"http.{name}", src=f'"{value}"')


def staging(release: fastly.Release) -> None:
    """Declares the login of the staging site, which vcl/staging.vcl asks for, and keeps search engines away."""
    logins = fastly.Dictionary("staging_logins", release=release, write_only=True)
    fastly.DictionaryItems("staging_logins", dictionary=logins, items={"writer": STAGING_PASSWORD})
    on_staging = fastly.Condition(
        "on-staging", release=release, type="RESPONSE", statement='req.http.host == "staging.docs.example.com"'
    )
    fastly.Header(
        "no-index",
        release=release,
        action="set",
        type="response",
        dst="http.X-Robots-Tag",
        src='"noindex"',
        response_condition=on_staging,
    )


def logging(release: fastly.Release) -> None:
    """Declares logs of pages."""
    pages = fastly.Condition("pages", release=release, type="RESPONSE", statement='req.url.path !~ "^/assets/"')
    fastly.LoggingDatadog(
        "datadog",
        release=release,
        token=DATADOG_TOKEN,
        region="EU",
        format=LOG_LINE,
        response_condition=pages,
    )


docs = fastly.Service(
    "docs",
    name="docs.example.com",
    comment="managed by Pulumi",
    force_destroy=not IS_PRODUCTION,
    opts=pulumi.ResourceOptions(protect=IS_PRODUCTION),
)

with fastly.Release("docs", service=docs) as release:
    for site, comment in SITES.items():
        fastly.Domain(site, release=release, comment=comment)
    origin(release)
    redirects(release)
    error_pages(release)
    delivery(release)
    staging(release)
    logging(release)
    for file in sorted((FOLDER / "vcl").glob("*.vcl")):
        fastly.Vcl(file.stem, release=release, content=file.read_text(), main=file.stem == "main")

pulumi.export("service_id", docs.service_id)
pulumi.export("version", release.version.number)
