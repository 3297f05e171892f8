"""Values that the user marked as secret appear in no text of any rule."""

import dataclasses
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from fastly_policies import MANDATORY, RULES, Finding, Resource, ResourceRule, Settings, Stack, StackRule
from fastly_policies.marks import note_secrets
from fastly_policies.tls import BACKEND_TLS_NAMES
from google.protobuf import json_format
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc
from pulumi_policy import EnforcementLevel
from pulumi_policy.policy import _PolicyAnalyzerServicer
from pulumi_policy.proxy import unknown_checking_proxy

from .seen import backend, release, seen, stack, told

SIGNATURE, SECRET = "4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"
NAMES = {
    "address": "hidden-address.example.net",
    "override_host": "hidden-host.example.net",
    "ssl_cert_hostname": "hidden-cert.example.net",
    "ssl_sni_hostname": "hidden-sni.example.net",
}
PATTERN = {"regex": "hidden(", "substitution": "hidden"}

ROWS: list[tuple[Resource, str, str]] = [
    (backend(address="10.66.66.66"), "address", "10.66"),
    (backend(address="hidden.localhost"), "address", "hidden"),
    *((backend(**NAMES), name, NAMES[name]) for name in NAMES),
    (backend(min_tls_version="1.1"), "min_tls_version", "'1.1'"),
    (backend(max_tls_version="1.0"), "max_tls_version", "'1.0'"),
    (backend(min_tls_version="1.3", max_tls_version="1.2"), "min_tls_version", "1.3"),
    (backend(connect_timeout=77777.0), "connect_timeout", "77777"),
    (backend(max_conn=99999.0), "max_conn", "99999"),
    (backend(port=80.0), "port", "80"),
    (backend(healthcheck="hidden-check"), "healthcheck", "hidden"),
    (backend(name="hidden-name"), "name", "hidden"),
    (seen("AclEntries", entries=["77.0.0.0/4"]), "entries", "77.0"),
    (seen("AclEntries", entries=[{"ip": "77.0.0.0", "subnet": 4.0}]), "entries", "77.0"),
    (seen("AclEntry", entry="77.0.0.0/4"), "entry", "77.0"),
    (seen("DictionaryItems", items={"hidden-key": "postgres://user:hidden@db/x"}), "items", "hidden"),
    (seen("DictionaryItem", key="hidden-key", value="postgres://user:pass@db/x"), "key", "hidden"),
    (seen("DictionaryItem", key="db", value="postgres://user:hidden@db/x"), "value", "hidden"),
    (seen("Condition", type="REQUEST", statement='hidden.name == "a"'), "statement", "hidden"),
    (seen("Condition", name="hidden-name", type="REQUEST", statement="req.url"), "name", "hidden"),
    (seen("Snippet", type="recv", content="set req.http.X = hidden.name;"), "content", "hidden"),
    (seen("Snippet", type="recv", content="set hidden = = ;"), "content", "hidden"),
    (seen("Snippet", type="recv", content="set beresp.http.hidden = req.url;"), "content", "hidden"),
    (seen("DynamicSnippet", type="recv", content="set req.http.X = hidden.name;"), "content", "hidden"),
    (seen("Vcl", main=True, content="sub vcl_recv {\nset req.http.X = hidden.name;\n}"), "content", "hidden"),
    (seen("Vcl", main=True, content="sub vcl_recv { set hidden = = ; }"), "content", "hidden"),
    (seen("LoggingSumologic", url="http://hidden.example.com/"), "url", "hidden"),
    (seen("LoggingHttps", format='{"hidden": hidden}'), "format", "hidden"),
    (seen("LoggingS3", access_key="hidden", secret_key="hidden"), "secret_key", "hidden"),
    (seen("Header", type="request", action="set", dst="http.X", src="hidden.name"), "src", "hidden"),
    (seen("Header", type="request", action="set", dst="hidden.name", src="req.url"), "dst", "hidden"),
    (seen("Header", type="request", action="regex", dst="http.X", src="req.url", **PATTERN), "regex", "hidden("),
    (seen("Header", request_condition="hidden", type="response", action="delete", dst="X"), "request_condition", "hid"),
    (seen("Domain", "d", name="hidden.example.com"), "name", "hidden"),
]


def marked(resource: Resource, *names: str) -> Resource:
    """As the wire marks it."""
    return dataclasses.replace(resource, secrets=names)


def handed_over(resource: Resource, *names: str) -> Resource:
    """As the program hands it over."""
    props = {name: resource.props[name] for name in resource.props}
    return dataclasses.replace(resource, props=unknown_checking_proxy({**props, "__secret_inputs": list(names)}))


def texts(resource: Resource) -> list[str]:
    """What any rule says of it."""
    other = seen("Domain", "other", name="hidden.example.com")
    everything = stack(release("www", resource), release("api", other))
    return [str(finding) for finding in _findings(resource, everything) if finding.resource is not other]


def _findings(resource: Resource, everything: Stack) -> Iterator[Finding]:
    patterns = dict.fromkeys(("Backend", "Domain", "Condition"), "ours-.*")
    for rule in RULES:
        settings = rule.settings({"patterns": patterns} if rule.name == "naming" else {})
        if isinstance(rule, ResourceRule):
            yield from rule.findings(resource, settings)
        elif isinstance(rule, StackRule):
            yield from rule.findings(everything, settings)


