"""Check, diff and read of objects of a version."""

from typing import Any

import pytest
from pulumi_fastly_dynamic.engine import restore
from pulumi_fastly_dynamic.orchestration import ProviderState

from .conftest import UNKNOWN, Api, shown

OWNER = "org/project/stack"
KEY = "-----BEGIN PRIVATE KEY-----"
CERTIFICATE = "-----BEGIN CERTIFICATE-----"

BACKEND = {"name": "origin", "address": "a.example.com", "service_id": "S"}


def checked(kind: str, **news: Any) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    result = restore(kind, OWNER).check({}, {name: value for name, value in news.items() if value is not None})
    return result.inputs, [(failure.property, failure.reason) for failure in result.failures or []]


def inputs_of(kind: str, **news: Any) -> dict[str, Any]:
    inputs, failures = checked(kind, **news)
    assert failures == []
    return inputs


def test_check_fills_in_defaults_and_mends_floats(process: ProviderState) -> None:
    inputs = inputs_of("backend", **BACKEND, port=443.0, protect=True)
    assert inputs["port"] == 443
    assert type(inputs["port"]) is int
    assert inputs["ssl_check_cert"] is True
    assert inputs["protect"] is True
    assert inputs["service_id"] == "S"
    assert "healthcheck" not in inputs
    assert process.used == {"S"}


def test_check_drops_what_is_none_and_what_the_engine_adds() -> None:
    inputs = inputs_of("backend", **BACKEND, comment=None, __provider="pickled")
    assert "__provider" not in inputs
    assert None not in inputs.values()


def test_check_lets_unknowns_pass() -> None:
    inputs = inputs_of("backend", **{**BACKEND, "address": UNKNOWN, "service_id": UNKNOWN}, ssl_client_key=UNKNOWN)
    assert inputs["address"] is inputs["service_id"] is inputs["ssl_client_key"] is UNKNOWN


def test_check_lets_lists_with_unknowns_pass() -> None:
    inputs = inputs_of("healthcheck", name="check", headers=["a: b", UNKNOWN], service_id="S")
    assert inputs["headers"] == ["a: b", UNKNOWN]


def test_check_reports_a_secret_without_its_property_and_value() -> None:
    _, failures = checked("backend", **BACKEND, ssl_client_key="hush", ssl_client_cert=CERTIFICATE, port=0)
    assert ("", "port must be at least 1 (it is 0)") in failures
    (secret,) = [text for _, text in failures if text.startswith("ssl_client_key")]
    assert secret.startswith("ssl_client_key must be PEM")
    assert "hush" not in str(failures)


def olds_of(kind: str, **news: Any) -> dict[str, Any]:
    """What the state has: as the engine hands it over, floats and all."""
    inputs = inputs_of(kind, **news)
    as_stored = {name: float(value) if type(value) is int else value for name, value in inputs.items()}
    record = {"name": inputs.get("name", kind), "revision": "1-abc"}
    ids = {"acl": "acl_id", "dictionary": "dictionary_id", "dynamic_snippet": "snippet_id"}
    return {**as_stored, "__record": record, **({ids[kind]: "ID"} if kind in ids else {})}


def diffed(kind: str, old: dict[str, Any], new: dict[str, Any]) -> tuple[bool | None, list[str]]:
    result = restore(kind, OWNER).diff("id", olds_of(kind, **old), inputs_of(kind, **new))
    return result.changes, result.replaces or []


NOTHING: tuple[bool | None, list[str]] = (False, [])
UPDATE: tuple[bool | None, list[str]] = (None, [])


@pytest.mark.parametrize(
    ("old", "new", "outcome"),
    [
        ({}, {}, NOTHING),
        ({"port": 443}, {"port": 443.0}, NOTHING),
        ({"comment": ""}, {}, NOTHING),
        ({"override_host": "x"}, {"override_host": "x"}, NOTHING),
        ({"override_host": "x"}, {}, UPDATE),
        ({}, {"port": 8080}, UPDATE),
        ({}, {"address": UNKNOWN}, UPDATE),
        ({}, {"ssl_ca_cert": UNKNOWN}, UPDATE),
        ({"ssl_ca_cert": CERTIFICATE}, {"ssl_ca_cert": CERTIFICATE + "\n"}, NOTHING),
        (
            {"ssl_client_key": KEY, "ssl_client_cert": CERTIFICATE},
            {"ssl_client_key": KEY + "2", "ssl_client_cert": CERTIFICATE},
            UPDATE,
        ),
        ({}, {"protect": True}, UPDATE),
        ({"retain_on_delete": True}, {}, UPDATE),
        ({}, {"adopt": True}, NOTHING),
        ({"__service_is_adopted": True}, {}, NOTHING),
        ({}, {"name": "other"}, (None, ["name"])),
        ({}, {"service_id": "T"}, (None, ["service_id"])),
        ({}, {"name": "other", "service_id": "T"}, (None, ["service_id", "name"])),
    ],
    ids=shown,
)
def test_diff_of_a_named_object(
    old: dict[str, Any], new: dict[str, Any], outcome: tuple[bool | None, list[str]]
) -> None:
    assert diffed("backend", {**BACKEND, **old}, {**BACKEND, **new}) == outcome


DICTIONARY = {"name": "redirects", "service_id": "S"}


@pytest.mark.parametrize(
    ("new", "outcome"),
    [
        ({}, NOTHING),
        ({"name": "other"}, UPDATE),
        ({"write_only": True}, UPDATE),
        ({"force_destroy": True}, UPDATE),
        ({"service_id": "T"}, (None, ["service_id"])),
    ],
    ids=shown,
)
def test_diff_of_an_object_with_an_id(new: dict[str, Any], outcome: tuple[bool | None, list[str]]) -> None:
    assert diffed("dictionary", DICTIONARY, {**DICTIONARY, **new}) == outcome


