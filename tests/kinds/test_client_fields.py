"""Every kind against Fastly's own Python client: each difference is listed, with its reason."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from annotated_types import Ge, Le, MaxLen
from pulumi_fastly_dynamic.schema import KINDS, Field, ValueType

from tests.cases import CASES

from .test_kind_cases import ANSWERED_ONLY

CLIENT = json.loads((Path(__file__).parents[1] / "data" / "fastly_client_fields.json").read_text())["kinds"]
LIMITS = ("inclusive_minimum", "inclusive_maximum", "min_items", "max_length", "regex")
SENT = [(kind, wire) for kind, fields in CLIENT.items() for wire in fields]

FILES = [kind for kind in CLIENT if "timestamp_format" in {field.wire for field in KINDS[kind].fields}]
IMAGE_OPTIMIZER = [field.wire for field in KINDS["image_optimizer_settings"].fields]
LOGS = [kind for kind in CLIENT if kind.startswith("logging_")]
Table = Mapping[tuple[str, str], str]
"""Kind and field, and the reason for the difference."""


def each(kinds: list[str], *wires: str, why: str) -> Table:
    return {(kind, wire): why for kind in kinds for wire in wires}


NO_PROPERTIES: Table = {
    ("service", "customer_id"): "only a reseller's key can set it",
    ("service", "type"): "only services of type vcl, the default",
}
"""Fields of a kind without a case that are no property; those of the others are in their case, as ``left_out``."""

NOT_IN_CLIENT: Table = {
    **each(["service"], "adopt_id", "force_destroy", why="options of this package"),
    ("backend", "error_threshold"): "in recordings and in Fastly's Terraform provider",
    **each(["image_optimizer_settings"], *IMAGE_OPTIMIZER, why="the client does not know the kind"),
    ("logging_grafanacloudlogs", "message_type"): "in Fastly's Go client",
    **each(["logging_https"], "compression_codec", "gzip_level", why="in recordings and in Fastly's Go client"),
    **each(["logging_kinesis"], "log_processing_region", "response_condition", why="in recordings"),
    **each(
        ["rate_limiter"],
        "response[content]",
        "response[content_type]",
        "response[status]",
        why="the client's model has `response` as an object that no operation sends",
    ),
}
"""Fields of ours that the client does not send."""

OTHER_CHOICES: dict[tuple[str, str], tuple[set[Any], set[Any], str]] = {
    ("header", "type"): ({"fetch"}, set(), "in recordings and in Fastly's Terraform provider"),
    ("logging_datadog", "region"): ({"EU"}, {"EU (legacy, same as EU1)"}, "a comment in the client's value"),
    **dict.fromkeys(
        [(kind, "placement") for kind in LOGS],
        ({"waf_debug"}, set(), "Fastly once had it, and services may still have it"),
    ),
}
"""Fields with other values than in the client: those that only we take, those that only the client takes, and why."""

FREE: Table = {
    ("logging_kinesis", "region"): "AWS opens new regions",
    ("rate_limiter", "logger_type"): "Fastly adds new kinds of endpoints",
}
"""Fields whose values the client restricts, and we do not."""

OUR_CHOICES: Table = {
    ("backend", "max_tls_version"): "the versions of TLS",
    ("backend", "min_tls_version"): "the versions of TLS",
    ("healthcheck", "http_version"): "the versions of HTTP that the documentation of the field names",
    **each(["image_optimizer_settings"], "resize_filter", "jpeg_type", why="those of the documentation"),
    ("logging_grafanacloudlogs", "message_type"): "as for all other kinds",
    ("logging_https", "compression_codec"): "as for all other kinds",
    ("logging_kinesis", "log_processing_region"): "as for all other kinds",
    **each(["logging_s3"], "acl", "redundancy", "server_side_encryption", why="those of Fastly's Go client and of AWS"),
}
"""Fields whose values we restrict, and the client does not."""

OUR_LIMITS: Table = {
    ("backend", "port"): "the ports of TCP",
    **each([kind for kind in LOGS if "port" in CLIENT[kind]], "port", why="the ports of TCP"),
    ("domain", "name"): "the length of host names in DNS",
    **each(["healthcheck"], "timeout", "window", why="nothing could ever be healthy"),
    ("healthcheck", "expected_response"): "the status codes of HTTP",
    **each(["image_optimizer_settings"], "webp_quality", "jpeg_quality", why="percentages"),
    ("rate_limiter", "response[status]"): "three digits",
    ("response_object", "status"): "three digits",
    **each(FILES, "period", why="a file would never be finished"),
    **each([*FILES, "logging_https"], "gzip_level", why="the levels of gzip, in the text of the field"),
}
"""Limits that only we have, beside "not below 0" and "not empty"."""

OTHER_DEFAULTS: Table = {
    ("condition", "priority"): "10 in recordings and in Fastly's Terraform provider; it is always sent",
    **each(
        ["backend"],
        "tcp_keepalive_interval",
        "tcp_keepalive_probes",
        "tcp_keepalive_time",
        why="null in recordings where not sent, which stands for these values",
    ),
    **each(FILES, "message_type", why="classic in recordings and in Fastly's Terraform provider; it is always sent"),
    ("logging_newrelicotlp", "region"): "null in recordings where not sent, which stands for US",
}
"""Fields whose default in the client is another one."""


def ours(kind: str) -> dict[str, Field]:
    return {field.wire: field for field in KINDS[kind].fields if not field.client_only}


def literals(annotation: Any) -> Iterator[Any]:
    """All values of the ``Literal`` types in an annotation."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif get_origin(annotation) in {Annotated, Union, UnionType, list}:
        for part in get_args(annotation):
            yield from literals(part)


