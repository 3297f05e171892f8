"""Keys, tokens and private items do not show in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Api

HUSH = "hush-hush"


@pytest.mark.parametrize(
    ("field", "is_secret"),
    [
        *((name, True) for name in ("ssl_client_key", "tls_client_key", "client_key", "private_key", "key")),
        *((name, True) for name in ("password", "token", "sas_token", "secret", "secret_key", "access_key", "api_key")),
        *((name, True) for name in ("Password", "project_access_key", "client_secret", "credentials", "passphrase")),
        *((name, False) for name in ("ssl_client_cert", "item_key", "hash_keys", "share_key", "keepalive_time")),
        *((name, False) for name in ("token_format", "comment", "key_size", "monkey")),
    ],
)
def test_fields(api: Api, field: str, is_secret: bool) -> None:
    api.send("POST", "v/backend", name="b", **{field: HUSH})
    api.send("PATCH", "s/nothing", json={"list": [{field: HUSH}], "deep": {field: [HUSH]}})
    api.send("GET", f"v/backend?{field}={HUSH}")
    first, second, third = api.control("GET", "log")[-3:]
    shown = "[secret]" if is_secret else HUSH
    assert first["form"] == {"name": "b", field: shown}
    assert second["form"] == {"list": [{field: shown}], "deep": {field: shown if is_secret else [shown]}}
    assert third["query"] == {field: shown}


def test_that_nothing_was_given_shows(api: Api) -> None:
    api.send("PUT", "v/backend/b", ssl_client_key="")
    assert api.control("GET", "log")[-1]["form"] == {"ssl_client_key": ""}


@pytest.mark.parametrize(("write_only", "shown"), [("1", "[secret]"), ("0", HUSH)])
def test_items(api: Api, write_only: str, shown: str) -> None:
    items = f"s/dictionary/{api.post('v/dictionary', name='d', write_only=write_only)['id']}"
    api.post(f"{items}/item", item_key="a", item_value=HUSH)
    api.put(f"{items}/item/a", item_value=HUSH)
    api.ok("PATCH", f"{items}/item/a", json={"item_value": HUSH})
    api.ok("PATCH", f"{items}/items", json={"items": [{"op": "upsert", "item_key": "a", "item_value": HUSH}]})
    log = api.control("GET", "log")
    assert [entry["form"] for entry in log[-4:-1]] == [
        {"item_key": "a", "item_value": shown},
        {"item_value": shown},
        {"item_value": shown},
    ]
    assert log[-1]["form"] == {"items": [{"op": "upsert", "item_key": "a", "item_value": shown}]}
    assert HUSH in str(api.emulator.services), "it is stored as it was sent"


def test_items_of_a_dictionary_that_is_not_known(api: Api) -> None:
    api.send("POST", "s/dictionary/none/item", item_key="a", item_value=HUSH)
    assert api.control("GET", "log")[-1]["form"] == {"item_key": "a", "item_value": "[secret]"}


def test_what_is_sent_is_stored_as_it_is(api: Api) -> None:
    api.post("v/backend", name="b", address="a.example.com", ssl_client_key=HUSH)
    assert api.get("v/backend/b")["ssl_client_key"] == HUSH
