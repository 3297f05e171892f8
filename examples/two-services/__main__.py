"""A shop's web site and its API: two services of one program, which share what they have in common.

- Each service has a release of its own, and goes live with an activation of its own. Both are updated in parallel.
- Pulumi needs names that are unique in the program, so names of resources begin with that of the service. `name=` keeps
  the name at Fastly short.
- A function declares what both have. What differs is in each service's own block.

    pulumi up
"""

import pulumi
import pulumi_fastly_dynamic as fastly

IS_PRODUCTION = pulumi.get_stack() == "production"
CRAWLERS = ["192.0.2.0/24", "198.51.100.128/25"]


def service(name: str, domain: str) -> fastly.Service:
    """Declares a service; in production it cannot be deleted by mistake."""
    return fastly.Service(
        name,
        name=domain,
        force_destroy=not IS_PRODUCTION,
        opts=pulumi.ResourceOptions(protect=IS_PRODUCTION),
    )


def basics(release: fastly.Release, name: str, domain: str, origin: str) -> fastly.Backend:
    """Declares what both services have: a domain, an origin, HTTPS and the headers of all responses."""
    fastly.Domain(domain, release=release)
    check = fastly.Healthcheck(f"{name}-alive", name="alive", release=release, host=origin, path="/healthz")
    backend = fastly.Backend(
        f"{name}-origin",
        name="origin",
        release=release,
        address=origin,
        port=443,
        use_ssl=True,
        ssl_cert_hostname=origin,
        ssl_sni_hostname=origin,
        healthcheck=check,
    )
    fastly.RequestSettings(f"{name}-https", name="https", release=release, force_ssl=True)
    fastly.Header(
        f"{name}-hsts",
        name="hsts",
        release=release,
        action="set",
        type="response",
        dst="http.Strict-Transport-Security",
        src='"max-age=31536000"',
    )
    for header in ("Server", "X-Powered-By"):
        fastly.Header(
            f"{name}-no-{header}",
            name=f"no-{header}",
            release=release,
            action="delete",
            type="response",
            dst=f"http.{header}",
        )
    return backend


shop = service("shop", "shop.example.com")
with fastly.Release("shop", service=shop, comment="web site") as site:
    basics(site, "shop", "shop.example.com", "shop.origin.example.com")
    fastly.Gzip("text", release=site)
    images = fastly.Condition("images", release=site, type="CACHE", statement='req.url.path ~ "^/images/"')
    fastly.CacheSettings("images", release=site, ttl=86400, stale_ttl=3600, cache_condition=images)
    crawlers = fastly.Acl("crawlers", release=site)
    fastly.AclEntries("crawlers", acl=crawlers, entries=CRAWLERS)
    is_crawler = fastly.Condition("crawler", release=site, type="REQUEST", statement="client.ip ~ crawlers")
    fastly.Header(
        "crawler",
        release=site,
        action="set",
        type="request",
        dst="http.X-Crawler",
        src='"1"',
        request_condition=is_crawler,
    )

api = service("api", "api.example.com")
with fastly.Release("api", service=api, comment="API") as interface:
    basics(interface, "api", "api.example.com", "api.origin.example.com")
    fastly.Settings("uncached", release=interface, default_ttl=0)
    fastly.RateLimiter(
        "orders",
        release=interface,
        action="response",
        client_key=["req.http.Fastly-Client-IP"],
        http_methods=["POST"],
        rps_limit=100,
        window_size=10,
        penalty_box_duration=5,
        response_status=429,
        response_content='{"error": "too many orders"}',
        response_content_type="application/json",
    )

pulumi.export("versions", {"shop": site.version.number, "api": interface.version.number})
