"""A download mirror of a software distribution: many small index files, and packages and disk images of any size.

- Origins are a table. Each region's origins have a health check, a shield and a director (`ORIGINS`).
- Large files are cached in segments, and streamed to the first visitor while they are fetched (`large-files.vcl`).
- Packages never change, so they are cached for a year; indexes are cached for a minute.
- Moved files are redirected by a dictionary, and networks that misbehave are blocked by an ACL. Their content is live.
- Logs go to S3 with an IAM role, so no secret is needed.

VCL is in files: `vcl/recv/blocked.vcl` becomes a snippet of type `recv`.

    pulumi config set logsBucket my-logs
    pulumi config set logsRole arn:aws:iam::123456789012:role/my-role
    pulumi up
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pulumi
import pulumi_fastly_dynamic as fastly

SUBROUTINES: tuple[Literal["recv", "fetch", "error"], ...] = ("recv", "fetch", "error")
FOLDER = Path(__file__).parent
YEAR, DAY, MINUTE = 365 * 86400, 86400, 60
IS_PRODUCTION = pulumi.get_stack() == "production"
CONFIG = pulumi.Config()
LOGS_BUCKET, LOGS_ROLE = CONFIG.require("logsBucket"), CONFIG.require("logsRole")


@dataclass(frozen=True)
class Pool:
    """Origins that share the load."""

    hosts: tuple[str, ...]
    shield: str
    health_path: str = "/health"
    quorum: int = 50


ORIGINS = {
    "packages": Pool(("pkg1.origin.example.com", "pkg2.origin.example.com", "pkg3.origin.example.com"), "bwi-va-us"),
    "images": Pool(("img1.origin.example.com", "img2.origin.example.com"), "frankfurt-de"),
    "archive": Pool(("old1.origin.example.com",), "frankfurt-de", "/pool/", quorum=1),
}
DOMAINS = {
    "packages.example.com": "used by package managers",
    "images.example.com": "disk images, linked from the web site",
    "archive.example.com": "releases that are no longer supported",
}
LIFETIMES = {
    "packages": (r'req.url.path ~ "\.(rpm|deb|apk|drpm)$"', YEAR),
    "images": (r'req.url.path ~ "\.(iso|img|qcow2)(\.xz)?$"', 30 * DAY),
    "indexes": (r'req.url.path ~ "/(repomd\.xml|Release|InRelease|APKINDEX\.tar\.gz)$"', MINUTE),
    "signatures": (r'req.url.path ~ "\.(asc|sig)$"', 10 * MINUTE),
}
"""For each kind of file its condition, and for how many seconds it is cached."""
REDIRECTS = {
    "/latest/netinst.iso": "https://images.example.com/13/netinst-13.2-x86_64.iso",
    "/latest/live.iso": "https://images.example.com/13/live-13.2-x86_64.iso",
    "/keys": "https://packages.example.com/keys/archive-2026.asc",
}
BLOCKED = ["198.51.100.0/24", "203.0.113.77", "2001:db8:bad::/48"]
LOG_LINE = json.dumps(
    {
        "time": "%{begin:%Y-%m-%dT%H:%M:%SZ}t",
        "client": "%h",
        "method": "%m",
        "host": "%{json.escape(req.http.host)}V",
        "path": "%{json.escape(req.url.path)}V",
        "status": "%>s",
        "bytes": "%{resp.bytes_written}V",
        "cache": "%{fastly_info.state}V",
        "pop": "%{server.datacenter}V",
        "agent": "%{json.escape(req.http.User-Agent)}V",
    }
)


def origins(release: fastly.Release) -> None:
    """Declares a director with its backends and health check for each pool."""
    for name, pool in ORIGINS.items():
        check = fastly.Healthcheck(
            name, release=release, method="GET", host=pool.hosts[0], path=pool.health_path, check_interval=15000
        )
        backends = [
            fastly.Backend(
                f"{name}-{number}",
                release=release,
                address=host,
                port=443,
                use_ssl=True,
                ssl_cert_hostname=host,
                ssl_sni_hostname=host,
                override_host=host,
                min_tls_version="1.2",
                shield=pool.shield,
                healthcheck=check,
                first_byte_timeout=30000,
                between_bytes_timeout=30000,
                max_conn=500,
            )
            for number, host in enumerate(pool.hosts, 1)
        ]
        fastly.Director(name, release=release, backends=backends, quorum=pool.quorum, shield=pool.shield)


def caching(release: fastly.Release) -> None:
    """Declares how long each kind of file is cached."""
    fastly.Settings("defaults", release=release, default_ttl=DAY, stale_if_error=True, stale_if_error_ttl=7 * DAY)
    for name, (statement, ttl) in LIFETIMES.items():
        condition = fastly.Condition(name, release=release, type="CACHE", statement=statement)
        fastly.CacheSettings(name, release=release, ttl=ttl, stale_ttl=DAY, cache_condition=condition)
    fastly.Gzip("indexes", release=release, content_types=["text/html", "text/plain", "application/xml"], extensions=[])


def snippets(release: fastly.Release) -> None:
    """Declares a snippet for each file below `vcl`."""
    for subroutine in SUBROUTINES:
        for file in sorted((FOLDER / "vcl" / subroutine).glob("*.vcl")):
            name = f"{file.stem}-{subroutine}"
            fastly.Snippet(name, release=release, type=subroutine, content=file.read_text())


def headers(release: fastly.Release) -> None:
    """Declares what is added to responses, and what the origins' responses lose."""
    for name, value in {"Strict-Transport-Security": "max-age=31536000", "X-Content-Type-Options": "nosniff"}.items():
        fastly.Header(name, release=release, action="set", type="response", dst=f"http.{name}", src=f'"{value}"')
    for name in ("Server", "X-Powered-By", "Via"):
        fastly.Header(f"no-{name}", release=release, action="delete", type="response", dst=f"http.{name}")
    # After a folder was updated, one purge of its path removes all its files from the cache.
    fastly.Header(
        "surrogate-key", release=release, action="set", type="cache", dst="http.Surrogate-Key", src="req.url.dirname"
    )


