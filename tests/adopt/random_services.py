"""Services of random objects of all kinds, made on an emulator by another client."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import httpx
from pulumi_fastly_dynamic.schema import KINDS, Body, Group, Identity, Presence

from tests.cases import CASES, Case, Reference, Stages, in_order

OBJECTS = [case for case in in_order(CASES) if case.kind in KINDS and KINDS[case.kind].group is Group.OBJECT]
ODD = (
    *("class", "match", "None", "print", "release", "fastly", "config", "42", "a b", "a-b", "a_b", "A B", "x" * 90),
    *(
        'say "hi"',
        "it's",
        "both \"'",
        "back\\slash",
        "línea ñ",
        "日本語",
        "🙂",
        "a\nb",
        "tab\there",
        "a/b",
        "::",
        " spaced ",
    ),
    *("#{x}", "{x}", "%s", "'''", '"""', "end\\", "x.y", "*", "a@b", "naïve", "\u200bzero", "\x7f"),
)
"""Names that kinds take which put no limits on them."""
STRICT = {
    "dictionary": ("class", "a b", "A_B", "a_b", "Release", "x1", "paths"),
    "acl": ("class", "a b", "A_B", "a_b", "release", "x1", "office"),
    "snippet": ("class", "a b", "a-b", "a_b", "a.b", "x1", "Release"),
    "dynamic_snippet": ("for", "c d", "c-d", "c_d", "c.d", "y1"),
    "domain": ("example.com", "www.example.com", "*.example.com", "a-b.example", "a_b.example", "localhost"),
}
"""Names of the other kinds."""
TEXTS = (
    "ours",
    'two "quotes"',
    "it's",
    "a\nb",
    "a\r\nb\r\n",
    "ends\n",
    "back\\slash",
    "ünï",
    "{}",
    "日本\n語",
    "\ttab",
    "x" * 200,
)
FREE_TEXTS = {("backend", "comment"), ("condition", "comment"), ("response_object", "content"), ("director", "comment")}
"""Properties that take any text."""


@dataclass
class Maker:
    """Makes a service, through the API alone."""

    http: httpx.Client
    rnd: random.Random
    service_id: str = ""
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    """Names of objects, by kind and the name in the case."""

    def make(self, share: float = 0.25) -> str:
        """A service with about that share of all cases' objects, active."""
        self.service_id = self.send("POST", "/service", name=f"www {self.rnd.random()}", comment="ours")["id"]
        chosen = [case for case in OBJECTS if self.rnd.random() < share or case.kind in {"domain", "backend"}]
        for case in in_order({case.kind: case for case in chosen}):
            if KINDS[case.kind].group is Group.OBJECT:
                self._objects(case)
        if self.rnd.random() < share:
            self.http.put(f"/enabled-products/v1/ngwaf/services/{self.service_id}", json={"workspace_id": "w"})
        if self.rnd.random() < share:
            self.http.put(f"/enabled-products/v1/websockets/services/{self.service_id}", json={})
        self.send("PUT", f"{self.version}/activate")
        return self.service_id

    @property
    def version(self) -> str:
        return f"/service/{self.service_id}/version/1"

    def send(self, method: str, path: str, /, **form: Any) -> Any:
        answer = self.http.request(method, path, data=form)
        assert answer.is_success, f"{method} {path}: {answer.text}"
        return answer.json()

    def _objects(self, case: Case) -> None:
        schema = KINDS[case.kind]
        for each in case.objects:
            inputs = self._inputs(case, getattr(each, self.rnd.choice(("minimal", "full", "changed"))))
            if schema.identity is Identity.SINGLETON:
                self._singleton(case, inputs)
            else:
                self._object(case, each, inputs)

    def _inputs(self, case: Case, given: Mapping[str, Any]) -> dict[str, Any]:
        inputs = {name: self._renamed(value) for name, value in given.items()}
        return {
            name: self.rnd.choice(TEXTS) if (case.kind, name) in FREE_TEXTS else value for name, value in inputs.items()
        }

    def _renamed(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._renamed(each) for each in value]
        return self.names[value.case.kind, str(value)] if isinstance(value, Reference) else value

    def _singleton(self, case: Case, inputs: Mapping[str, Any]) -> None:
        schema, url = KINDS[case.kind], f"{self.version}/{case.path}"
        if schema.body is Body.JSON:
            assert not inputs or self.http.patch(url, json=inputs).is_success
        else:
            method = "POST" if schema.presence is Presence.CREATED else "PUT"
            self.send(method, url, **case.form("", inputs))

    def _object(self, case: Case, each: Stages, inputs: Mapping[str, Any]) -> None:
        taken = {
            name for (kind, _), name in self.names.items() if KINDS[kind].collection == KINDS[case.kind].collection
        }
        free = [name for name in STRICT.get(case.kind, ODD) if name not in taken]
        name = self.names[case.kind, each.name] = self.rnd.choice(free or [f"x{len(taken)}"])
        row = self.send("POST", f"{self.version}/{case.path}", **case.form(name, inputs))
        if inputs.get("main"):
            self.http.put(f"{self.version}/vcl/{_quoted(name)}/main").raise_for_status()
        for backend in inputs.get("backends", ()):
            url = f"{self.version}/director/{_quoted(name)}/backend/{_quoted(backend)}"
            self.http.post(url).raise_for_status()
        if case.kind in {"dictionary", "acl"} and not row.get("write_only"):
            self._fill(case.kind, row["id"])

    def _fill(self, kind: str, container: str) -> None:
        numbers = range(self.rnd.choice((0, 0, 1, 5, 12, 13, 40)))
        if kind == "dictionary":
            rows: list[dict[str, Any]] = [
                {"op": "create", "item_key": f"{self.rnd.choice(ODD)} {n}", "item_value": self.rnd.choice(TEXTS)}
                for n in numbers
            ]
            word = "items"
        else:
            rows = [
                {"op": "create", "ip": f"192.0.{n}.0", "negated": n % 2, "comment": self.rnd.choice(("", *TEXTS[:3]))}
                | ({"subnet": 24} if n % 3 else {})
                for n in numbers
            ]
            word = "entries"
        url = f"/service/{self.service_id}/{kind}/{container}/{word}"
        assert self.http.patch(url, json={word: rows}).is_success


def _quoted(name: str) -> str:
    return quote(name, safe="")
