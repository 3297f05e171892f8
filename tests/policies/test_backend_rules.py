"""Rules that look at one backend."""

from collections.abc import Mapping
from typing import Any

import pytest
from fastly_policies import RULES, ResourceRule
from fastly_policies.addresses import BACKEND_PUBLIC_ADDRESS
from fastly_policies.backends import BACKEND_HEALTHCHECK, BACKEND_TIMEOUTS
from fastly_policies.tls import BACKEND_MIN_TLS, BACKEND_TLS, BACKEND_TLS_NAMES, TLS_PORT

from .seen import UNKNOWN, backend, told

OF_BACKENDS = [rule for rule in RULES if isinstance(rule, ResourceRule) and "Backend" in rule.kinds]

VIOLATING: list[tuple[ResourceRule, dict[str, Any], str]] = [
    (BACKEND_TLS, {"use_ssl": None}, "use_ssl is False; set use_ssl=True"),
    (BACKEND_TLS, {"use_ssl": False}, "use_ssl is False; set use_ssl=True"),
    (BACKEND_TLS, {"ssl_check_cert": False}, "ssl_check_cert is False; set ssl_check_cert=True"),
    (BACKEND_TLS_NAMES, {"ssl_cert_hostname": None}, "ssl_cert_hostname is not set; set ssl_cert_hostname"),
    (BACKEND_TLS_NAMES, {"ssl_sni_hostname": None}, "ssl_sni_hostname is not set; set ssl_sni_hostname"),
    (
        BACKEND_TLS_NAMES,
        {"ssl_cert_hostname": "other.example.com"},
        "ssl_cert_hostname is 'other.example.com'; it must fit address 'origin.example.com'",
    ),
    (
        BACKEND_TLS_NAMES,
        {"ssl_sni_hostname": "other.example.com", "override_host": "www.example.com"},
        "it must fit address 'origin.example.com' or override_host 'www.example.com'",
    ),
    (
        BACKEND_TLS_NAMES,
        {"address": "203.0.113.1", "override_host": "www.example.com"},
        "ssl_cert_hostname is 'origin.example.com'",
    ),
    (BACKEND_MIN_TLS, {"min_tls_version": "1.1"}, "min_tls_version is '1.1'; set min_tls_version='1.2'"),
    (BACKEND_MIN_TLS, {"max_tls_version": "1.1"}, "max_tls_version is '1.1'; the minimum is 1.2"),
    # The resource's own check refuses this one too.
    (BACKEND_MIN_TLS, {"min_tls_version": "1.3", "max_tls_version": "1.2"}, "the minimum is 1.3"),
    (BACKEND_MIN_TLS, {"min_tls_version": None, "max_tls_version": "1.0"}, "max_tls_version is '1.0'"),
    (TLS_PORT, {"port": 80.0}, "port is 80; set port to the origin's TLS port, mostly 443"),
    (BACKEND_HEALTHCHECK, {"healthcheck": None}, "healthcheck is not set; declare a Healthcheck"),
    (BACKEND_TIMEOUTS, {"connect_timeout": 20000.0}, "connect_timeout is 20000; it should be 10000 or less"),
    (BACKEND_TIMEOUTS, {"first_byte_timeout": 0.0}, "first_byte_timeout is 0; it should be 1000 or more"),
    (
        BACKEND_TIMEOUTS,
        {"between_bytes_timeout": 99999.0},
        "between_bytes_timeout is 99999; it should be 60000 or less",
    ),
    (BACKEND_TIMEOUTS, {"max_conn": 1.0}, "max_conn is 1; it should be 10 or more"),
]

PASSING: list[tuple[ResourceRule, dict[str, Any]]] = [
    (BACKEND_TLS_NAMES, {"ssl_cert_hostname": "ORIGIN.example.com"}),
    (BACKEND_TLS_NAMES, {"address": "lb.example.net", "override_host": "origin.example.com"}),
    # Fastly's older property stands for both.
    (
        BACKEND_TLS_NAMES,
        {"ssl_cert_hostname": None, "ssl_sni_hostname": None, "ssl_hostname": "origin.example.com"},
    ),
    (BACKEND_TLS_NAMES, {"address": "203.0.113.1"}),
    (BACKEND_TLS_NAMES, {"use_ssl": False, "ssl_cert_hostname": None, "ssl_sni_hostname": None}),
    (BACKEND_TLS_NAMES, {"ssl_check_cert": False, "ssl_cert_hostname": None}),
    (BACKEND_MIN_TLS, {"min_tls_version": "1.3", "max_tls_version": "1.3"}),
    (BACKEND_MIN_TLS, {"min_tls_version": None}),
    (BACKEND_TIMEOUTS, {"connect_timeout": 10000.0, "max_conn": 10.0}),
    (TLS_PORT, {"port": 8443.0}),
    (TLS_PORT, {"port": 80.0, "use_ssl": False}),
    *((rule, {"weight": weight}) for rule in OF_BACKENDS for weight in (200.0, 100000.0)),
]