def logging(release: fastly.Release) -> None:
    """Declares logs of all requests, and one of errors, which is written more often."""
    # A file that is cached in segments is logged once, and not once per segment.
    whole = fastly.Condition(
        "whole-files", release=release, type="RESPONSE", statement="!segmented_caching.is_inner_req"
    )
    errors = fastly.Condition("errors", release=release, type="RESPONSE", statement="resp.status >= 500")
    for name, condition, period in (("requests", whole, 3600), ("errors", errors, 300)):
        fastly.LoggingS3(
            name,
            release=release,
            bucket=LOGS_BUCKET,
            iam_role=LOGS_ROLE,
            path=f"/fastly/{name}/",
            period=period,
            format=LOG_LINE,
            message_type="blank",
            compression_codec="zstd",
            response_condition=condition,
        )


mirror = fastly.Service(
    "mirror",
    name="mirror.example.com",
    comment="managed by Pulumi",
    force_destroy=not IS_PRODUCTION,
    opts=pulumi.ResourceOptions(protect=IS_PRODUCTION),
)

with fastly.Release("mirror", service=mirror) as release:
    for domain, comment in DOMAINS.items():
        fastly.Domain(domain, release=release, comment=comment)
    fastly.RequestSettings("https", release=release, force_ssl=True, xff="append")
    origins(release)
    caching(release)
    headers(release)
    logging(release)

    blocked = fastly.Acl("blocked", release=release)
    fastly.AclEntries("blocked", acl=blocked, entries=BLOCKED)
    redirects = fastly.Dictionary("redirects", release=release)
    fastly.DictionaryItems("redirects", dictionary=redirects, items=REDIRECTS)
    snippets(release)

    robots = fastly.Condition("robots", release=release, type="REQUEST", statement='req.url.path == "/robots.txt"')
    fastly.ResponseObject(
        "robots",
        release=release,
        content="User-agent: *\nDisallow: /\n",
        content_type="text/plain",
        request_condition=robots,
    )

pulumi.export("service_id", mirror.service_id)
pulumi.export("version", release.version.number)
pulumi.export("blocked_id", blocked.acl_id)
