"""Rules that compare properties hold for every kind of logging endpoint that has these properties."""

from typing import Any

import pytest
from pulumi_fastly_dynamic.schema import KINDS

from tests.cases import CASES
from tests.cases.pem import CERTIFICATE, KEY

from .declared_kind import Declared

KINDS_OF_LOGS = [kind for kind in KINDS if kind.startswith("logging_")]
ROLE = "arn:aws:iam::123456789012:role/logs"
RULES: list[tuple[dict[str, Any], str, str]] = [
    (
        {"gzip_level": 1, "compression_codec": "gzip"},
        "gzip_level",
        "gzip_level and compression_codec cannot be combined: remove one",
    ),
    (
        {"iam_role": ROLE, "access_key": "A", "secret_key": "S"},
        "iam_role",
        "iam_role cannot be combined with access_key and secret_key: remove one or the other",
    ),
    (
        {"iam_role": None, "access_key": None, "secret_key": None},
        "iam_role",
        "iam_role is missing: set it, or access_key and secret_key",
    ),
    (
        {"tls_client_cert": CERTIFICATE, "tls_client_key": None},
        "tls_client_key",
        "tls_client_key is missing: tls_client_cert needs it",
    ),
    (
        {"tls_client_cert": None, "tls_client_key": KEY},
        "tls_client_cert",
        "tls_client_cert is missing: tls_client_key needs it",
    ),
    (
        {"account_name": None, "project_id": "p", "user": None, "secret_key": None},
        "account_name",
        "account_name is missing: set it, or user and secret_key",
    ),
    ({"timestamp_format": "%Y", "period": 0}, "period", "period must be at least 1"),
    ({"placement": "waf"}, "placement", "placement must be 'none' or 'waf_debug'"),
    ({"format": ""}, "format", "format is empty"),
]


def rows() -> list[Any]:
    return [
        pytest.param(kind, *rule, id=f"{kind}-{'-'.join(rule[0])}")
        for kind in KINDS_OF_LOGS
        for rule in RULES
        if rule[0].keys() <= {field.name for field in KINDS[kind].fields}
    ]


@pytest.mark.parametrize(("kind", "values", "name", "text"), rows())
def test_refused_with_the_property_and_what_to_do(kind: str, values: dict[str, Any], name: str, text: str) -> None:
    case = CASES[kind]
    assert Declared(kind, **case.inputs(case.name, case.minimal)).refusals(**values) == {name: text}


def test_every_rule_has_a_kind() -> None:
    tried = [row.values[1] for row in rows()]
    assert all(values in tried for values, _, _ in RULES)


COMPRESSING = [
    kind
    for kind in KINDS_OF_LOGS
    if {"gzip_level", "compression_codec"} <= {field.name for field in KINDS[kind].fields}
]


@pytest.mark.parametrize("kind", COMPRESSING)
def test_a_codec_decides_on_the_level(kind: str) -> None:
    """Fastly documents level 3 for the codec gzip; a program cannot set both."""
    case = CASES[kind]
    declared = Declared(kind, **case.inputs(case.name, case.minimal))
    row = {**case.row(case.name, case.minimal), "compression_codec": "gzip", "gzip_level": "3"}
    assert declared.put(row, compression_codec="gzip") == {}
    assert declared.read(row)["gzip_level"] == 0
    assert declared.put(row, compression_codec="zstd") == {"compression_codec": "zstd"}
    assert declared.put(row, compression_codec=None) == {"compression_codec": "", "gzip_level": "0"}
    assert declared.put(row, gzip_level=3) == {"compression_codec": "", "gzip_level": "3"}
