"""Every kind on the real CLI: create, change, clear, no drift after each, remove."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .harness import Stack
from .lifecycle import Step, let, live, of, www

CA = "-----BEGIN CERTIFICATE-----\nMIIBca\n-----END CERTIFICATE-----\n"
CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIBclient\n-----END CERTIFICATE-----\n"
KEY = "-----BEGIN PRIVATE KEY-----\nMIIBkey\n-----END PRIVATE KEY-----\n"
OTHER_KEY = "-----BEGIN PRIVATE KEY-----\nMIIBother\n-----END PRIVATE KEY-----\n"

STRINGLY = {"condition", "header", "snippet"}
"""Collections whose numbers and flags the API answers as strings."""
NO_DRIFT = Step(command=("refresh", "--skip-preview", "--expect-no-changes"), writes=0)


@dataclass(frozen=True)
class Case:
    """An object in three stages. Arguments are the API's fields; what a stage leaves out is cleared."""

    kind: str
    collection: str
    name: str
    created: Mapping[str, Any]
    changed: Mapping[str, Any]
    cleared: Mapping[str, Any] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    """What the API has of the fields that a stage leaves out, where that is not nothing."""

    def line(self, stage: str) -> str:
        """The object in the program."""
        return of(self.kind, self.name, **getattr(self, stage))

    def wire(self, stage: str) -> dict[str, Any]:
        """The fields as the API must answer them."""
        given = getattr(self, stage)
        names = {*self.created, *self.changed}
        return {name: self._value(given.get(name, self.defaults.get(name))) for name in names}

    def _value(self, value: Any) -> Any:
        if isinstance(value, bool) and self.collection in STRINGLY:
            return str(int(value))
        return str(value) if isinstance(value, int) and self.collection in STRINGLY else normal(value)


def normal(value: Any) -> Any:
    """Null, an empty text and an empty list are the same; a text may lose the space at its end; lists have no order."""
    if isinstance(value, list):
        return sorted(value) or None
    return value.rstrip() or None if isinstance(value, str) else value


