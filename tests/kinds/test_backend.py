import pytest

from .declared import Declared

BACKEND = Declared("backend", name="origin", address="origin.example.com")
KEY = "-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----\n"
CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n"

AS_ANSWERED = {
    "address": "origin.example.com",
    "auto_loadbalance": False,
    "between_bytes_timeout": 10000,
    "client_cert": None,
    "comment": "",
    "connect_timeout": 1000,
    "created_at": "2021-11-03T16:16:18Z",
    "deleted_at": None,
    "error_threshold": 0,
    "first_byte_timeout": 15000,
    "healthcheck": None,
    "hostname": "origin.example.com",
    "ipv4": None,
    "ipv6": None,
    "keepalive_time": None,
    "max_conn": 200,
    "max_lifetime": None,
    "max_tls_version": None,
    "max_use": None,
    "min_tls_version": None,
    "name": "origin",
    "override_host": None,
    "port": 80,
    "prefer_ipv6": False,
    "request_condition": "",
    "service_id": "kKJb5bOFI47uHeBVluGfX1",
    "share_key": None,
    "shield": None,
    "ssl_ca_cert": None,
    "ssl_cert_hostname": None,
    "ssl_check_cert": True,
    "ssl_ciphers": None,
    "ssl_client_cert": None,
    "ssl_client_key": None,
    "ssl_hostname": None,
    "ssl_sni_hostname": None,
    "tcp_keepalive_enable": None,
    "tcp_keepalive_interval": None,
    "tcp_keepalive_probes": None,
    "tcp_keepalive_time": None,
    "updated_at": "2021-11-03T16:16:18Z",
    "use_ssl": False,
    "version": 56,
    "weight": 100,
}
"""A backend of which only name and address were given, as the API answers it."""


def test_fields() -> None:
    strings = ("override_host", "shield", "healthcheck", "request_condition", "share_key", "ssl_cert_hostname")
    tls = ("ssl_sni_hostname", "ssl_hostname", "ssl_ca_cert", "ssl_ciphers", "ssl_client_cert", "ssl_client_key")
    numbers = ("max_use", "max_lifetime", "keepalive_time")
    probes = ("tcp_keepalive_interval", "tcp_keepalive_probes", "tcp_keepalive_time")
    versions = ("min_tls_version", "max_tls_version")
    assert BACKEND.fields() == {
        "name": ("name", "string", "required"),
        "address": ("address", "string", "required"),
        "port": ("port", "integer", 80),
        "weight": ("weight", "integer", 100),
        "connect_timeout": ("connect_timeout", "integer", 1000),
        "first_byte_timeout": ("first_byte_timeout", "integer", 15000),
        "between_bytes_timeout": ("between_bytes_timeout", "integer", 10000),
        "max_conn": ("max_conn", "integer", 200),
        "error_threshold": ("error_threshold", "integer", 0),
        "auto_loadbalance": ("auto_loadbalance", "boolean", False),
        "prefer_ipv6": ("prefer_ipv6", "boolean", False),
        "use_ssl": ("use_ssl", "boolean", False),
        "ssl_check_cert": ("ssl_check_cert", "boolean", True),
        "tcp_keepalive_enable": ("tcp_keepalive_enable", "boolean", None),
        "comment": ("comment", "string", ""),
        **{name: (name, "string", None) for name in (*strings, *tls, *versions)},
        **{name: (name, "integer", None) for name in (*numbers, *probes)},
    }


def test_the_key_alone_is_secret() -> None:
    assert [f.name for f in BACKEND.schema.fields if f.secret] == ["ssl_client_key"]


def test_references() -> None:
    found = {f.name: (f.reference.kind, f.reference.type) for f in BACKEND.schema.fields if f.reference}
    assert found == {"healthcheck": ("healthcheck", None), "request_condition": ("condition", "REQUEST")}


def test_a_default_backend_is_what_the_api_makes_of_it() -> None:
    assert BACKEND.put(AS_ANSWERED) == {}


