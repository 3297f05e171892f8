"""Mistakes in users' programs. Each marked line, and no other, is an error to both type checkers."""

import pulumi
import pulumi_fastly_dynamic as fastly

number: pulumi.Output[int] = pulumi.Output.from_input(443)
www = fastly.Service("www", nme="www.example.com")  # error: unknown argument
fastly.Service("other", name=80)  # error: wrong type
fastly.Service(name="unnamed")  # error: missing argument

fastly.Release("without-service")  # error: missing argument
fastly.Release("misspelt", service=www, activat=False)  # error: unknown argument
fastly.Release("service-by-name", service="www")  # error: wrong type

with fastly.Release("www", service=www) as release:
    api = fastly.Condition("api", release=release, type="REQUEST", statement="true")
    check = fastly.Healthcheck("check", release=release)
    origin = fastly.Backend("origin", release=release, address="origin.example.com", port="443")  # error: wrong type
    fastly.Backend("none", release=release)  # error: missing argument
    fastly.Backend("unknown", release=release, address="a.example.com", prt=443)  # error: unknown argument
    fastly.Backend("output", release=release, address=number)  # error: wrong type of an output
    fastly.Backend("tls", release=release, address="a.example.com", min_tls_version="1.4")  # error: no such version
    fastly.Backend("condition", release=release, address="a.example.com", request_condition=origin)  # error: a Backend
    fastly.Backend("healthcheck", release=release, address="a.example.com", healthcheck=api)  # error: a Condition
    fastly.Backend("no-release", address="a.example.com")  # error: missing argument
    fastly.Backend("service", release=www, address="a.example.com")  # error: a Service
    fastly.Condition("type", release=release, type="REQUESTS", statement="true")  # error: no such type
    fastly.Condition("statement", release=release, type="REQUEST")  # error: missing argument
    fastly.Header("action", release=release, action="put", type="request", dst="http.X")  # error: no such action
    fastly.Header("reference", release=release, action="delete", type="request", dst="X", cache_condition=7)  # error
    fastly.Snippet("type", release=release, type="receive", content="#")  # error: no such type
    fastly.Settings("ttl", release=release, default_ttl="1h")  # error: wrong type
    fastly.Domain("positional.example.com", release)  # error: by name only
    redirects = fastly.Dictionary("redirects", release=release, write_only="yes")  # error: wrong type
    office = fastly.Acl("office", release=release)
    fastly.DictionaryItems("acl", dictionary=office, items={})  # error: an Acl
    fastly.DictionaryItems("numbers", dictionary=redirects, items={"/a": 1})  # error: wrong type inside
    fastly.DictionaryItem("value", dictionary=redirects, key="/a")  # error: missing argument
    fastly.AclEntries("numbers", acl=office, entries=[1])  # error: wrong type inside
    fastly.AclEntries("one", acl=office, entries=fastly.AclEntryArgs(ip="192.0.2.1"))  # error: not a list
    fastly.AclEntryArgs(ip="192.0.2.1", subnet="24")  # error: wrong type
    fastly.AclEntry("release", release=release, entry="192.0.2.1")  # error: its release is the ACL's

port: pulumi.Output[str] = origin.port  # error: it is a number
name: str = origin.name  # error: it is an output
interval = check.intervall  # error: no such property
release.version.number.apply(lambda version: version + "1")  # error: it is a number

fastly.get_service(nme="www")  # error: unknown argument
fastly.get_service(www.service_id)  # error: an output
fastly.get_vcl_content("id", "1", "main")  # error: wrong type
fastly.get_version_diff("id", 1, 2, format="xml")  # error: no such format
fastly.get_domains()  # error: missing argument
service: str = fastly.get_service_output("id")  # error: it is an output
fastly.get_service("id").name = "other"  # error: results cannot be changed