BACKEND = Case(
    "Backend",
    "backend",
    "origin",
    created={
        "address": "origin.example.com",
        "port": 443,
        "override_host": "shop.example.com",
        "shield": "iad-va-us",
        "weight": 50,
        "auto_loadbalance": True,
        "healthcheck": "health",
        "request_condition": "request",
        "connect_timeout": 2000,
        "first_byte_timeout": 16000,
        "between_bytes_timeout": 11000,
        "max_conn": 300,
        "max_use": 5,
        "max_lifetime": 60000,
        "error_threshold": 2,
        "keepalive_time": 7000,
        "tcp_keepalive_enable": True,
        "tcp_keepalive_interval": 10,
        "tcp_keepalive_probes": 3,
        "tcp_keepalive_time": 300,
        "prefer_ipv6": True,
        "share_key": "abc1",
        "use_ssl": True,
        "ssl_check_cert": True,
        "ssl_cert_hostname": "origin.example.com",
        "ssl_sni_hostname": "origin.example.com",
        "ssl_hostname": "origin.example.com",
        "ssl_ca_cert": CA,
        "ssl_ciphers": "ECDHE-RSA-AES128-GCM-SHA256",
        "ssl_client_cert": CERTIFICATE,
        "ssl_client_key": KEY,
        "min_tls_version": "1.2",
        "max_tls_version": "1.3",
        "comment": "ours",
    },
    changed={
        "address": "192.0.2.7",
        "port": 8443,
        "override_host": "other.example.com",
        "shield": "bwi-va-us",
        "weight": 60,
        "auto_loadbalance": False,
        "healthcheck": "health",
        "request_condition": "request",
        "connect_timeout": 3000,
        "first_byte_timeout": 17000,
        "between_bytes_timeout": 12000,
        "max_conn": 400,
        "max_use": 0,
        "max_lifetime": 0,
        "error_threshold": 3,
        "keepalive_time": 0,
        "tcp_keepalive_enable": False,
        "tcp_keepalive_interval": 0,
        "tcp_keepalive_probes": 4,
        "tcp_keepalive_time": 400,
        "prefer_ipv6": False,
        "share_key": "abc2",
        "use_ssl": True,
        "ssl_check_cert": False,
        "ssl_cert_hostname": "other.example.com",
        "ssl_sni_hostname": "other.example.com",
        "ssl_hostname": "other.example.com",
        "ssl_ca_cert": CERTIFICATE,
        "ssl_ciphers": "ECDHE-RSA-AES256-GCM-SHA384",
        "ssl_client_cert": CA,
        "ssl_client_key": OTHER_KEY,
        "min_tls_version": "1.1",
        "max_tls_version": "1.2",
        "comment": "changed",
    },
    cleared={"address": "origin.example.com"},
    defaults={
        "port": 80,
        "weight": 100,
        "auto_loadbalance": False,
        "connect_timeout": 1000,
        "first_byte_timeout": 15000,
        "between_bytes_timeout": 10000,
        "max_conn": 200,
        "error_threshold": 0,
        "prefer_ipv6": False,
        "use_ssl": False,
        "ssl_check_cert": True,
    },
)
HEALTHCHECK = Case(
    "Healthcheck",
    "healthcheck",
    "health",
    created={
        "host": "origin.example.com",
        "path": "/health",
        "method": "GET",
        "http_version": "1.0",
        "headers": ["B: 2", "A: 1"],
        "expected_response": 204,
        "check_interval": 60000,
        "timeout": 4000,
        "window": 8,
        "threshold": 6,
        "initial": 7,
        "comment": "ours",
    },
    changed={
        "host": "other.example.com",
        "path": "/ready",
        "method": "POST",
        "http_version": "1.1",
        "headers": ["C: 3"],
        "expected_response": 201,
        "check_interval": 30000,
        "timeout": 3000,
        "window": 4,
        "threshold": 1,
        "initial": 0,
        "comment": "changed",
    },
    defaults={
        "method": "HEAD",
        "http_version": "1.1",
        "expected_response": 200,
        "check_interval": 5000,
        "timeout": 5000,
        "window": 5,
        "threshold": 3,
        "initial": 3,
    },
)
CONDITIONS = [
    Case(
        "Condition",
        "condition",
        name.lower(),
        created={"type": name, "statement": "req.url", "priority": 5, "comment": "ours"},
        changed={"type": name, "statement": 'req.url ~ "^/x"', "priority": 6, "comment": "changed"},
        cleared={"type": name, "statement": "req.url"},
        defaults={"priority": 10},
    )
    for name in ("REQUEST", "RESPONSE", "CACHE", "PREFETCH")
]
CONDITION_OF = {
    "request": {"request_condition": "request"},
    "fetch": {"cache_condition": "cache"},
    "cache": {"cache_condition": "cache"},
    "response": {"response_condition": "response"},
}
NEEDED = {
    "set": {"src": '"1"'},
    "append": {"src": '"1"'},
    "delete": {},
    "regex": {"regex": "a", "src": "req.url"},
    "regex_repeat": {"regex": "a", "src": "req.url"},
}
OPTIONAL = {"regex": {"substitution": "b"}, "regex_repeat": {"substitution": "b"}}
HEADERS = [
    Case(
        "Header",
        "header",
        f"{action} {type_}",
        created={
            "action": action,
            "type": type_,
            "dst": "http.X",
            "ignore_if_set": True,
            "priority": 5,
            **NEEDED[action],
            **OPTIONAL.get(action, {}),
            **CONDITION_OF[type_],
        },
        changed={
            "action": action,
            "type": type_,
            "dst": "http.Y",
            "ignore_if_set": False,
            "priority": 6,
            **{name: value.replace("a", "c") for name, value in NEEDED[action].items()},
            **dict.fromkeys(OPTIONAL.get(action, {}), "d"),
        },
        cleared={"action": action, "type": type_, "dst": "http.Y", **NEEDED[action]},
        defaults={"ignore_if_set": False, "priority": 100},
    )
    for action in NEEDED
    for type_ in CONDITION_OF
]
SNIPPETS = [
    Case(
        "Snippet",
        "snippet",
        f"in {type_}",
        created={"type": type_, "content": "# created\n", "priority": 5},
        changed={"type": type_, "content": "# changed", "priority": 6},
        cleared={"type": type_, "content": "# changed"},
        defaults={"priority": 100},
    )
    for type_ in ("init", "recv", "hash", "hit", "miss", "pass", "fetch", "error", "deliver", "log", "none")
]
CASES = [
    Case("Domain", "domain", "*.example.com", created={"comment": "ours"}, changed={"comment": "changed"}),
    *CONDITIONS,
    HEALTHCHECK,
    BACKEND,
    *HEADERS,
    *SNIPPETS,
    Case(
        "DynamicSnippet",
        "snippet",
        "dynamic",
        created={"type": "recv", "content": "# created", "priority": 5},
        changed={"type": "fetch", "content": "# changed", "priority": 6},
        cleared={"type": "fetch", "content": "# changed"},
        defaults={"priority": 100},
    ),
    Case("Dictionary", "dictionary", "plain", created={}, changed={"write_only": True}, defaults={"write_only": False}),
    Case("Acl", "acl", "office", created={"force_destroy": False}, changed={"force_destroy": True}),
]
SETTINGS = {"default_host": "www.example.com", "default_ttl": 60, "stale_if_error": True, "stale_if_error_ttl": 90}
OTHER_SETTINGS = {"default_host": "example.com", "default_ttl": 0, "stale_if_error": False, "stale_if_error_ttl": 80}
DEFAULT_SETTINGS = {"default_host": "", "default_ttl": 3600, "stale_if_error": False, "stale_if_error_ttl": 43200}


