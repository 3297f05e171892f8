"""The policy pack on the real CLI: preview and up, configuration, a pack of one's own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.real_falco import require_falco

from .harness import REPOSITORY, Result, Stack

PACK = str(REPOSITORY / "policies")
GOOD = """
www = fastly.Service("www", opts=pulumi.ResourceOptions(protect={protect}))
with fastly.Release("www", service=www) as release:
    fastly.Domain("www.example.com", release=release)
    alive = fastly.Healthcheck("alive", release=release, path="/")
    fastly.Backend("origin", release=release, address="origin.example.com", port=443, use_ssl=True, healthcheck=alive,
                   ssl_cert_hostname="origin.example.com", ssl_sni_hostname="origin.example.com", {backend})
    api = fastly.Condition("api", release=release, type="REQUEST", statement='req.url ~ "^/api/"')
    fastly.Header("x-api", release=release, action="set", type="request", dst="http.X-Api", src='"1"',
                  request_condition=api)
    fastly.Header("hsts", release=release, action="set", type="response", dst="http.Strict-Transport-Security",
                  src='"max-age=31536000"')
    fastly.Header("server", release=release, action="delete", type="response", dst="http.Server")
    fastly.Header("power", release=release, action="delete", type="response", dst="http.X-Powered-By")
    office = fastly.Acl("office", release=release)
    fastly.AclEntries("office", acl=office, entries=["192.0.2.0/24"])
    redirects = fastly.Dictionary("redirects", release=release)
    fastly.DictionaryItems("redirects", dictionary=redirects, items={{"/old": "/new"}})
    {more}
"""
BAD = """
www = fastly.Service("www", force_destroy=True)
with fastly.Release("www", service=www, adopt=True) as release:
    fastly.Domain("www.example.com", release=release)
    fastly.Backend("origin", release=release, address="10.0.0.1", use_ssl=True, ssl_check_cert=False,
                   min_tls_version="1.0", connect_timeout=60000, healthcheck="gone")
    fastly.Condition("unused", release=release, type="REQUEST", statement="req.url")
    office = fastly.Acl("office", release=release)
    fastly.AclEntries("office", acl=office, entries=["0.0.0.0/0"])
    redirects = fastly.Dictionary("redirects", release=release)
    fastly.DictionaryItems("redirects", dictionary=redirects, items={"db": "postgres://user:hunter2@db/x"})
    fastly.Backend("second", release=release, address="origin.example.com")
    fastly.LoggingSyslog("plain", release=release, address="logs.example.com", format='{"ip": %h}')
    fastly.LoggingS3("files", release=release, bucket="logs", access_key="hunter2", secret_key="hunter2")
api = fastly.Service("api")
with fastly.Release("api", service=api) as release:
    fastly.Domain("API.example.com", release=release, name="WWW.example.com")
