"""Resource rules of access lists, dictionaries, the guard and names."""

from typing import Any

import pytest
from fastly_policies.acls import ACL_OPEN_TO_ALL
from fastly_policies.dictionaries import DICTIONARY_SECRETS
from fastly_policies.guard import DESTROY_GUARD
from fastly_policies.naming import NAMING

from .seen import UNKNOWN, seen, told

AWS_KEY = "AKIA" + "QWERTYUIOPASDFGH"
CREDENTIALS = {
    "AWS Access Key": AWS_KEY,
    "GitHub Token": "ghp_" + "a1B2" * 9,
    "Basic Auth Credentials": "postgres://user:hunter2@db.example.com/x",
    "Private Key": "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----",
    "JSON Web Token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0."
    "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
    "Stripe Access Key": "sk_live_" + "a" * 24,
}
PLAIN = (
    "/new",
    "https://www.example.com/a?b=c",
    "https://www.example.com:8443/users/@bob",
    "origin.example.com",
    "192.0.2.1",
    "true",
    "",
    "max-age=31536000; includeSubDomains",
    "550e8400-e29b-41d4-a716-446655440000",
    "d41d8cd98f00b204e9800998ecf8427e",
    "someone@example.com",
    "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
)


@pytest.mark.parametrize(
    "entry",
    [
        "0.0.0.0/0",
        "::/0",
        "0.0.0.0/1",
        "128.0.0.0/1",
        "2000::/3",
        "192.0.2.1/0",
        {"ip": "0.0.0.0", "subnet": 0.0},
        {"ip": "::", "subnet": 0.0, "negated": False, "comment": "all"},
    ],
)
def test_an_entry_for_everybody(entry: Any):
    (said,) = told(ACL_OPEN_TO_ALL, seen("AclEntries", "office", entries=["192.0.2.0/24", UNKNOWN, entry]))
    assert said.startswith("AclEntries 'office': entries: '")
    assert "prefix of /" in said


def test_one_entry_for_everybody():
    assert told(ACL_OPEN_TO_ALL, seen("AclEntry", entry="0.0.0.0/0"))


@pytest.mark.parametrize(
    "entry",
    [
        "192.0.2.1",
        "10.0.0.0/8",
        "2001:db8::/32",
        "!0.0.0.0/0",
        UNKNOWN,
        {"ip": "0.0.0.0", "subnet": 0.0, "negated": True},
        {"ip": "192.0.2.1"},
        {"ip": UNKNOWN, "subnet": 0.0},
        {"ip": "192.0.2.1", "subnet": UNKNOWN},
    ],
)
def test_entries_that_are_fine_or_unknown(entry: Any):
    assert told(ACL_OPEN_TO_ALL, seen("AclEntries", entries=[entry])) == []
    if isinstance(entry, str):
        assert told(ACL_OPEN_TO_ALL, seen("AclEntry", entry=entry)) == []


@pytest.mark.parametrize(("entry", "passes"), [("10.0.0.0/8", False), ("10.0.0.0/16", True), ("2001:db8::/32", False)])
def test_the_shortest_prefix_is_a_parameter(entry: str, passes: bool):
    said = told(ACL_OPEN_TO_ALL, seen("AclEntry", entry=entry), minPrefix4=16.0, minPrefix6=48.0)
    assert (said == []) is passes


def test_no_entries():
    assert told(ACL_OPEN_TO_ALL, seen("AclEntries")) == []
    assert told(ACL_OPEN_TO_ALL, seen("AclEntries", entries=UNKNOWN)) == []


@pytest.mark.parametrize("sort", CREDENTIALS)
def test_credentials_in_a_dictionary(sort: str):
    secret = CREDENTIALS[sort]
    item = told(DICTIONARY_SECRETS, seen("DictionaryItem", "db", key="url", value=secret))
    items = told(DICTIONARY_SECRETS, seen("DictionaryItems", "all", items={"/a": "/b", "u": UNKNOWN, "url": secret}))
    fix = "make the dictionary write_only=True"
    assert item == [f"DictionaryItem 'db': value: 'url' holds what looks like a credential ({sort}); {fix}"]
    assert len(items) == 1
    assert sort in items[0]
    assert secret not in items[0]


def test_a_key_that_is_a_credential_is_not_shown():
    (said,) = told(DICTIONARY_SECRETS, seen("DictionaryItems", items={AWS_KEY: "customer 1"}))
    assert AWS_KEY not in said
    assert "a key holds" in said


def test_some_credentials_are_known_by_their_key():
    value = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzKEY"
    assert told(DICTIONARY_SECRETS, seen("DictionaryItems", items={"aws_secret_access_key": value}))


@pytest.mark.parametrize("value", PLAIN)
def test_plain_items(value: str):
    assert told(DICTIONARY_SECRETS, seen("DictionaryItems", items={"/old": value, value: "1"})) == []


def test_a_write_only_dictionary_may_hold_credentials():
    for write_only in (True, UNKNOWN):
        assert told(DICTIONARY_SECRETS, seen("DictionaryItem", key="k", value=AWS_KEY, write_only=write_only)) == []


def test_unknown_items():
    assert told(DICTIONARY_SECRETS, seen("DictionaryItems", items=UNKNOWN)) == []
    assert told(DICTIONARY_SECRETS, seen("DictionaryItem", key=UNKNOWN, value=AWS_KEY)) == []


@pytest.mark.parametrize("kind", ["Service", "Dictionary", "Acl"])
def test_the_guard_refuses_force_destroy(kind: str):
    (said,) = told(DESTROY_GUARD, seen(kind, stack="prod", protect=True, force_destroy=True))
    assert "force_destroy is True; in stack 'prod'" in said
    assert told(DESTROY_GUARD, seen(kind, stack="prod", protect=True, force_destroy=False)) == []
    assert told(DESTROY_GUARD, seen(kind, stack="prod", protect=True, force_destroy=UNKNOWN)) == []
    assert told(DESTROY_GUARD, seen(kind, stack="dev", force_destroy=True)) == []


def test_the_guard_wants_services_protected():
    (said,) = told(DESTROY_GUARD, seen("Service", "www", stack="production", force_destroy=UNKNOWN))
    assert said.startswith("Service 'www': protect is False; in stack 'production' set opts=")
    assert told(DESTROY_GUARD, seen("Service", stack="production", protect=True)) == []
    assert told(DESTROY_GUARD, seen("Dictionary", stack="production")) == []


def test_the_guarded_stacks_are_a_parameter():
    assert told(DESTROY_GUARD, seen("Service", stack="live-eu"), stacks=["live-*"])
    assert told(DESTROY_GUARD, seen("Service", stack="prod"), stacks=["live-*"]) == []


def test_naming():
    patterns = {"Backend": "[a-z-]+", "Domain": r".*\.example\.com"}
    assert told(NAMING, seen("Backend", "F1"), patterns=patterns) == [
        "Backend 'F1': name is 'F1'; choose one that matches [a-z-]+"
    ]
    assert told(NAMING, seen("Backend", "origin"), patterns=patterns) == []
    assert told(NAMING, seen("Backend", "origin-2"), patterns=patterns) != []
    assert told(NAMING, seen("Domain", "www.example.net"), patterns=patterns) != []
    assert told(NAMING, seen("Header", "ANY"), patterns=patterns) == []
    assert told(NAMING, seen("Backend", "F1")) == []
    assert told(NAMING, seen("Backend", name=UNKNOWN), patterns=patterns) == []