@pytest.mark.parametrize("rule", OF_BACKENDS, ids=lambda rule: rule.name)
def test_a_good_backend_passes(rule: ResourceRule):
    assert told(rule, backend()) == []


@pytest.mark.parametrize(("rule", "props", "text"), VIOLATING, ids=lambda value: getattr(value, "name", None))
def test_violating(rule: ResourceRule, props: dict[str, Any], text: str):
    (said, *_) = told(rule, backend(**props))
    assert said.startswith("Backend 'origin': ")
    assert text in said


@pytest.mark.parametrize(("rule", "props"), PASSING, ids=lambda value: getattr(value, "name", None))
def test_passing(rule: ResourceRule, props: dict[str, Any]):
    assert told(rule, backend(**props)) == []


@pytest.mark.parametrize("rule", OF_BACKENDS, ids=lambda rule: rule.name)
@pytest.mark.parametrize("name", sorted(backend().props))
def test_an_unknown_property_is_not_judged(rule: ResourceRule, name: str):
    assert told(rule, backend(**{name: UNKNOWN})) == []


def test_an_unknown_property_does_not_silence_what_is_known():
    assert told(BACKEND_TLS, backend(use_ssl=UNKNOWN, ssl_check_cert=False))
    assert told(BACKEND_TIMEOUTS, backend(connect_timeout=UNKNOWN, max_conn=1.0))
    assert told(BACKEND_TLS_NAMES, backend(ssl_cert_hostname=UNKNOWN, ssl_sni_hostname=None))


PARAMETERS: list[tuple[ResourceRule, dict[str, Any], Mapping[str, Any], bool]] = [
    (BACKEND_TLS, {"use_ssl": False}, {"exempt": ["orig*"]}, True),
    (BACKEND_TLS, {"use_ssl": False}, {"exempt": ["other"]}, False),
    (BACKEND_TLS_NAMES, {"ssl_cert_hostname": "a.other.net"}, {"names": ["*.OTHER.net"]}, True),
    (BACKEND_MIN_TLS, {"min_tls_version": "1.1"}, {"minimum": "1.1"}, True),
    (BACKEND_MIN_TLS, {"min_tls_version": "1.2"}, {"minimum": "1.3"}, False),
    (BACKEND_MIN_TLS, {"min_tls_version": None}, {"required": True}, False),
    (BACKEND_MIN_TLS, {"min_tls_version": None, "use_ssl": False}, {"required": True}, True),
    (BACKEND_TIMEOUTS, {"connect_timeout": 1.0}, {"connectTimeout": {"max": 5000.0}}, True),
    (BACKEND_TIMEOUTS, {"connect_timeout": 5001.0}, {"connectTimeout": {"max": 5000.0}}, False),
    (BACKEND_PUBLIC_ADDRESS, {"address": "10.1.2.3"}, {"allow": ["10.1.*"]}, True),
    (BACKEND_PUBLIC_ADDRESS, {"address": "10.1.2.3:80"}, {"allow": ["10.1.2.3"]}, True),
    (BACKEND_PUBLIC_ADDRESS, {"address": "10.1.2.3:80"}, {"allow": ["10.1.2.3:80"]}, True),
    (TLS_PORT, {"port": 80.0}, {"exempt": ["*"]}, True),
]