"""
BROKEN = {
    "tls-port",
    "backend-tls",
    "backend-tls-names",
    "backend-min-tls",
    "backend-public-address",
    "backend-healthcheck",
    "backend-timeouts",
    "acl-open-to-all",
    "dictionary-secrets",
    "logging-tls",
    "logging-secrets",
    "logging-format",
    "security-headers",
    "condition-used",
    "release-complete",
}
SNIPPET = 'fastly.Snippet("s", release=release, type="recv", content={!r})'


def good(*, protect: bool = False, backend: str = "", more: str = "pass") -> str:
    return GOOD.format(protect=protect, backend=backend, more=more)


def config(stack: Stack, document: Any) -> tuple[str, str]:
    """The arguments for a configuration file."""
    path = stack.folder / "rules.json"
    path.write_text(json.dumps(document))
    return "--policy-pack-config", str(path)


def rules(result: Result) -> set[str]:
    """The rules that had something to say."""
    lines = [line.split() for line in result.output.splitlines()]
    return {words[2] for words in lines if words[:2] in (["-", "[mandatory]"], ["-", "[advisory]"])}


def preview(stack: Stack, program: str, *arguments: str, pack: str = PACK) -> Result:
    stack.write(program)
    return stack.run("preview", "--policy-pack", pack, *arguments)


@pytest.fixture
def without_falco(stack: Stack) -> None:
    stack.environment["FASTLY_FALCO"] = "/nowhere/falco"


def test_a_good_program_in_preview_and_up(stack: Stack):
    first = preview(stack, good())
    assert first.ok, first
    assert rules(first) <= {"vcl-lint-advice"}, first  # where falco is not installed
    assert first.calls == []
    up = stack.run("up", "--yes", "--policy-pack", PACK)
    assert up.ok, up
    assert up.activations == 1
    again = stack.run("up", "--yes", "--policy-pack", PACK)
    assert again.ok, again
    assert again.calls == []


def test_the_quickstart_breaks_no_mandatory_rule(stack: Stack):
    result = preview(stack, (REPOSITORY / "examples" / "quickstart" / "__main__.py").read_text())
    assert result.ok, result
    assert "[mandatory]" not in result.output


@pytest.mark.usefixtures("without_falco")
def test_a_bad_program_in_the_preview(stack: Stack):
    result = preview(stack, BAD)
    assert not result.ok
    assert rules(result) == BROKEN | {"vcl-lint-advice"}, result
    assert "Backend 'origin': address is '10.0.0.1'; that is a private address" in result.output
    assert "Release 'api': it has no Backend" in result.output
    assert "name is 'www.example.com'; Release 'api' has it too" in result.output
    assert "LoggingS3 'files': secret_key (secret): Fastly can assume an IAM role" in result.output
    assert "'db' holds what looks like a credential (Basic Auth Credentials)" in result.output
    assert "hunter2" not in result.output
    assert "itself failed" not in result.output
    assert "Traceback" not in result.output
    assert result.calls == []


@pytest.mark.usefixtures("without_falco")
def test_shields_are_compared_with_fastlys_datacenters(stack: Stack):
    """The pack has the key of the stack's configuration; without a key it has a list of its own."""
    more = 'fastly.Director("all", release=release, backends=["origin"], shield="AMS")'
    program = good(backend="shield='amsterdam'", more=more)
    stack.environment |= {"FASTLY_API_KEY": ""}
    without = preview(stack, program)
    assert without.ok, without
    assert "shield-exists" in rules(without)
    said = "Backend 'origin': shield is 'amsterdam'; no datacenter has this shield; did you mean 'amsterdam-nl'? "
    assert f"{said}(according to a list that was recorded" in without.output
    assert without.calls == []

    assert stack.run("config", "set", "--secret", "fastly:apiKey", "from-the-stack").ok
    asked = preview(stack, program)
    assert asked.ok, asked
    assert f"{said}(according to Fastly's list of today)" in asked.output
    assert (
        "Director 'all': shield is 'AMS'; no datacenter has this shield; did you mean 'amsterdam-nl'?" in asked.output
    )
    assert [str(call) for call in asked.calls] == ["GET /datacenters"]
    assert "from-the-stack" not in asked.output


@pytest.mark.usefixtures("without_falco")
def test_a_mandatory_violation_stops_up_in_its_preview(stack: Stack):
    stack.write(BAD)
    result = stack.run("up", "--yes", "--policy-pack", PACK)
    assert not result.ok
    assert result.calls == []


def test_advice_does_not_stop_up(stack: Stack):
    stack.write(good(backend="connect_timeout=60000"))
    result = stack.run("up", "--yes", "--policy-pack", PACK)
    assert result.ok, result
    assert "backend-timeouts" in rules(result)
    assert result.activations == 1


@pytest.mark.parametrize(
    "more",
    [
        'fastly.Backend("plain", release=release, address="origin.example.com")',
        'fastly.AclEntry("all", acl=office, entry="::/0")',
    ],
)
def test_without_a_preview_a_resource_rule_leaves_nothing_active(stack: Stack, more: str):
    result = stack.up(good(more=more), "--policy-pack", PACK)
    assert not result.ok
    assert result.activations == 0
    assert not any(call.path.endswith("/activate") for call in result.calls)