def test_every_kind(stack: Stack) -> None:
    """All in one release, so each stage is one activation."""
    emulator = stack.emulator

    def as_declared(stage: str, settings: Mapping[str, Any]) -> None:
        service_id = emulator.service_id()
        wrong = {}
        rows = {name: emulator.objects(service_id, name) for name in {case.collection for case in CASES}}
        for case in CASES:
            wire = {name: value for name, value in case.wire(stage).items() if name != "force_destroy"}
            if case.kind == "DynamicSnippet":
                content = wire.pop("content")
                snippet_id = rows["snippet"][case.name]["id"]
                assert emulator.get(f"/service/{service_id}/snippet/{snippet_id}")["content"] == content
            there = {name: normal(rows[case.collection][case.name][name]) for name in wire}
            if there != wire:
                wrong[f"{case.kind} {case.name}"] = {k: (v, there[k]) for k, v in wire.items() if v != there[k]}
        assert not wrong, "expected, found"
        assert emulator.get(f"/service/{service_id}/version/{emulator.active(service_id)}/settings") == {
            **{f"general.{name}": value for name, value in settings.items()},
            "general.default_pci": 0,
            "service_id": service_id,
            "version": emulator.active(service_id),
        }

    def program(stage: str, **settings: Any) -> str:
        return www(*(case.line(stage) for case in CASES), of("Settings", "settings", **settings))

    def stage(name: str, settings: Mapping[str, Any]) -> Step:
        shown = {**DEFAULT_SETTINGS, **settings}
        return Step(program(name, **settings), activations=1, check=lambda _: as_declared(name, shown))

    def all_gone(_: Stack) -> None:
        service_id = emulator.service_id()
        for case in CASES:
            expected = {"www.example.com"} if case.collection == "domain" else set()
            assert emulator.objects(service_id, case.collection).keys() == expected
        settings = emulator.get(f"/service/{service_id}/version/{emulator.active(service_id)}/settings")
        assert {name: settings[f"general.{name}"] for name in DEFAULT_SETTINGS} == DEFAULT_SETTINGS

    live(
        stack,
        stage("created", SETTINGS),
        NO_DRIFT,
        stage("changed", OTHER_SETTINGS),
        NO_DRIFT,
        stage("cleared", {}),
        NO_DRIFT,
        stage("created", SETTINGS),
        Step(www(), activations=1, check=all_gone),
        NO_DRIFT,
    )


