"""Functions that read, in programs on the real CLI: with and without Outputs, in previews and updates."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from .harness import Result, Stack

KEY = "a-key-that-nobody-may-see-5ecr3t"
PRIVATE_KEY = "MIIEvQIBADANBg5ecr3tOfABackend"

RELEASED = f"""
www = fastly.Service("www", force_destroy=True)
with fastly.Release("www", service=www) as release:
    fastly.Domain("www.example.com", release=release)
    fastly.Backend("origin", release=release, address="origin.example.com", use_ssl=True,
                   ssl_cert_hostname="origin.example.com", ssl_client_cert="-----BEGIN CERTIFICATE-----\\nx",
                   ssl_client_key="-----BEGIN PRIVATE KEY-----\\n{PRIVATE_KEY}\\n-----END PRIVATE KEY-----")
    main = fastly.Vcl("main", release=release, main=True, content="sub vcl_recv {{\\n#FASTLY recv\\n}}\\n")
    redirects = fastly.Dictionary("redirects", release=release, force_destroy=True)
    fastly.DictionaryItems("redirects", dictionary=redirects, items={{"/a": "/b"}})
number = release.version.number
"""

OF_OUTPUTS = """
found = {
    "get_service": fastly.get_service_output(www.service_id),
    "get_services": number.apply(lambda _: fastly.get_services_output()),
    "get_service_details": fastly.get_service_details_output(www.service_id, number),
    "get_domains": number.apply(lambda _: fastly.get_domains_output(www.service_id)),
    "check_domains": fastly.check_domains_output(www.service_id, number),
    "get_version_diff": fastly.get_version_diff_output(www.service_id, number, -1),
    "get_generated_vcl": fastly.get_generated_vcl_output(www.service_id, number),
    "get_boilerplate": fastly.get_boilerplate_output(www.service_id, number),
    "get_vcl_content": fastly.get_vcl_content_output(www.service_id, number, main.name),
    "get_dictionary_info": fastly.get_dictionary_info_output(www.service_id, redirects.dictionary_id, version=number),
    "get_current_user": fastly.get_current_user_output(),
    "get_users": fastly.get_users_output(),
    "get_customer": fastly.get_customer_output(),
    "get_invitations": fastly.get_invitations_output(),
    "get_billing": fastly.get_billing_output(),
    "get_pricing_extras": fastly.get_pricing_extras_output(),
    "get_events": number.apply(lambda _: fastly.get_events_output(service_id=www.service_id)),
    "get_event_log": number.apply(lambda _: fastly.get_event_log_output(www.service_id)),
    "get_ip_ranges": fastly.get_ip_ranges_output(),
    "get_datacenters": fastly.get_datacenters_output(),
    "get_stats": fastly.get_stats_output(www.service_id, by="datacenter", type="hourly"),
    "get_realtime_stats": fastly.get_realtime_stats_output(www.service_id, seconds=2),
}
for name, output in found.items():
    pulumi.export(name, output)
"""

NOW = """
www = fastly.get_service(name="www")
version = www.active_version
found = {
    "get_service": www,
    "get_services": fastly.get_services(),
    "get_service_details": fastly.get_service_details(www.id),
    "get_domains": fastly.get_domains(www.id),
    "check_domains": fastly.check_domains(www.id, version, name="www.example.com"),
    "get_version_diff": fastly.get_version_diff(www.id, 1, version),
    "get_generated_vcl": fastly.get_generated_vcl(www.id),
    "get_boilerplate": fastly.get_boilerplate(www.id, version),
    "get_vcl_content": fastly.get_vcl_content(www.id, version, "main"),
    "get_dictionary_info": fastly.get_dictionary_info(www.id, DICTIONARY),
    "get_current_user": fastly.get_current_user(),
    "get_users": fastly.get_users(),
    "get_customer": fastly.get_customer(),
    "get_invitations": fastly.get_invitations(),
    "get_billing": fastly.get_billing(year=2024, month=1),
    "get_pricing_extras": fastly.get_pricing_extras(),
    "get_events": fastly.get_events(service_id=www.id),
    "get_event_log": fastly.get_event_log(www.id),
    "get_ip_ranges": fastly.get_ip_ranges(),
    "get_datacenters": fastly.get_datacenters(),
    "get_stats": fastly.get_stats(www.id, by="datacenter", type="hourly"),
    "get_realtime_stats": fastly.get_realtime_stats(www.id, seconds=2),
}
for name, value in found.items():
    pulumi.export(name, value)
"""
NAMES = re.findall(r'^    "(\w+)":', NOW, re.MULTILINE)


def checked(result: Result) -> Result:
    """The result, of a command that succeeded and showed no secret."""
    assert result.ok, str(result)
    assert KEY not in result.output
    assert PRIVATE_KEY not in result.output
    return result


def said(result: Result) -> list[str]:
    """The functions that a preview says it reads with."""
    return re.findall(r"^ *(\w+) reads from Fastly in a preview too", result.output, re.MULTILINE)


def check_exports(outputs: Mapping[str, Any], service_id: str) -> None:
    """Each result is an object in the stack's outputs, and several of something are a list in it."""
    assert sorted(outputs) == sorted(NAMES)
    assert all(isinstance(each, dict) for each in outputs.values())
    assert outputs["get_service"]["name"] == "www"
    assert [each["id"] for each in outputs["get_services"]["services"]] == [service_id]
    details = outputs["get_service_details"]["active_version_details"]
    backends = details["objects"]["backends"]
    assert [(each["name"], each["address"]) for each in backends] == [("origin", "origin.example.com")]
    assert details["settings"]["general.default_ttl"] == 3600
    assert [each["name"] for each in outputs["get_domains"]["domains"]] == ["www.example.com"]
    assert outputs["check_domains"]["checks"] == [{"name": "www.example.com", "cname": None, "ok": False}]
    assert outputs["get_vcl_content"]["content"] == "sub vcl_recv {\n#FASTLY recv\n}\n"
    assert outputs["get_dictionary_info"]["item_count"] == 1
    activation = next(each for each in outputs["get_events"]["events"] if each["event_type"] == "version.activate")
    assert activation["metadata"]["version_number"] == 1
    assert outputs["get_event_log"]["entries"][0]["ref_id"] == service_id
    assert outputs["get_ip_ranges"]["cidr_blocks"][0] == "23.235.32.0/20"
    assert outputs["get_datacenters"]["pops"][0]["coordinates"]["latitude"]
    assert [each["values"]["requests"] for each in outputs["get_realtime_stats"]["seconds"]] == [0, 0]


