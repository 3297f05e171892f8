"""One example for each class in docs/reference.md: the body of the function that is named like the class.

Functions with the parameter `release` run inside its `with` block. Each is a program of its own, and a test runs it.
"""

import pulumi
import pulumi_fastly_dynamic as fastly


def service() -> None:
    fastly.Service("www", name="www.example.com", comment="managed by Pulumi")


def release() -> None:
    www = fastly.Service("www", name="www.example.com")
    with fastly.Release("www", service=www, comment="autumn sale") as release:
        fastly.Domain("www.example.com", release=release)
        fastly.Backend("origin", release=release, address="origin.example.com")
    pulumi.export("version", release.version.number)


def domain(release: fastly.Release) -> None:
    fastly.Domain("www.example.com", release=release)
    fastly.Domain("subdomains", name="*.example.com", release=release, comment="all subdomains")


def backend(release: fastly.Release) -> None:
    healthy = fastly.Healthcheck("home-page", release=release, method="GET", path="/")
    fastly.Backend(
        "origin",
        release=release,
        address="origin.example.com",
        port=443,
        use_ssl=True,
        ssl_cert_hostname="origin.example.com",
        ssl_sni_hostname="origin.example.com",
        override_host="origin.example.com",
        healthcheck=healthy,
    )


def healthcheck(release: fastly.Release) -> None:
    healthy = fastly.Healthcheck("home-page", release=release, method="GET", path="/", check_interval=30000)
    fastly.Backend("origin", release=release, address="origin.example.com", healthcheck=healthy)


def condition(release: fastly.Release) -> None:
    api = fastly.Condition("api", release=release, type="REQUEST", statement='req.url ~ "^/api/"')
    fastly.Backend("api-origin", release=release, address="api.example.com", request_condition=api)


def header(release: fastly.Release) -> None:
    fastly.Header(
        "hsts",
        release=release,
        action="set",
        type="response",
        dst="http.Strict-Transport-Security",
        src='"max-age=31536000"',
    )
    fastly.Header("no-server", release=release, action="delete", type="response", dst="http.Server")


def snippet(release: fastly.Release) -> None:
    fastly.Snippet("no-cookies", release=release, type="recv", content="unset req.http.Cookie;")


def dynamic_snippet(release: fastly.Release) -> None:
    maintenance = fastly.DynamicSnippet("maintenance", release=release, type="recv", content="error 503;")
    pulumi.export("maintenance", maintenance.snippet_id)


def settings(release: fastly.Release) -> None:
    fastly.Settings("settings", release=release, default_ttl=600, stale_if_error=True)


def dictionary(release: fastly.Release) -> None:
    redirects = fastly.Dictionary("redirects", release=release)
    fastly.DictionaryItems("redirects", dictionary=redirects, items={"/old": "/new"})


def dictionary_item(release: fastly.Release) -> None:
    redirects = fastly.Dictionary("redirects", release=release)
    fastly.DictionaryItem("old", dictionary=redirects, key="/old", value="/new")


def dictionary_items(release: fastly.Release) -> None:
    tokens = fastly.Dictionary("tokens", release=release, write_only=True)
    fastly.DictionaryItems("tokens", dictionary=tokens, items={"partner": pulumi.Output.secret("5ecr3t")})


def acl(release: fastly.Release) -> None:
    office = fastly.Acl("office", release=release)
    fastly.AclEntries("office", acl=office, entries=["192.0.2.0/24", "!192.0.2.13"])


def acl_entry(release: fastly.Release) -> None:
    office = fastly.Acl("office", release=release)
    fastly.AclEntry("vpn", acl=office, entry="198.51.100.7", comment="VPN")


def acl_entries(release: fastly.Release) -> None:
    office = fastly.Acl("office", release=release)
    vpn = fastly.AclEntryArgs("198.51.100.7", comment="VPN")
    fastly.AclEntries("office", acl=office, entries=["192.0.2.0/24", "!192.0.2.13", vpn])


def acl_entry_args(release: fastly.Release) -> None:
    office = fastly.Acl("office", release=release)
    network = fastly.AclEntryArgs("192.0.2.0", subnet=24, comment="first floor")
    guests = fastly.AclEntryArgs("192.0.2.13", negated=True, comment="guests")
    fastly.AclEntries("office", acl=office, entries=[network, guests])


def director(release: fastly.Release) -> None:
    east = fastly.Backend("east", release=release, address="east.example.com")
    west = fastly.Backend("west", release=release, address="west.example.com")
    fastly.Director("origins", release=release, backends=[east, west], quorum=50)


def response_object(release: fastly.Release) -> None:
    closed = fastly.Condition("closed", release=release, type="REQUEST", statement='req.url ~ "^/shop"')
    fastly.ResponseObject(
        "maintenance",
        release=release,
        status=503,
        response="Service Unavailable",
        content="<p>Back in an hour.</p>",
        content_type="text/html",
        request_condition=closed,
    )


def cache_settings(release: fastly.Release) -> None:
    images = fastly.Condition("images", release=release, type="CACHE", statement='req.url ~ "^/images/"')
    fastly.CacheSettings("images", release=release, ttl=86400, stale_ttl=3600, cache_condition=images)


def request_settings(release: fastly.Release) -> None:
    fastly.RequestSettings("https", release=release, force_ssl=True)


def gzip(release: fastly.Release) -> None:
    fastly.Gzip("text", release=release, content_types=["text/html", "text/css"], extensions=["html", "css"])


def vcl(release: fastly.Release) -> None:
    fastly.Vcl("robots", release=release, content='sub robots {\n  set req.http.X-Robot = "1";\n}\n')


def rate_limiter(release: fastly.Release) -> None:
    fastly.RateLimiter(
        "api",
        release=release,
        action="response",
        client_key=["req.http.Fastly-Client-IP"],
        http_methods=["POST"],
        rps_limit=100,
        window_size=10,
        penalty_box_duration=5,
        response_status=429,
        response_content="Too many requests",
        response_content_type="text/plain",
    )


def logging_s3(release: fastly.Release) -> None:
    fastly.LoggingS3(
        "s3",
        release=release,
        bucket="example-logs",
        iam_role="arn:aws:iam::123456789012:role/fastly-logs",
        domain="s3.eu-west-1.amazonaws.com",
        compression_codec="zstd",
    )


def user() -> None:
    fastly.User("alice", login="alice@example.com", name="Alice Jones", role="engineer")