@pytest.mark.parametrize(
    "values",
    [
        {"address": "192.0.2.1"},
        {"address": "2001:db8::1"},
        {"port": 1},
        {"port": 65535.0},
        {"port": "443"},
        {"weight": 0},
        {"weight": 200},
        {"address": "2001:db8::"},
        {"address": "::1"},
        {"address": "a_b.example.com"},
        {"address": "localhost"},
        {"address": "1.example.com"},
        {"address": "example.c0m"},
        {"address": "xn--bcher-kva.example"},
        {"connect_timeout": 0},
        {"max_lifetime": 4294967295},
        {"use_ssl": "true"},
        {"share_key": "Shared1"},
        {"min_tls_version": "1.2", "max_tls_version": "1.2"},
        {"max_tls_version": "1.0"},
        {"ssl_client_key": KEY, "ssl_client_cert": CERTIFICATE},
        {"ssl_ca_cert": "\n" + CERTIFICATE},
        {"override_host": ""},
        {"ssl_sni_hostname": "*.example.com"},
    ],
    ids=str,
)
def test_taken(values: dict[str, object]) -> None:
    assert BACKEND.refusals(**values) == {}


@pytest.mark.parametrize(
    ("values", "refusals"),
    [
        ({"address": None}, {"address": "address is missing"}),
        ({"address": "origin.example.com."}, {"address": "without scheme, path or a dot at its end"}),
        ({"address": "https://origin.example.com"}, {"address": "must be a host name or IP address"}),
        ({"address": "a b"}, {"address": "must be a host name or IP address"}),
        ({"name": ""}, {"name": "name is empty"}),
        ({"port": 0}, {"port": "port should be greater than or equal to 1"}),
        ({"port": 65536.0}, {"port": "port should be less than or equal to 65535"}),
        ({"port": 80.5}, {"port": "port should be a valid integer"}),
        ({"port": "https"}, {"port": "port should be a valid integer"}),
        ({"address": "o.example.com:8443"}, {"address": "address must be without a port: set `port`"}),
        ({"address": "127.0.0.1:443"}, {"address": "address must be without a port: set `port`"}),
        ({"address": "[2001:db8::1]:443"}, {"address": "address must be without a port: set `port`"}),
        ({"address": "[2001:db8::1]"}, {"address": "address must be without brackets"}),
        ({"address": "b\xfccher.example"}, {"address": "address must be ASCII: write the name in its xn-- form"}),
        ({"address": "300.1.2.3"}, {"address": "address must be a valid IPv4 address or a host name"}),
        ({"address": "1.2.3"}, {"address": "address must be a valid IPv4 address or a host name"}),
        ({"address": "0177.0.0.1"}, {"address": "address must be a valid IPv4 address or a host name"}),
        ({"address": "2130706433"}, {"address": "address must be a valid IPv4 address or a host name"}),
        ({"address": "example.com:https"}, {"address": "must be a host name or IP address"}),
        ({"address": "2001:db8::zz"}, {"address": "must be a host name or IP address"}),
        ({"address": "user@example.com"}, {"address": "must be a host name or IP address"}),
        ({"address": "fe80::1%eth0"}, {"address": "must be a host name or IP address"}),
        ({"address": "https://o.example.com:8443"}, {"address": "must be a host name or IP address"}),
        ({"address": ""}, {"address": "must be a host name or IP address"}),
        ({"weight": -1}, {"weight": "weight should be greater than or equal to 0"}),
        ({"first_byte_timeout": -1}, {"first_byte_timeout": "should be greater than or equal to 0"}),
        ({"max_conn": -1}, {"max_conn": "should be greater than or equal to 0"}),
        ({"use_ssl": "maybe"}, {"use_ssl": "use_ssl should be a valid boolean"}),
        ({"share_key": "a-b"}, {"share_key": "share_key must be letters and digits"}),
        ({"min_tls_version": "1.4"}, {"min_tls_version": "should be '1.0', '1.1', '1.2' or '1.3'"}),
        (
            {"min_tls_version": "1.3", "max_tls_version": "1.2"},
            {"max_tls_version": "max_tls_version must not be below min_tls_version"},
        ),
        (
            {"ssl_client_key": KEY},
            {"ssl_client_cert": "ssl_client_key needs ssl_client_cert"},
        ),
        (
            {"ssl_client_cert": CERTIFICATE},
            {"ssl_client_key": "ssl_client_cert needs ssl_client_key"},
        ),
        ({"ssl_ca_cert": "ca.pem"}, {"ssl_ca_cert": "must be PEM"}),
        ({"ssl_cert_hostname": "https://example.com"}, {"ssl_cert_hostname": "must be a host name, without scheme"}),
        ({"ssl_sni_hostname": "example.com:443"}, {"ssl_sni_hostname": "without scheme, port or path"}),
    ],
    ids=str,
)
def test_refused(values: dict[str, object], refusals: dict[str, str]) -> None:
    found = BACKEND.refusals(**values)
    assert found.keys() == refusals.keys()
    for name, part in refusals.items():
        assert part in found[name]
        assert name in found[name] or name in part