def test_what_the_preview_could_not_know_is_judged_in_the_update(stack: Stack):
    """The items depend on the service's id, so they are known once it is made."""
    secret = 'www.id.apply(lambda id: "postgres://user:hunter2@db/" + id)'
    more = f'fastly.DictionaryItem("late", dictionary=redirects, key="db", value={secret})'
    first = preview(stack, good(more=more))
    assert first.ok, first
    assert "dictionary-secrets" not in first.output
    result = stack.run("up", "--yes", "--policy-pack", PACK)
    assert not result.ok
    assert "dictionary-secrets" in rules(result)
    assert "hunter2" not in result.output
    assert result.activations == 0
    assert not any("hunter2" in str(call.form) for call in result.calls)


def test_unknown_properties_are_silent(stack: Stack):
    """Every property that may be unknown in a preview is."""
    program = """
www = fastly.Service("www")
late = www.id.apply(lambda id: "late")
with fastly.Release("www", service=www) as release:
    fastly.Domain("late", release=release, name=late)
    fastly.Backend("late", release=release, address=late, use_ssl=late.apply(lambda _: True), healthcheck=late,
                   ssl_cert_hostname=late, ssl_sni_hostname=late, min_tls_version=late, connect_timeout=late.apply(len))
    fastly.Header("late", release=release, action="set", type="response", dst="http.Server", src=late)
    fastly.Header("later", release=release, action="set", type="response", dst=late, src="req.url")
    fastly.Snippet("late", release=release, type="recv", content=late)
    table = fastly.Dictionary("late", release=release)
    fastly.DictionaryItems("late", dictionary=table, items={"a": late})
    office = fastly.Acl("late", release=release)
    fastly.AclEntries("late", acl=office, entries=[late])
"""
    result = preview(stack, program)
    assert result.ok, result
    assert rules(result) <= {"vcl-lint-advice"}, result
    assert "can't run policy" not in result.output


def test_a_configuration_file(stack: Stack):
    document = {
        "all": "disabled",
        "naming": {"enforcementLevel": "mandatory", "patterns": {"Backend": "origin-[a-z]+"}},
        "backend-timeouts": {"enforcementLevel": "advisory", "connectTimeout": {"max": 500}},
        "backend-tls": {"enforcementLevel": "mandatory", "exempt": ["orig*"]},
    }
    result = preview(stack, good(backend="ssl_check_cert=False"), *config(stack, document))
    assert not result.ok
    assert rules(result) == {"naming", "backend-timeouts"}, result
    assert "connect_timeout is 1000; it should be 500 or less" in result.output


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ({"backend-tsl": "mandatory"}, "there is no rule 'backend-tsl'; did you mean 'backend-tls'?"),
        ({"all": "disabled", "zzz": "advisory"}, "there is no rule 'zzz'"),
        (
            {"backend-min-tls": {"minimun": "1.3"}},
            "no parameter 'minimun'; did you mean 'minimum'?",
        ),
        ({"naming": {"patterns": {"Bakend": "a"}}}, "Additional property Bakend is not allowed"),
        ({"backend-min-tls": {"minimum": 1.2}}, "backend-min-tls: minimum"),
        ({"naming": {"patterns": {"Backend": "("}}}, "patterns.Backend"),
        ({"backend-timeouts": {"maxConn": 5}}, "maxConn"),
    ],
)
def test_configuration_that_the_pack_does_not_have(stack: Stack, document: dict[str, Any], text: str):
    result = preview(stack, good(), *config(stack, document))
    assert not result.ok
    assert text in result.output, result


def test_the_guard_knows_its_stacks_by_name(stack: Stack):
    guarded = {"destroy-guard": {"stacks": ["te*"]}}
    result = preview(stack, good(), *config(stack, guarded))
    assert not result.ok
    assert "Service 'www': protect is False; in stack 'test'" in result.output
    assert preview(stack, good(protect=True), *config(stack, guarded)).ok
    assert preview(stack, good()).ok


REMEDIES = {"backend-tls": "remediate", "backend-min-tls": "remediate", "backend-tls-names": "remediate"}


