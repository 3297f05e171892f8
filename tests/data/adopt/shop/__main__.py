"""The Fastly service shop.example.com.

fastly-adopt wrote this program from version 12.
"""

import json
from pathlib import Path

import pulumi
import pulumi_fastly_dynamic as fastly

config = pulumi.Config()

FOLDER = Path(__file__).parent


def text(file: str) -> str:
    """Reads a file of this program as it is, with its line ends."""
    return (FOLDER / file).read_bytes().decode()


service = fastly.Service(
    "shop.example.com",
    adopt_id="SU1Z0isxPaozGVKXdv0eY",
    name="shop.example.com",
    comment="The shop",
)
fastly.ProductEnablement(
    "shop.example.com",
    service=service,
    brotli_compression=True,
    ddos_protection=True,
    ddos_protection_mode="block",
)
# adopt=True leaves alone what is not declared here, and overwrites what differs.
with fastly.Release("shop.example.com", service=service, adopt=True) as release:
    fastly.Domain("shop.example.com", release=release)
    fastly.Domain("www.shop.example.com", release=release, comment="redirected")

    origin_up = fastly.Healthcheck(
        "origin up",
        release=release,
        host="origin.example.com",
        path="/up",
        method="GET",
        check_interval=15000,
    )
    is_an_image = fastly.Condition(
        "is an image",
        release=release,
        type="REQUEST",
        statement='req.url.path ~ "\\.(png|jpe?g|webp)$"',
    )
    fastly.Backend(
        "images",
        release=release,
        address="images.example.com",
        override_host="images.example.com",
        request_condition=is_an_image,
    )
    origin_1 = fastly.Backend(
        "origin-1",
        release=release,
        address="origin1.example.com",
        port=443,
        shield="iad-va-us",
        healthcheck=origin_up,
        use_ssl=True,
        ssl_cert_hostname="origin.example.com",
        ssl_sni_hostname="origin.example.com",
        min_tls_version="1.2",
    )
    origin_2 = fastly.Backend(
        "origin-2",
        release=release,
        address="origin2.example.com",
        port=443,
        shield="iad-va-us",
        healthcheck=origin_up,
        use_ssl=True,
        ssl_cert_hostname="origin.example.com",
        ssl_sni_hostname="origin.example.com",
        min_tls_version="1.2",
    )
    fastly.Director("origin", release=release, backends=[origin_1, origin_2], quorum=50)

    # Write-only: Fastly does not show its items, so they are left to others.
    fastly.Dictionary("api_keys", release=release, write_only=True)
    redirects = fastly.Dictionary("redirects", release=release)
    fastly.DictionaryItems(
        "redirects",
        dictionary=redirects,
        items=json.loads(text("data/redirects.json")),
    )
    switches = fastly.Dictionary("switches", release=release)
    fastly.DictionaryItems(
        "switches",
        dictionary=switches,
        items={"maintenance": "off"},
    )
    office = fastly.Acl("office", release=release)
    fastly.AclEntries(
        "office",
        acl=office,
        entries=[
            "192.0.2.0/24",
            "!192.0.2.13",
            fastly.AclEntryArgs("2001:db8::", subnet=32, comment="VPN"),
        ],
    )

    fastly.Settings(
        "shop.example.com",
        release=release,
        default_host="shop.example.com",
        default_ttl=600,
        stale_if_error=True,
        stale_if_error_ttl=86400,
    )
    fastly.RequestSettings("https", release=release, force_ssl=True, xff="append")
    fastly.Gzip(
        "text",
        release=release,
        content_types=["application/json", "text/css", "text/html"],
        extensions=["css", "js", "json"],
    )

    fastly.Header(
        "hsts",
        release=release,
        action="set",
        type="response",
        dst="http.Strict-Transport-Security",
        src='"max-age=31536000"',
        priority=10,
    )
    fastly.Header(
        "no-server",
        release=release,
        name='no "Server"',
        action="delete",
        type="response",
        dst="http.Server",
    )

    maintenance = fastly.Condition(
        "maintenance",
        release=release,
        type="REQUEST",
        statement='table.lookup(switches, "maintenance") == "on"',
        priority=5,
    )
    fastly.ResponseObject(
        "maintenance",
        release=release,
        status=503,
        response="Service Unavailable",
        content=text("texts/maintenance.content.txt"),
        content_type="text/html",
        request_condition=maintenance,
    )

    fastly.Vcl("main", release=release, content=text("vcl/main.vcl"), main=True)
    fastly.Snippet(
        "redirects",
        release=release,
        type="recv",
        content=text("vcl/redirects.vcl"),
    )
    fastly.DynamicSnippet(
        "incident",
        release=release,
        type="recv",
        content="# nothing yet",
        priority=1,
    )

    errors = fastly.Condition(
        "errors",
        release=release,
        type="RESPONSE",
        statement="resp.status >= 500",
    )
    fastly.LoggingHttps(
        "alerts",
        release=release,
        format="%{json.escape(req.url)}V",
        response_condition=errors,
        url="https://alerts.example.com/fastly",
        header_name="Authorization",
        header_value=config.require_secret("alertsHeaderValue"),
    )
    fastly.LoggingS3(
        "requests",
        release=release,
        format='%h %t "%r" %>s',
        path="/shop/",
        period=600,
        message_type="blank",
        gzip_level=9,
        bucket="shop-logs",
        access_key=config.require_secret("requestsAccessKey"),
        secret_key=config.require_secret("requestsSecretKey"),
        domain="s3.eu-west-1.amazonaws.com",
    )

pulumi.export("service_id", service.service_id)
pulumi.export("version", release.version.number)

# Not declared here, and left as it is at Fastly:
# - wordpress blog: this package has no resource for it