@pytest.mark.parametrize(("rule", "props", "configured", "passes"), PARAMETERS)
def test_parameters(rule: ResourceRule, props: dict[str, Any], configured: Mapping[str, Any], passes: bool):
    assert (told(rule, backend(**props), **configured) == []) is passes


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("127.0.0.1", "a loopback address"),
        ("127.1", "a loopback address"),
        ("2130706433", "a loopback address"),
        ("0x7f.1", "a loopback address"),
        ("::1", "a loopback address"),
        ("[::1]", "a loopback address"),
        ("::ffff:127.0.0.1", "a loopback address"),
        ("localhost", "a loopback name"),
        ("localhost.", "a loopback name"),
        ("127.0.0.1:8443", "a loopback address"),
        ("localhost:8443", "a loopback name"),
        ("app.localhost.:80", "a loopback name"),
        ("10.0.0.1:80", "a private address"),
        ("2130706433:443", "a loopback address"),
        ("[::1]:443", "a loopback address"),
        ("[fd00::1]:443", "a private address"),
        ("[::ffff:10.0.0.1]", "a private address"),
        ("[127.0.0.1]", "a loopback address"),
        ("[localhost]:443", "a loopback name"),
        ("LOCALHOST", "a loopback name"),
        ("app.localhost", "a loopback name"),
        ("169.254.169.254", "a link-local address"),
        ("fe80::1", "a link-local address"),
        ("10.0.0.1", "a private address"),
        ("172.16.0.1", "a private address"),
        ("192.168.1.1", "a private address"),
        ("fd00::1", "a private address"),
        ("2002:0a00:0001::1", "a private address"),
        ("100.64.0.1", "a reserved address"),
        ("0.0.0.0", "not the address of a host"),
        ("224.0.0.1", "not the address of a host"),
        ("ff02::1", "not the address of a host"),
        ("240.0.0.1", "address"),
        ("255.255.255.255", "address"),
        ("192.0.2.1", "address"),
    ],
)
def test_addresses_that_lead_nowhere(address: str, what: str):
    (said,) = told(BACKEND_PUBLIC_ADDRESS, backend(address=address))
    assert what in said
    assert f"address is '{address.lower()}'" in said


@pytest.mark.parametrize(
    "address",
    [
        "origin.example.com",
        "151.101.1.57",
        "2a04:4e42::313",
        "10.example.com",
        "1e100.net",
        "999.1.1.1",
        "origin.example.com:8443",
        "151.101.1.57:443",
        "[2a04:4e42::313]",
        "[2a04:4e42::313]:443",
        "localhost.example.com:80",
    ],
)
def test_public_addresses(address: str):
    assert told(BACKEND_PUBLIC_ADDRESS, backend(address=address)) == []


REMEDIES: list[tuple[ResourceRule, dict[str, Any], dict[str, Any]]] = [
    (BACKEND_TLS, {"ssl_check_cert": False}, {"ssl_check_cert": True}),
    (BACKEND_TLS, {}, {}),
    # There is more than one right answer: which port?
    (BACKEND_TLS, {"use_ssl": False}, {}),
    (BACKEND_TLS, {"ssl_check_cert": UNKNOWN}, {}),
    (BACKEND_MIN_TLS, {"min_tls_version": "1.0"}, {"min_tls_version": "1.2"}),
    (BACKEND_MIN_TLS, {"min_tls_version": "1.3"}, {}),
    (BACKEND_TLS_NAMES, {"ssl_sni_hostname": None}, {"ssl_sni_hostname": "origin.example.com"}),
    (BACKEND_TLS_NAMES, {"ssl_sni_hostname": "other.example.com"}, {"ssl_sni_hostname": "origin.example.com"}),
    (BACKEND_TLS_NAMES, {"ssl_sni_hostname": None, "ssl_cert_hostname": "other.example.com"}, {}),
    (BACKEND_TLS_NAMES, {"ssl_sni_hostname": None, "ssl_cert_hostname": None}, {}),
    (BACKEND_TLS_NAMES, {}, {}),
    (BACKEND_HEALTHCHECK, {"healthcheck": None}, {}),
]


@pytest.mark.parametrize(("rule", "props", "changes"), REMEDIES)
def test_remedies(rule: ResourceRule, props: dict[str, Any], changes: dict[str, Any]):
    found = backend(**props)
    assert rule.changes(found, rule.settings()) == changes
    assert told(rule, backend(**{**props, **changes})) == [] or not changes


def test_no_remedy_for_the_exempt():
    found = backend(ssl_check_cert=False)
    assert BACKEND_TLS.changes(found, BACKEND_TLS.settings({"exempt": ["*"]})) == {}