def test_dynamic_snippet(stack: Stack) -> None:
    """Its content is live; it is renamed in place."""
    ids: set[str] = set()

    def same_id(content: str) -> Any:
        def check(stack: Stack) -> None:
            service_id = stack.emulator.service_id()
            [row] = stack.emulator.objects(service_id, "snippet").values()
            ids.add(row["id"])
            assert len(ids) == 1
            assert stack.emulator.get(f"/service/{service_id}/snippet/{row['id']}")["content"] == content

        return check

    def snippet(**arguments: Any) -> str:
        return www(of("DynamicSnippet", "s", **{"type": "recv", "content": "# one", **arguments}))

    live(
        stack,
        Step(snippet(), activations=1, check=same_id("# one")),
        Step(snippet(content="# two"), activations=0, writes=1, check=same_id("# two")),
        NO_DRIFT,
        Step(
            snippet(content="# two", name="renamed"),
            writes=["clone", "comment", "PUT snippet/s", "activate"],
            serves={"snippet": {"renamed": {}}},
            check=same_id("# two"),
        ),
        Step(snippet(content="# three", name="renamed", priority=7), activations=1, check=same_id("# three")),
        NO_DRIFT,
    )


def test_acl_entries(stack: Stack) -> None:
    """Texts, `!` and arguments with comments; none of it needs an activation."""
    acl = let("office", of("Acl", "office"))

    def program(*entries: str) -> str:
        return www(acl, f"fastly.AclEntries('office', acl=office, entries=[{', '.join(entries)}])")

    args = "fastly.AclEntryArgs(ip='198.51.100.0', subnet=24, negated={}, comment={!r})"
    live(
        stack,
        Step(
            program("'192.0.2.0/24'", "'!192.0.2.13'", "'2001:DB8::/32'", args.format(True, "lab")),
            activations=1,
            entries={
                "office": {
                    "192.0.2.0/24": {"negated": "0", "comment": ""},
                    "192.0.2.13": {"negated": "1"},
                    "2001:db8::/32": {"negated": "0"},
                    "198.51.100.0/24": {"negated": "1", "comment": "lab"},
                }
            },
        ),
        NO_DRIFT,
        Step(
            program("'!192.0.2.0/24'", "'192.0.2.14'", args.format(False, "")),
            writes=["PATCH acl/entries"],
            entries={
                "office": {
                    "192.0.2.0/24": {"negated": "1"},
                    "192.0.2.14": {"negated": "0"},
                    "198.51.100.0/24": {"negated": "0", "comment": ""},
                }
            },
        ),
        NO_DRIFT,
        Step(program(), writes=["PATCH acl/entries"], entries={"office": {}}),
        Step(www(acl), activations=0),
    )


def test_single_items_and_entries(stack: Stack) -> None:
    containers = (let("t", of("Dictionary", "t")), let("office", of("Acl", "office")))

    def program(key: str, value: str, entry: str, comment: str) -> str:
        return www(
            *containers,
            f"fastly.DictionaryItem('i', dictionary=t, key={key!r}, value={value!r})",
            f"fastly.AclEntry('e', acl=office, entry={entry!r}, comment={comment!r})",
        )

    live(
        stack,
        Step(
            program("a", "1", "!192.0.2.0/24", "lab"),
            activations=1,
            items={"t": {"a": "1"}},
            entries={"office": {"192.0.2.0/24": {"negated": "1", "comment": "lab"}}},
        ),
        NO_DRIFT,
        Step(
            program("a", "2", "!192.0.2.0/24", ""),
            activations=0,
            writes=2,
            items={"t": {"a": "2"}},
            entries={"office": {"192.0.2.0/24": {"negated": "1", "comment": ""}}},
        ),
        NO_DRIFT,
        Step(
            program("b", "2", "192.0.2.0/25", "lab"),
            activations=0,
            items={"t": {"b": "2"}},
            entries={"office": {"192.0.2.0/25": {"negated": "0", "comment": "lab"}}},
        ),
        Step(
            program("b", "", "!192.0.2.0/25", "lab"),
            activations=0,
            items={"t": {"b": ""}},
            entries={"office": {"192.0.2.0/25": {"negated": "1", "comment": "lab"}}},
        ),
        NO_DRIFT,
        Step(www(*containers), activations=0, items={"t": {}}, entries={"office": {}}),
    )