def test_diff_of_an_object_whose_id_another_one_holds(process: ProviderState) -> None:
    process.ids.claim("ID", "another")
    assert diffed("dictionary", DICTIONARY, DICTIONARY) == (True, [])


def test_a_diff_without_change_claims_the_id(process: ProviderState) -> None:
    diffed("dictionary", DICTIONARY, DICTIONARY)
    assert not process.ids.is_free("ID", "another")


def test_an_input_that_an_older_state_lacks_is_no_change() -> None:
    """A later release of this package may know more fields."""
    olds = olds_of("backend", **BACKEND)
    for name in ("prefer_ipv6", "max_conn", "comment"):
        del olds[name]
    result = restore("backend", OWNER).diff("id", olds, inputs_of("backend", **BACKEND))
    assert result.changes is False


# -------------------------------------------------------------------- read

OBJECTS = [
    ("backend", {"name": "a/b", "address": "a.example.com", "port": 443, "ssl_ca_cert": CERTIFICATE + "\n"}),
    ("condition", {"name": "api", "type": "request", "statement": "req.url"}),
    ("dictionary", {"name": "redirects", "force_destroy": True}),
    ("domain", {"name": "www.example.com"}),
    ("acl", {"name": "office"}),
    ("dynamic_snippet", {"name": "live", "type": "recv", "content": "#vcl\n"}),
    ("header", {"name": "x", "action": "delete", "type": "request", "dst": "http.X", "ignore_if_set": True}),
    ("healthcheck", {"name": "check", "headers": ["Foo:Bar", "Baz: Qux"], "host": "example.com"}),
    ("settings", {"default_ttl": 60, "stale_if_error": True}),
    ("snippet", {"name": "recv", "type": "recv", "content": "#vcl"}),
]


@pytest.mark.parametrize(("kind", "values"), OBJECTS, ids=lambda value: value if isinstance(value, str) else "")
def test_diff_yields_nothing_after_create_and_read(api: Api, kind: str, values: dict[str, Any]) -> None:
    provider: Any = restore(kind, OWNER)
    news = inputs_of(kind, **values, service_id=api.service)
    created = provider.create(news)
    assert provider.diff(created.id, created.outs, news).changes is False
    read = provider.read(created.id, created.outs)
    assert read.id == created.id
    assert read.inputs == news
    assert read.outs == created.outs
    assert provider.diff(created.id, read.outs, news).changes is False


def test_drift_is_a_difference_of_properties(api: Api) -> None:
    provider: Any = restore("backend", OWNER)
    news = inputs_of("backend", **{**BACKEND, "service_id": api.service}, port=443)
    created = provider.create(news)
    api.put("backend/origin", port="80", shield="iad-va-us")
    restored: Any = restore("backend", OWNER)
    api.forget()
    read = restored.read(created.id, created.outs)
    assert (read.inputs["port"], read.inputs["shield"]) == (80, "iad-va-us")
    assert read.outs["__record"]["revision"] != created.outs["__record"]["revision"]
    assert restored.diff(created.id, read.outs, news).changes is None


def test_gone(api: Api) -> None:
    provider: Any = restore("backend", OWNER)
    created = provider.create(inputs_of("backend", **{**BACKEND, "service_id": api.service}))
    api.http.delete(f"/service/{api.service}/version/1/backend/origin").raise_for_status()
    api.forget()
    assert provider.read(created.id, created.outs).id is None


def test_gone_with_its_service(api: Api) -> None:
    provider: Any = restore("backend", OWNER)
    created = provider.create(inputs_of("backend", **{**BACKEND, "service_id": api.service}))
    api.http.delete(f"/service/{api.service}").raise_for_status()
    api.forget()
    assert provider.read(created.id, created.outs).id is None


@pytest.mark.parametrize("value", [KEY, None], ids=["set", "taken away"])
def test_a_secret_is_not_read_back(api: Api, value: str | None) -> None:
    provider: Any = restore("backend", OWNER)
    tls = {"ssl_client_cert": CERTIFICATE, "ssl_client_key": KEY}
    news = inputs_of("backend", **{**BACKEND, "service_id": api.service}, **tls)
    created = provider.create(news)
    if value is None:
        api.put("backend/origin", ssl_client_key="")
    api.forget()
    read = provider.read(created.id, created.outs)
    assert read.inputs.get("ssl_client_key") == value
    assert provider.diff(created.id, read.outs, news).changes is (None if value is None else False)


def test_delete_writes_nothing() -> None:
    restore("backend", OWNER).delete("id", {"service_id": "S"})


@pytest.mark.parametrize(
    ("secrets", "text"),
    [
        ({}, "port must be at most 65535 (it is 70000)"),
        ({"__secret_inputs": ["address"]}, "port must be at most 65535 (it is 70000)"),
        ({"__secret_inputs": ["port"]}, "port must be at most 65535"),
        ({"__secret_inputs": UNKNOWN}, "port must be at most 65535"),
    ],
    ids=shown,
)
def test_a_value_that_the_user_marked_secret_is_not_shown(secrets: dict[str, Any], text: str) -> None:
    news = {"name": "origin", "address": "a.example.com", "port": 70000.0, "service_id": "S", **secrets}
    result = restore("backend", "org/project/stack").check({}, news)
    assert [failure.reason for failure in result.failures or []] == [text]
