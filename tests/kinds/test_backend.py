import pytest

from tests.cases import CASES

from .declared_kind import Declared

BACKEND = Declared("backend", name="origin", address="origin.example.com")
KEY = "-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----\n"
CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n"

AS_ANSWERED = CASES["backend"].row(BACKEND.least.get("name", ""), BACKEND.least)


def test_the_key_alone_is_secret() -> None:
    assert [f.name for f in BACKEND.schema.fields if f.secret] == ["ssl_client_key"]


def test_references() -> None:
    found = {f.name: (f.reference.kind, f.reference.type) for f in BACKEND.schema.fields if f.reference}
    assert found == {"healthcheck": ("healthcheck", None), "request_condition": ("condition", "REQUEST")}


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


def test_pem_comes_back_without_the_space_at_its_end() -> None:
    row = {**AS_ANSWERED, "ssl_ca_cert": CERTIFICATE.rstrip()}
    assert BACKEND.put(row, ssl_ca_cert=CERTIFICATE) == {}