def test_remediation_where_it_is_asked_for(stack: Stack):
    program = good(backend="ssl_check_cert=False, min_tls_version='1.0', ssl_client_key=KEY, ssl_client_cert=CERT")
    program = program.replace('ssl_sni_hostname="origin.example.com",', "")
    pem = "-----BEGIN {0}-----\\nMII\\n-----END {0}-----\\n"
    program = f'KEY, CERT = "{pem.format("PRIVATE KEY")}", "{pem.format("CERTIFICATE")}"\n{program}'
    stack.write(program)
    result = stack.run("up", "--yes", "--policy-pack", PACK, *config(stack, REMEDIES))
    assert result.ok, result
    backend = stack.emulator.objects(stack.emulator.service_id(), "backend")["origin"]
    assert backend["ssl_check_cert"] is True
    assert backend["min_tls_version"] == "1.2"
    assert backend["ssl_sni_hostname"] == "origin.example.com"
    # The key is a secret still.
    assert "PRIVATE KEY" not in json.dumps(stack.state())
    refused = stack.run("preview", "--policy-pack", PACK)
    assert rules(refused) >= set(REMEDIES), refused


def test_a_pack_of_ones_own(stack: Stack):
    folder = stack.folder.parent / "our-policies"
    command = [str(Path(sys.executable).parent / "fastly-policies"), "new", str(folder)]
    subprocess.run(command, check=True, capture_output=True, cwd=stack.folder)
    fine = preview(stack, good(), pack=str(folder))
    assert fine.ok, fine
    ours = {"domain-of-ours": {"suffixes": [".example.net"]}}
    result = preview(stack, good(backend="min_tls_version='1.0'"), *config(stack, ours), pack=str(folder))
    assert not result.ok
    assert rules(result) >= {"domain-of-ours", "backend-min-tls"}, result
    both = preview(stack, good(backend="min_tls_version='1.0'"), "--policy-pack", str(folder))
    assert both.output.count("min_tls_version is '1.0'") == len(["fastly", "our-policies"]), both
    assert "choose one that ends in .example.net" in result.output


def test_vcl_is_linted_by_the_real_falco(stack: Stack):
    require_falco(found=(REPOSITORY / ".engine" / "bin" / "falco").exists())
    wrong = preview(stack, good(more=SNIPPET.format('set req.http.X = "1"')))
    assert not wrong.ok
    assert "Snippet 's': content: line 1: Missing semicolon" in wrong.output
    odd = preview(
        stack, good(more=SNIPPET.format("if (client.ip ~ nobody) { error 618; }\nset req.backend = F_origin;"))
    )
    assert odd.ok, odd
    assert "Snippet 's': content: line 1: Undefined variable \"nobody\"" in odd.output
    assert "F_origin" not in odd.output
    right = preview(stack, good(more=SNIPPET.format("if (client.ip ~ office) { error 618; }")))
    assert right.ok, right
    assert "vcl-lint" not in right.output


MAIN = """
include "shared";
sub vcl_recv {{
#FASTLY recv
  if (client.ip ~ office && table.contains(redirects, req.url)) {{ call extra; }}
  set req.backend = F_origin;
  {}
  return(lookup);
}}
"""
FILES = (
    'fastly.Vcl("main", release=release, main=True, content={!r}), '
    'fastly.Vcl("shared", release=release, content="sub extra {{ error 618; }}")'
)


def test_custom_vcl_is_linted_as_a_whole_by_the_real_falco(stack: Stack):
    require_falco(found=(REPOSITORY / ".engine" / "bin" / "falco").exists())
    wrong = preview(stack, good(more=FILES.format(MAIN.format("set resp.http.X = req.url;"))))
    assert not wrong.ok
    assert "Vcl 'main': content: line 7: Variable \"resp.http.X\" could not access in scope of RECV" in wrong.output
    right = preview(stack, good(more=FILES.format(MAIN.format("esi;"))))
    assert right.ok, right
    assert "vcl-lint" not in right.output


@pytest.mark.usefixtures("without_falco")
def test_vcl_without_falco_is_one_line_of_advice(stack: Stack):
    result = preview(stack, good(more=SNIPPET.format("nonsense")))
    assert result.ok, result
    assert result.output.count("VCL is not linted, since falco is not installed") == 1