def limits(annotation: Any) -> Iterator[Any]:
    """All limits in an annotation but "not below 0" and "not empty"."""
    for part in get_args(annotation):
        if isinstance(part, Le | MaxLen) or (isinstance(part, Ge) and part.ge != 0):
            yield part
        else:
            yield from limits(part)


def takes(field: Field, value: Any) -> bool:
    return not field.validate(value)[1]


@pytest.mark.parametrize("kind", CLIENT)
def test_every_field_of_the_client_is_a_property_or_left_out_for_a_reason(kind: str) -> None:
    left_out = {wire for of, wire in NO_PROPERTIES if of == kind}
    if kind in CASES:
        left_out |= CASES[kind].left_out.keys()
    names = {wire.partition("[")[0] for wire in ours(kind)} | {"dynamic"} if "snippet" in kind else ours(kind).keys()
    assert CLIENT[kind].keys() - names - ANSWERED_ONLY <= left_out


def test_what_is_left_out_is_a_field_of_the_api() -> None:
    stale = [
        (kind, wire)
        for kind, case in CASES.items()
        for wire in case.left_out
        if wire not in case.documented.split() and wire not in CLIENT.get(kind, {})
    ]
    assert stale == []
    assert [key for key in NO_PROPERTIES if key not in SENT] == []


def test_properties_that_the_client_lacks() -> None:
    assert {(kind, wire) for kind, sent in CLIENT.items() for wire in ours(kind).keys() - sent.keys()} == {
        *NOT_IN_CLIENT,
    }


def test_choices() -> None:
    found = {}
    for kind, wire in SENT:
        if "choices" in CLIENT[kind][wire] and wire in ours(kind) and ours(kind)[wire].type is not ValueType.BOOLEAN:
            theirs, mine = set(CLIENT[kind][wire]["choices"]), set(literals(ours(kind)[wire].annotation))
            if mine != theirs:
                found[kind, wire] = (mine - theirs, theirs - mine) if mine else None
    assert found == {**{key: row[:2] for key, row in OTHER_CHOICES.items()}, **dict.fromkeys(FREE)}


def test_choices_that_only_we_have() -> None:
    found = {
        (kind, wire)
        for kind in CLIENT
        for wire, field in ours(kind).items()
        if set(literals(field.annotation)) and "choices" not in CLIENT[kind].get(wire, {})
    }
    assert found == OUR_CHOICES.keys()


@pytest.mark.parametrize(
    ("kind", "wire"),
    [(kind, wire) for kind, wire in SENT if CLIENT[kind][wire].keys() & set(LIMITS) and wire in ours(kind)],
)
def test_limits(kind: str, wire: str) -> None:
    """What is beyond a limit of the client is refused, and what is within is taken."""
    field, said = ours(kind)[wire], CLIENT[kind][wire]
    if "inclusive_maximum" in said:
        assert takes(field, said["inclusive_maximum"])
        assert not takes(field, said["inclusive_maximum"] + 1)
    if "inclusive_minimum" in said:
        assert takes(field, said["inclusive_minimum"])
        assert not takes(field, said["inclusive_minimum"] - 1)
    if "min_items" in said:
        assert not takes(field, [])
    if "max_length" in said and not field.reference:  # which is checked as the name of its object
        assert takes(field, "X" * said["max_length"])
        assert not takes(field, "X" * (said["max_length"] + 1))
    if "regex" in said:
        assert [takes(field, text) for text in ("Ab1", "AB", "a-b", "")] == [
            bool(re.search(said["regex"], text)) for text in ("Ab1", "AB", "a-b", "")
        ]


def test_limits_that_only_we_have() -> None:
    found = {
        (kind, wire)
        for kind, sent in CLIENT.items()
        for wire, field in ours(kind).items()
        if list(limits(field.annotation))
        and not {"inclusive_minimum", "inclusive_maximum", "max_length"} & sent.get(wire, {}).keys()
    }
    assert found == OUR_LIMITS.keys()


def test_defaults() -> None:
    found = {
        (kind, wire)
        for kind, wire in SENT
        if wire in ours(kind)
        and not ours(kind)[wire].required
        and "default" in CLIENT[kind][wire]
        and not ours(kind)[wire].is_default(CLIENT[kind][wire]["default"])
    }
    assert found == OTHER_DEFAULTS.keys()
