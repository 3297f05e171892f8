"""Other clients of the same account: people, and other tools."""

from __future__ import annotations

import random
from typing import Any

import httpx
from fastly_emulator.state import Service, Version

from .objects import COLLECTIONS, KINDS, UNLISTED, Object
from .program import ip_of
from .walk_versions import OTHER_KINDS, content

_THEIRS = tuple(kind for kind in KINDS if kind not in UNLISTED)
"""Kinds that others change."""
_CHANGEABLE = {"address", "statement", "content", "priority", "quorum"}
OTHER: dict[str, dict[str, str]] = {
    "cache_settings": {"action": "pass"},
    "domain": {},
    "gzip": {"extensions": "css"},
    "header": {"action": "set", "type": "request", "dst": "http.X", "src": '"1"'},
    "healthcheck": {"host": "theirs.example.com", "path": "/"},
    "request_settings": {"force_miss": "1"},
}
"""What people send of kinds that the programs do not declare."""
CHANGED: dict[str, dict[str, str]] = {
    "backend": {"weight": "77"},
    "cache_settings": {"ttl": "77"},
    "condition": {"priority": "77"},
    "director": {"retries": "77"},
    "domain": {"comment": "77"},
    "gzip": {"extensions": "js"},
    "header": {"priority": "77"},
    "healthcheck": {"path": "/77"},
    "request_settings": {"max_stale_age": "77"},
    "response_object": {"status": "477"},
    "snippet": {"priority": "77"},
}
"""What people change; of kinds that programs declare, a property that no program gives."""


class Foreign:
    """Changes services behind the program's back. What the API refuses is not done."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def _send(self, method: str, path: str, form: dict[str, str] | None = None, body: Any = None) -> Any:
        answer = self._http.request(method, path, data=form, json=body)
        return answer.json() if answer.is_success else None

    def create_service(self, name: str) -> str:
        """A new service."""
        return str(self._send("POST", "/service", {"name": name})["id"])

    def clone(self, service_id: str, number: int) -> int:
        """A draft."""
        return int(self._send("PUT", f"/service/{service_id}/version/{number}/clone")["number"])

    def activate(self, service_id: str, number: int) -> None:
        """Puts a version live."""
        self._send("PUT", f"/service/{service_id}/version/{number}/activate")

    def deactivate(self, service_id: str, number: int) -> None:
        """Takes it off."""
        self._send("PUT", f"/service/{service_id}/version/{number}/deactivate")

    def post(self, service_id: str, number: int, each: Object) -> None:
        """A new object."""
        given = each.properties(None).items()
        form = {name: str(value) for name, value in given if not isinstance(value, bool | list)}
        if COLLECTIONS[each.kind] == "snippet":
            form["dynamic"] = "1" if each.kind == "dynamic_snippet" else "0"
        self._send("POST", f"/service/{service_id}/version/{number}/{COLLECTIONS[each.kind]}", form)

    def put_settings(self, service_id: str, number: int, value: str) -> None:
        """Other settings."""
        form = {"general.default_ttl": str(1000 + int(value))}
        self._send("PUT", f"/service/{service_id}/version/{number}/settings", form)

    def add_other(self, service: Service, version: Version, rnd: random.Random) -> None:
        """An object of a kind that programs do not declare."""
        self.add(service.id, version.number, rnd.choice(OTHER_KINDS), rnd.choice(["u1", "u2"]))

    def add(self, service_id: str, number: int, kind: str, name: str) -> None:
        """A new object of any kind."""
        if kind in KINDS:
            self.post(service_id, number, Object(kind, name))
            return
        form = {"name": f"{name}.example.com" if kind == "domain" else name, **OTHER[kind]}
        self._send("POST", f"/service/{service_id}/version/{number}/{kind}", form)

    def change_any(self, service: Service, version: Version, rnd: random.Random) -> None:
        """One random change of a draft, of any kind and in any field."""
        if rnd.random() < 0.4:
            self.change(service, version, rnd)
            return
        things = [each for each in content(version).values() if each.kind not in UNLISTED]
        if rnd.random() < 0.5 or not things:
            self.add_other(service, version, rnd)
            return
        collection, name = rnd.choice(things).place
        path = f"/service/{service.id}/version/{version.number}/{collection}/{name}"
        if rnd.random() < 0.5:
            self._send("DELETE", path)
        elif collection in CHANGED:
            self._send("PUT", path, CHANGED[collection])

    def delete(self, service_id: str, number: int, collection: str, name: str) -> None:
        """One object less."""
        self._send("DELETE", f"/service/{service_id}/version/{number}/{collection}/{name}")

    def change(self, service: Service, version: Version, rnd: random.Random) -> None:
        """One random change of a draft, of the kinds that programs declare."""
        path = f"/service/{service.id}/version/{version.number}"
        kind, what = rnd.choice(_THEIRS), rnd.choice(["edit", "delete", "add", "add"])
        if kind == "settings":
            self.put_settings(service.id, version.number, rnd.choice(["7", "8", "2600"]))
            return
        if what == "add":
            names = ["u1", "u2"] if kind in {"dictionary", "acl", "dynamic_snippet"} else ["u1", "u2", "a", "b"]
            self.post(service.id, version.number, Object(kind, rnd.choice(names), content=rnd.choice("19")))
            return
        found = [each for each in content(version).values() if each.kind == kind]
        if not found:
            return
        name = rnd.choice(found).name
        if what == "delete":
            self._send("DELETE", f"{path}/{COLLECTIONS[kind]}/{name}")
        elif kind not in {"dictionary", "acl"}:
            changed = Object(kind, name, content=rnd.choice("789")).properties(None)
            form = {field: str(value) for field, value in changed.items() if field in _CHANGEABLE}
            self._send("PUT", f"{path}/{COLLECTIONS[kind]}/{name}", form)

    def change_content(self, service: Service, snippet: str, text: str) -> None:
        """Other content of a dynamic snippet."""
        self._send("PUT", f"/service/{service.id}/snippet/{snippet}", {"content": text})

    def change_item(self, service: Service, container: str, key: str, value: str | None) -> None:
        """Another live item, or one less."""
        if container in service.items:
            operation = {"op": "delete" if value is None else "upsert", "item_key": key, "item_value": value}
            self._send("PATCH", f"/service/{service.id}/dictionary/{container}/items", body={"items": [operation]})
            return
        there = next((row["id"] for row in service.entries[container].values() if row["ip"] == ip_of(key)), None)
        if value is None:
            operation = {"op": "delete", "id": there}
        elif there:
            operation = {"op": "update", "id": there, "comment": value}
        else:
            operation = {"op": "create", "ip": ip_of(key), "comment": value}
        self._send("PATCH", f"/service/{service.id}/acl/{container}/entries", body={"entries": [operation]})
