"""A program with every kind, as users write it; both type checkers must take it."""

from collections.abc import Mapping
from typing import assert_type

import pulumi
import pulumi_fastly_dynamic as fastly

config = pulumi.Config()
port: pulumi.Output[int] = pulumi.Output.from_input(443)
host: pulumi.Output[str] = pulumi.Output.from_input("origin.example.com")

www = fastly.Service("www", name="www.example.com", comment="ours", force_destroy=True)
taken_over = fastly.Service("old", adopt_id="SU1Z0isxPaozGVKXdv0eY", opts=pulumi.ResourceOptions(protect=True))
by_default = fastly.Service("by-default")
products = fastly.ProductEnablement(
    "www", service=www, websockets=False, ngwaf=True, ngwaf_workspace_id=host, ngwaf_traffic_ramp=50
)

with fastly.Release("www", service=www, comment="spring", activate=config.get_bool("live") or False) as release:
    assert_type(release, fastly.Release)
    domain = fastly.Domain("www.example.com", release=release, comment=host)
    fastly.Domain("second", name="example.com", release=release)

    check = fastly.Healthcheck(
        "check", release=release, host=host, path="/health", headers=["Name: value"], window=10, http_version="1.0"
    )
    api = fastly.Condition("api", release=release, type="REQUEST", statement='req.url ~ "^/api/"', priority=port)
    origin = fastly.Backend(
        "origin",
        release=release,
        address=host,
        port=port,
        use_ssl=True,
        healthcheck=check,
        request_condition="api",
        ssl_client_cert=None,
        ssl_client_key=pulumi.Output.secret("-----BEGIN PRIVATE KEY-----"),
        ssl_ca_cert=config.get("ca"),
        min_tls_version="1.2",
        override_host=host,
        opts=pulumi.ResourceOptions(protect=True),
    )
    fastly.Header(
        "x-api",
        release=release,
        action="set",
        type="request",
        dst="http.X-Api",
        src='"1"',
        request_condition=api,
        response_condition=None,
        cache_condition=host,
    )
    snippet = fastly.Snippet("recv", release=release, type="recv", content="set req.http.X = 1;", priority=10)
    dynamic = fastly.DynamicSnippet("live", release=release, type="deliver", content=host)
    settings = fastly.Settings("settings", release=release, default_ttl=60, stale_if_error=True)

    redirects = fastly.Dictionary("redirects", release=release, write_only=False, force_destroy=True)
    items = fastly.DictionaryItems("redirects", dictionary=redirects, items={"/old": "/new", "/host": host})
    item = fastly.DictionaryItem("one", dictionary=redirects, key="/one", value=host)

    office = fastly.Acl("office", release=release)
    entries = fastly.AclEntries(
        "office",
        acl=office,
        entries=["192.0.2.0/24", "!192.0.2.13", host, fastly.AclEntryArgs(ip="2001:db8::", subnet=32, negated=True)],
    )
    fastly.AclEntries("typed", acl=office, entries=[fastly.AclEntryArgs(ip="192.0.2.14", comment="door")])
    entry = fastly.AclEntry("one", acl=office, entry="198.51.100.1", comment="guest")

assert_type(www.name, pulumi.Output[str | None])
assert_type(www.force_destroy, pulumi.Output[bool])
assert_type(www.service_id, pulumi.Output[str])
assert_type(products.websockets, pulumi.Output[bool | None])
assert_type(products.ngwaf_traffic_ramp, pulumi.Output[int | None])
assert_type(domain.name, pulumi.Output[str])
assert_type(origin.port, pulumi.Output[int])
assert_type(origin.use_ssl, pulumi.Output[bool])
assert_type(origin.max_use, pulumi.Output[int | None])
assert_type(origin.healthcheck, pulumi.Output[str | None])
assert_type(origin.revision, pulumi.Output[str])
assert_type(check.headers, pulumi.Output[list[str] | None])
assert_type(api.priority, pulumi.Output[int])
assert_type(snippet.content, pulumi.Output[str])
assert_type(dynamic.snippet_id, pulumi.Output[str])
assert_type(settings.stale_if_error_ttl, pulumi.Output[int])
assert_type(redirects.dictionary_id, pulumi.Output[str])
assert_type(items.items, pulumi.Output[Mapping[str, str]])
assert_type(item.value, pulumi.Output[str])
assert_type(office.acl_id, pulumi.Output[str])
assert_type(entry.entry, pulumi.Output[str])
assert_type(release.version, fastly.Version)
assert_type(release.version.number, pulumi.Output[int])
origin.port.apply(lambda number: number + 1)

assert_type(fastly.get_service(name="www").name, str)
assert_type(fastly.get_service_output(www.service_id), pulumi.Output[fastly.GetServiceResult])
assert_type(fastly.get_services().services, tuple[fastly.GetServiceResult, ...])
assert_type(fastly.get_generated_vcl("id", 1).content, str)
fastly.get_version_diff("id", 1, 2, format="html")
fastly.check_domains_output(www.service_id, release.version.number, name=domain.name)

pulumi.export("version", release.version.number)
pulumi.export("entries", entries.entries)
