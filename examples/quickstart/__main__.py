"""A service with a backend, a rule for its API, redirects and an allow-list: all of it live after one activation."""

import pulumi
import pulumi_fastly_dynamic as fastly

www = fastly.Service("www", name="www.example.com", force_destroy=True)

with fastly.Release("www", service=www) as release:
    fastly.Domain("www.example.com", release=release)
    fastly.Backend(
        "origin",
        release=release,
        address="origin.example.com",
        port=443,
        use_ssl=True,
        ssl_cert_hostname="origin.example.com",
        ssl_sni_hostname="origin.example.com",
    )
    api = fastly.Condition("api", release=release, type="REQUEST", statement='req.url ~ "^/api/"')
    fastly.Header(
        "x-api",
        release=release,
        action="set",
        type="request",
        dst="http.X-Api",
        src='"1"',
        request_condition=api,
    )
    redirects = fastly.Dictionary("redirects", release=release)
    fastly.DictionaryItems("redirects", dictionary=redirects, items={"/old": "/new"})
    office = fastly.Acl("office", release=release)
    fastly.AclEntries("office", acl=office, entries=["192.0.2.0/24", "!192.0.2.13"])

pulumi.export("service_id", www.id)
pulumi.export("version", release.version.number)
pulumi.export("redirects_id", redirects.dictionary_id)
