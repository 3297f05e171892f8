"""The difference of two versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from fastly_emulator.yaml import scalar

if TYPE_CHECKING:
    from conftest import Api

EMPTY = """\
 acls: []
 backends: []
 cache_settings: []
 comment: ''
 conditions: []
 deployed: false
 dictionaries: []
 directors: []
 domains: []
 gzips: []
 headers: []
 healthchecks: []
 request_settings: []
 response_objects: []
 service_id: SERVICE
 settings:
   general.default_host: ''
   general.default_pci: 0
   general.default_ttl: 3600
   general.stale_if_error: false
   general.stale_if_error_ttl: 43200
 snippets: []
 staging: false
 testing: false
 vcls: []
 wordpress: []
"""


def diff(api: Api, one: object = 1, other: object = 2, query: str = "") -> str:
    text: str = api.get(f"s/diff/from/{one}/to/{other}{query}")["diff"]
    return text


def side(text: str, sign: str) -> dict[str, Any]:
    """Read one of the two versions out of a diff."""
    lines = [line[1:] for line in text.splitlines() if line[0] in (" ", sign)]
    document: dict[str, Any] = yaml.safe_load("\n".join(lines) + "\n")
    return document


def changed(text: str) -> list[str]:
    return [line for line in text.splitlines() if line[0] != " "]


def test_of_a_version_with_itself(api: Api) -> None:
    answer = api.get("s/diff/from/1/to/1")
    assert answer == {"from": "1", "to": "1", "format": "text", "diff": EMPTY.replace("SERVICE", api.service)}


def test_fields_of_an_object(api: Api) -> None:
    api.put("v/clone")
    api.post("s/version/2/header", name="x", dst="http.X", src='"1"', priority="10")
    assert changed(diff(api)) == [
        "-headers: []",
        "+headers:",
        "+- name: x",
        "+  action: set",
        "+  cache_condition:",
        "+  dst: http.X",
        "+  ignore_if_set: '0'",
        "+  priority: '10'",
        "+  regex: ''",
        "+  request_condition:",
        "+  response_condition:",
        "+  src: '\"1\"'",
        "+  substitution: ''",
        "+  type: request",
    ]
    assert changed(diff(api, 2, 1))[:2] == ["-headers:", "-- name: x"]


def test_one_changed_field(api: Api) -> None:
    for name in ("a", "b", "c"):
        api.post("v/backend", name=name, address="192.0.2.1", ssl_client_key="secret")
    api.put("v/clone")
    api.put("s/version/2/backend/b", address="b.example.com")
    api.put("s/version/2/settings", **{"general.default_ttl": "60"})
    api.put("s/version/2", comment="new")
    assert changed(diff(api)) == [
        "-  address: 192.0.2.1",
        "+  address: b.example.com",
        "-  hostname:",
        "-  ipv4: 192.0.2.1",
        "+  hostname: b.example.com",
        "+  ipv4:",
        "-comment: ''",
        "+comment: new",
        "-  general.default_ttl: 3600",
        "+  general.default_ttl: 60",
    ]
    assert "   ssl_client_key: secret\n" in diff(api), "keys are shown"


def test_removed_renamed_added(api: Api) -> None:
    for name in ("a", "b", "c"):
        api.post("v/dictionary", name=name)
    api.put("v/clone")
    api.delete("s/version/2/dictionary/a")
    api.put("s/version/2/dictionary/b", name="z")
    api.post("s/version/2/dictionary", name="d", write_only="1")
    text = diff(api)
    old, new = (side(text, sign)["dictionaries"] for sign in "-+")
    assert old == [{"name": name, "write_only": False} for name in "abc"]
    assert new == [
        {"name": "z", "write_only": False},
        {"name": "c", "write_only": False},
        {"name": "d", "write_only": True},
    ]


def test_many_objects_replaced_by_others(api: Api) -> None:
    api.put("v/clone")
    for number in range(30):
        api.post("v/acl", name=f"old{number}")
        api.post("s/version/2/acl", name=f"new{number}")
    text = diff(api)
    for sign, word in ("-", "old"), ("+", "new"):
        assert side(text, sign)["acls"] == [{"name": f"{word}{number}"} for number in range(30)]


TEXTS = [
    *("a", "A b", 'req.url ~ "^/a"', "/ok", "192.0.2.1", "10", "1.1", "0x1f", "1e3", "true", "No", "null", "~", "y"),
    *("a: b", "a #b", "#a", "- a", "a:", " a", "a ", "it's", "'a'", '"a"', "{a}", "[a]", "%a", "@a", "*a", "&a", "!a"),
    *("ü", "Ende ü", "a\tb", "\\n", "2020-01-01", "=", "<<", ".", "|", ">", "?", ",", "`", "_1", "1_000", "12:30"),
    *(
        "a\n",
        "a\nb",
        "a\n\nb\n",
        "a\n\n\n",
        "a\n  b\n",
        "  a\nb",
        "\na",
        "\n",
        "a\r\nb\r\n",
        "\u2028",
        "a\n\tb",
        "# a\n- b",
    ),
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(api: Api, text: str) -> None:
    api.put("v/clone")
    api.post("s/version/2/snippet", name="s", type="none", content=text)
    shown = side(diff(api), "+")["snippets"]
    assert shown == [{"name": "s", "content": text, "dynamic": "0", "priority": "100", "type": "none"}]


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("7IO60ANEj8AgUrPVsboE9F", "7IO60ANEj8AgUrPVsboE9F"),
        ("192.0.2.1", "192.0.2.1"),
        ('req.url ~ "^/a"', 'req.url ~ "^/a"'),
        ("0x1f", "'0x1f'"),
        ("1e3", "'1e3'"),
        ("it's: a", "'it''s: a'"),
        ("", "''"),
    ],
)
def test_spelling(text: str, spelled: str) -> None:
    assert scalar(text) == spelled


def test_texts_in_lines(api: Api) -> None:
    api.post("v/snippet", name="s", type="recv", content='set req.http.A = "1";\nset req.http.B = "2";\n')
    api.put("v/clone")
    api.put("s/version/2/snippet/s", content='set req.http.A = "1";\nset req.http.B = "3";\n')
    assert "-  content: |\n" not in diff(api)
    assert changed(diff(api)) == ['-    set req.http.B = "2";', '+    set req.http.B = "3";']


def test_lists_in_an_object(api: Api) -> None:
    api.post("v/healthcheck", name="h", headers='["A: b", "C: d"]')
    assert "   expected_response: 200\n   headers:\n   - 'A: b'\n   - 'C: d'\n   host:\n" in diff(api, 1, 1)


def test_live_content_is_not_in_it(api: Api) -> None:
    api.put("v/clone")
    api.post("s/version/2/snippet", name="s", type="recv", dynamic="1", content="esi;")
    dictionary = api.post("s/version/2/dictionary", name="d")["id"]
    api.post(f"s/dictionary/{dictionary}/item", item_key="k", item_value="v")
    assert side(diff(api), "+")["snippets"][0]["content"] is None
    assert side(diff(api), "+")["dictionaries"] == [{"name": "d", "write_only": False}]


def test_numbers_from_the_latest(api: Api) -> None:
    api.put("v/clone")
    api.post("s/version/2/domain", name="www.example.com")
    assert diff(api, -2, -1) == diff(api, 1, 2) != diff(api, -1, -1)
    assert api.get("s/diff/from/-2/to/-1")["from"] == "-2"


def test_html(api: Api) -> None:
    api.put("v/clone")
    api.post("s/version/2/domain", name="www.example.com", comment="<b>")
    for form in ("html", "html_simple"):
        answer = api.get(f"s/diff/from/1/to/2?format={form}")
        assert answer["format"] == form
        assert answer["diff"].startswith("<pre> acls: []\n")
        assert "\n<del>-domains: []</del>\n<ins>+domains:</ins>\n" in answer["diff"]
        assert "<ins>+  comment: &#x27;&lt;b&gt;&#x27;</ins>" in answer["diff"]
    assert api.refused("GET", "s/diff/from/1/to/2?format=pdf")[0] == 400


@pytest.mark.parametrize("numbers", ["1/to/9", "9/to/1", "-2/to/1", "0/to/1", "-0/to/1", "x/to/1"])
def test_unknown_versions(api: Api, numbers: str) -> None:
    status, body = api.refused("GET", f"s/diff/from/{numbers}")
    assert (status, body["msg"]) == (404, "Record not found")


def test_a_deleted_service(api: Api) -> None:
    api.delete("s/")
    assert api.refused("GET", "s/diff/from/1/to/1")[0] == 400
