"""The overviews of a version: which lists differ, which are not empty. What cannot be read counts as different."""

from typing import Any

import pulumi_fastly_dynamic  # noqa: F401 - fills the table of kinds
import pytest
from pulumi_fastly_dynamic.orchestration.version_differences import ALL_DIFFER, COVERED, SECTIONS, differences, filled

BACKEND = """\
+- name: test-backend
+  address: integ-test.go-fastly.com
+  auto_loadbalance: false
+  client_cert:
+  comment: ''
+  hostname: integ-test.go-fastly.com
+  ipv4:
+  port: 80
+  request_condition: ''
"""
RECORDED = (
    " acls: []\n-backends: []\n+backends:\n"
    + BACKEND
    + """\
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
 service_id: kKJb5bOFI47uHeBVluGfX1
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
)
"""A recording of the real API, shortened."""
ADDED = "-backends: []\n+backends:\n" + BACKEND


def diff(section: str, *, of: str = ADDED) -> Any:
    """The recorded answer with another text for the backends, or for another section."""
    assert of in RECORDED
    return differences({"from": "56", "to": "57", "format": "text", "diff": RECORDED.replace(of, section)})


def test_the_recorded_diff() -> None:
    assert diff(ADDED) == {"backend": None}


def test_nothing_differs() -> None:
    assert diff(" backends: []\n") == {}
    assert diff(" backends:\n" + BACKEND.replace("+", " ")) == {}


A = " - name: a\n   port: 80\n   weight: 100\n"
B, C = A.replace("name: a", "name: b"), A.replace("name: a", "name: c")


def gone(text: str) -> str:
    return text.replace("\n ", "\n-").replace(" ", "-", 1)


def come(text: str) -> str:
    return gone(text).replace("\n-", "\n+").replace("-", "+", 1)


QUOTED = A.replace("name: a", "name: 'a: b'")


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        # Objects are gone, and nothing else differs.
        (" backends:\n" + A + gone(B) + C, {"b"}),
        (" backends:\n" + gone(A) + B + C, {"a"}),
        (" backends:\n" + gone(A) + gone(B) + C, {"a", "b"}),
        (" backends:\n" + A + gone(B) + gone(C), {"b", "c"}),
        ("-backends:\n" + gone(A) + gone(B) + "+backends: []\n", {"a", "b"}),
        ("-backends:\n+backends: []\n" + gone(A), {"a"}),
        (" backends:\n" + gone(A.replace("name: a", "name: a name - of: many words")) + B,
         {"a name - of: many words"}),
        # They are not, or something else differs as well.
        (" backends:\n" + A + come(B), None),
        (" backends:\n" + gone(A) + come(B), None),
        (" backends:\n" + come(A) + gone(B), None),
        (" backends:\n" + A.replace("   port", "-  port") + B, None),
        (" backends:\n" + A.replace("   port: 80\n", "-  port: 80\n+  port: 81\n") + gone(B), None),
        (" backends:\n" + gone(A) + B.replace("   weight", "+  weight"), None),
        (" backends:\n" + gone(A) + "+  weight: 5\n" + B, None),
        # A hunk that is shifted against the objects.
        (" backends:\n - name: a\n   port: 80\n-  weight: 100\n-- name: b\n-  port: 80\n   weight: 100\n" + C, None),
        (" backends:\n-- name: a\n-  port: 80\n   weight: 100\n", None),
        (" backends:\n - name: a\n-  port: 80\n-  weight: 100\n-- name: b\n   port: 80\n   weight: 100\n", None),
        # Names that YAML writes in another form than they have.
        (" backends:\n" + gone(QUOTED) + B, None),
        (" backends:\n" + gone(B) + gone(QUOTED), None),
        (" backends:\n" + gone(QUOTED) + gone(B), None),
        (" backends:\n" + gone(B) + gone(A.replace("name: a", 'name: "a\\tb"')), None),
        (" backends:\n" + gone(B) + gone(A.replace("name: a", "name: |-\n     a\n     b")), None),
        (" backends:\n" + gone(B) + gone(A.replace("name: a", "name:")), None),
        (" backends:\n" + gone(B) + gone(A.replace("name: a", "id: a")), None),
        (" backends:\n" + QUOTED + gone(B), {"b"}),
        # An object that is gone beside an empty line of a text.
        (" backends:\n" + gone(A) + "\n" + B, None),
        ("-backends: []\n+backends:\n", None),
        ("+backends: []\n", None),
        ("-backends: []\n", None),
    ],
)  # fmt: skip
def test_what_differs_in_a_section(section: str, expected: set[str] | None) -> None:
    assert diff(section) == {"backend": expected}


@pytest.mark.parametrize("word", sorted(SECTIONS))
def test_a_section_that_is_missing_differs(word: str) -> None:
    lines = RECORDED.replace(ADDED, " backends: []\n").splitlines()
    kept = [line for line in lines if not line.startswith((f" {word}:", "   general." if word == "settings" else "?"))]
    assert differences({"diff": "\n".join(kept)}) == {SECTIONS[word]: None}


def test_a_section_that_this_package_does_not_know_is_not_asked_about() -> None:
    assert diff("-wordpress: []\n+wordpress:\n+- name: x\n", of=" wordpress: []\n").keys() == {"backend"}
    assert diff("-comment: ''\n+comment: spring\n", of=" comment: ''\n").keys() == {"backend"}


def test_settings_that_differ() -> None:
    found = diff("-  general.default_ttl: 3600\n+  general.default_ttl: 60\n", of="   general.default_ttl: 3600\n")
    assert found == {"backend": None, "settings": None}


def test_a_text_of_another_object_does_not_open_a_section() -> None:
    vcls = " vcls:\n - name: main\n   content: |-\n     backends:\n     - name: x\n   main: true\n"
    assert diff(vcls, of=" vcls: []\n") == {"backend": None}


@pytest.mark.parametrize(
    "answer",
    [{}, {"diff": None}, {"diff": ["-backends"]}, {"diff": ""}, {"diff": "<pre>...</pre>"}, {"diff": "no YAML\n\x00"}],
)
def test_a_diff_that_cannot_be_read_differs_everywhere(answer: dict[str, Any]) -> None:
    assert dict(differences(answer)) == ALL_DIFFER
    assert ALL_DIFFER.keys() == COVERED


# ------------------------------------------------------------------------ details

SETTINGS = {
    "general.default_host": "",
    "general.default_pci": 0,
    "general.default_ttl": 3600,
    "general.stale_if_error": False,
    "general.stale_if_error_ttl": 43200,
}
EMPTY: dict[str, Any] = {"number": 7, **{word: [] for word in SECTIONS}, "settings": SETTINGS}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, set()),
        ({"number": "7"}, set()),
        ({"backends": [{"name": "a"}], "gzips": [{}]}, {"backend", "gzip"}),
        ({"backends": None}, set()),
        ({"settings": {**SETTINGS, "general.default_ttl": "60"}}, {"settings"}),
        ({"settings": {**SETTINGS, "general.default_ttl": "3600"}}, set()),
        ({"settings": {**SETTINGS, "general.default_host": None}}, set()),
        ({"settings": [1]}, {"settings"}),
        ({"wordpress": [{}]}, set()),
        ({"number": 8}, COVERED),  # another version than was asked for
        ({"number": None}, COVERED),
    ],
)
def test_lists_that_are_not_empty(changes: dict[str, Any], expected: set[str]) -> None:
    assert filled({"version": {**EMPTY, **changes}}, 7) == expected


@pytest.mark.parametrize("word", sorted(SECTIONS))
def test_a_list_that_details_do_not_have_may_hold_anything(word: str) -> None:
    version = {name: rows for name, rows in EMPTY.items() if name != word}
    assert filled({"version": version}, 7) == {SECTIONS[word]}


@pytest.mark.parametrize("details", [{}, {"version": None}, {"version": []}, {"version": 7}])
def test_details_that_cannot_be_read(details: dict[str, Any]) -> None:
    assert filled(details, 7) == COVERED