def test_every_function(stack: Stack) -> None:
    stack.key = ""  # the key is that of the stack's configuration
    assert stack.run("config", "set", "--secret", "fastly:apiKey", KEY).ok
    stack.environment["PULUMI_DEBUG_COMMANDS"] = "true"  # for --event-log
    logs: list[Path] = []

    def events() -> tuple[str, str]:
        logs.append(stack.folder.parent / f"events-{len(logs)}.json")
        return "--event-log", str(logs[-1])

    # Nothing is known yet, so only what takes no argument reads.
    first = checked(stack.preview(RELEASED + OF_OUTPUTS, *events()))
    of_account = [
        "get_billing",
        "get_current_user",
        "get_customer",
        "get_datacenters",
        "get_invitations",
        "get_ip_ranges",
        "get_pricing_extras",
        "get_users",
    ]
    assert sorted(set(said(first))) == of_account
    assert not first.writes

    checked(stack.up(None, *events()))
    service_id = stack.emulator.service_id()
    check_exports(stack.outputs(), service_id)

    again = checked(stack.preview(None, *events()))
    assert sorted(set(said(again))) == sorted(NAMES)
    assert len(said(again)) == len(set(said(again))), "each says it once"
    assert not again.writes

    dictionary = stack.emulator.objects(service_id, "dictionary")["redirects"]["id"]
    now = RELEASED + NOW.replace("DICTIONARY", repr(dictionary))
    preview = checked(stack.preview(now, *events()))
    assert said(preview) == NAMES
    assert not preview.writes
    up = checked(stack.up(None, *events()))
    assert said(up) == []
    assert not up.writes

    check_exports(stack.outputs(), service_id)

    texts = [log.read_text() for log in logs]
    assert ["get_users reads from Fastly in a preview too" in text for text in texts] == [
        True,
        False,
        True,
        True,
        False,
    ]
    for text in (*texts, json.dumps(stack.state())):
        assert KEY not in text
        assert PRIVATE_KEY not in text


def test_an_output_that_a_resource_depends_on(stack: Stack) -> None:
    program = RELEASED + (
        'fastly.Service("copy", force_destroy=True, comment=fastly.get_service_output(www.service_id).apply('
        'lambda found: f"copy of {found.name}"))\n'
    )
    preview = checked(stack.preview(program))
    assert not said(preview)
    checked(stack.up())
    rows = {row["name"]: row["comment"] for row in stack.emulator.services()}
    assert rows["copy"] == "copy of www"
    assert not checked(stack.up()).writes


def test_a_failure_that_a_release_depends_on(stack: Stack) -> None:
    """Nothing is activated, and the update ends."""
    result = stack.up(
        RELEASED.replace('"origin.example.com", use_ssl', 'fastly.get_service_output(name="gone").name, use_ssl')
    )
    assert not result.ok
    assert result.activations == 0
    errors = re.findall(r"^ *error: get_service: NotFound: GET /service/search: 404 ", result.output, re.MULTILINE)
    assert len(errors) == 1, str(result)
    assert "Traceback" not in result.output


FAILING = {
    "a read": ('fastly.get_service(name="gone")', "get_service: NotFound: GET /service/search: 404 "),
    "a wrong argument": (
        "fastly.get_service(nam='x')",
        "get_service got an unexpected keyword argument 'nam': did you",
    ),
    "a resource": (
        'fastly.get_service(fastly.Service("www"))',
        "get_service: service_id takes text, not a Service: write service_id=www.service_id, and use get_service_out",
    ),
    "a wrong argument of the form for Outputs": (
        "fastly.get_domains_output(service='x')",
        "get_domains_output got an unexpected keyword argument 'service': did you mean 'service_id'?",
    ),
    "an apply that nobody uses": (
        'fastly.get_service_output(name=pulumi.Output.from_input("gone"))',
        "get_service: NotFound: GET /service/search: 404 ",
    ),
    "an apply that a resource uses": (
        'fastly.Service("copy", comment=fastly.get_service_output(name="gone").apply(lambda found: found.name))',
        "get_service: NotFound: GET /service/search: 404 ",
    ),
    "an apply of a wrong type": (
        "fastly.get_service_output(pulumi.Output.from_input(5))",
        "get_service_output: service_id takes text, not int",
    ),
}


@pytest.mark.parametrize("command", ["preview", "up"])
@pytest.mark.parametrize(("line", "text"), FAILING.values(), ids=FAILING)
def test_a_failure_is_one_line(stack: Stack, line: str, text: str, command: str) -> None:
    stack.key = KEY
    stack.write(line)
    result = stack.preview() if command == "preview" else stack.up()
    assert not result.ok
    assert KEY not in result.output
    assert "Traceback" not in result.output
    errors = re.findall(r"^ *error: (.*)$", result.output, re.MULTILINE)
    ours = [error for error in errors if text in error]
    assert len(ours) == 1, str(result)
    assert re.search(r"\(__main__\.py:4\)$", ours[0])
    assert not result.writes