def test_a_refused_key_is_not_quoted() -> None:
    assert "hush" not in BACKEND.refusals(ssl_client_key="hush", ssl_client_cert=CERTIFICATE)["ssl_client_key"]


def test_create_leaves_out_what_is_empty() -> None:
    """The API refuses empty TLS and override strings on create."""
    form = BACKEND.post(use_ssl=True, ssl_check_cert=False, override_host="", ssl_hostname="", comment="")
    assert form == {
        "name": "origin",
        "address": "origin.example.com",
        "port": "80",
        "weight": "100",
        "auto_loadbalance": "0",
        "connect_timeout": "1000",
        "first_byte_timeout": "15000",
        "between_bytes_timeout": "10000",
        "max_conn": "200",
        "error_threshold": "0",
        "prefer_ipv6": "0",
        "use_ssl": "1",
        "ssl_check_cert": "0",
    }


@pytest.mark.parametrize(
    ("have", "values", "form"),
    [
        ({"override_host": "www.example.com"}, {}, {"override_host": ""}),
        ({"max_use": 100, "comment": "x"}, {"comment": ""}, {"max_use": "", "comment": ""}),
        ({"ssl_check_cert": False}, {}, {"ssl_check_cert": "1"}),
        ({"port": 0}, {}, {"port": "80", "use_ssl": "0"}),  # else the API would set use_ssl by itself
        ({}, {"use_ssl": True, "port": 443.0}, {"use_ssl": "1", "port": "443"}),
        ({"tcp_keepalive_enable": True}, {"tcp_keepalive_enable": False}, {"tcp_keepalive_enable": "0"}),
        ({"tcp_keepalive_enable": True}, {}, {"tcp_keepalive_enable": ""}),
        ({"healthcheck": "check"}, {}, {"healthcheck": ""}),
    ],
    ids=str,
)
def test_update_sends_what_differs_and_empty_what_is_cleared(
    have: dict[str, object], values: dict[str, object], form: dict[str, str]
) -> None:
    assert BACKEND.put({**AS_ANSWERED, **have}, **values) == form


@pytest.mark.parametrize(
    "row",
    [
        {"port": "80", "use_ssl": "0", "ssl_check_cert": "1", "weight": "100", "override_host": ""},
        {"port": None, "use_ssl": None, "ssl_check_cert": None, "max_conn": None, "comment": None},
        {"port": 80.0, "use_ssl": 0, "ssl_check_cert": 1, "healthcheck": "", "max_use": ""},
        {"ssl_check_cert": "true", "use_ssl": "False", "request_condition": None},
    ],
    ids=str,
)
def test_numbers_strings_and_null_read_back_as_declared(row: dict[str, object]) -> None:
    assert BACKEND.read({**AS_ANSWERED, **row}) == BACKEND.check()
    assert BACKEND.put({**AS_ANSWERED, **row}) == {}


def test_pem_comes_back_without_the_space_at_its_end() -> None:
    row = {**AS_ANSWERED, "ssl_ca_cert": CERTIFICATE.rstrip()}
    assert BACKEND.put(row, ssl_ca_cert=CERTIFICATE) == {}