@pytest.mark.parametrize("mark", [marked, handed_over])
@pytest.mark.parametrize(("resource", "name", "shown"), ROWS)
def test_no_text_shows_a_secret(resource: Resource, name: str, shown: str, mark: Callable[..., Resource]):
    found = texts(mark(resource, name))
    assert len(found) == len(texts(resource)), "it is judged all the same"
    assert not [text for text in found if shown in text]


def test_these_rows_are_worth_it():
    """Rules say something of every row, and most show the value where it is no secret."""
    assert all(texts(resource) for resource, _, _ in ROWS)
    assert sum(any(shown in text for text in texts(resource)) for resource, _, shown in ROWS) > len(ROWS) / 2


def test_a_text_that_names_two_properties_hides_the_secret_one_alone():
    (said, _) = told(BACKEND_TLS_NAMES, marked(backend(**NAMES), "address"))
    assert "hidden-cert" in said
    assert "it must fit address (secret) or override_host 'hidden-host.example.net'" in said


def test_a_remedy_copies_no_secret_into_a_property_that_is_none():
    found = backend(ssl_sni_hostname=None)
    assert BACKEND_TLS_NAMES.changes(found, BACKEND_TLS_NAMES.settings())
    assert not BACKEND_TLS_NAMES.changes(marked(found, "ssl_cert_hostname"), BACKEND_TLS_NAMES.settings())


# ---------------------------------------------------------------- the marks on the wire


def secret(value: Any) -> dict[str, Any]:
    return {SIGNATURE: SECRET, "value": value}


WIRE = {
    "address": secret("10.1.1.1"),
    "comment": {"deep": [{"er": secret(1.0)}]},
    "asset": {SIGNATURE: "c44067f5952c0a294b673a41bacd8c17", "text": "x"},
    "plain": [1.0, {"a": None}],
}


def looks(resource: Resource, *_: Any) -> Iterator[Finding]:
    yield resource.finding("secrets", " ".join(name for name in WIRE if resource.is_secret(name)))


def one(resource: Resource, settings: Settings) -> Iterator[Finding]:
    yield from looks(resource)


def all_of(resource: Resource, stack: Stack, settings: Settings) -> Iterator[Finding]:
    yield from looks(resource)


KINDS = {"name": "ours", "description": "Why.", "level": MANDATORY, "kinds": ("Backend",)}


def served(rule: ResourceRule | StackRule, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The server of the policy SDK with this rule, as a pack extends it."""
    monkeypatch.setattr(analyzer_pb2_grpc, "add_AnalyzerServicer_to_server", lambda servicer, server: None)
    note_secrets()
    servicer = _PolicyAnalyzerServicer("pack", "1", [rule.policy()], MANDATORY, None)
    analyzer_pb2_grpc.add_AnalyzerServicer_to_server(servicer, SimpleNamespace())
    return servicer


def on_the_wire(message: Any) -> Any:
    type_ = "pulumi-python:dynamic/fastly:Backend"
    message.type, message.name, message.urn = type_, "it", f"urn:pulumi:dev::shop::{type_}::it"
    json_format.ParseDict(WIRE, message.properties)
    return message


def test_marks_reach_a_resource_rule(monkeypatch: pytest.MonkeyPatch):
    servicer = served(ResourceRule(**KINDS, checks=(one,)), monkeypatch)
    (said,) = servicer.Analyze(on_the_wire(analyzer_pb2.AnalyzeRequest()), None).diagnostics
    assert said.message.endswith("secrets: address comment")


def test_marks_reach_a_stack_rule(monkeypatch: pytest.MonkeyPatch):
    servicer = served(StackRule(**KINDS, checks=(all_of,)), monkeypatch)
    resource = on_the_wire(analyzer_pb2.AnalyzerResource())
    (said,) = servicer.AnalyzeStack(analyzer_pb2.AnalyzeStackRequest(resources=[resource]), None).diagnostics
    assert said.message.endswith("secrets: address comment")


def test_marks_reach_a_remedy(monkeypatch: pytest.MonkeyPatch):
    asked: list[list[str]] = []

    def remedy(resource: Resource, settings: Settings) -> dict[str, Any]:
        asked.append([name for name in WIRE if resource.is_secret(name)])
        return {}

    rule = ResourceRule(**{**KINDS, "level": EnforcementLevel.REMEDIATE}, checks=(one,), remedy=remedy)
    served(rule, monkeypatch).Remediate(on_the_wire(analyzer_pb2.AnalyzeRequest()), None)
    assert asked == [["address", "comment"]]


def test_marks_of_one_request_are_not_those_of_the_next(monkeypatch: pytest.MonkeyPatch):
    servicer = served(ResourceRule(**KINDS, checks=(one,)), monkeypatch)
    servicer.Analyze(on_the_wire(analyzer_pb2.AnalyzeRequest()), None)
    request = on_the_wire(analyzer_pb2.AnalyzeRequest())
    request.properties.Clear()
    (said,) = servicer.Analyze(request, None).diagnostics
    assert said.message.endswith("secrets: ")
