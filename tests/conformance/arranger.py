"""Makes what a recorded row needs and no published row of its lifecycle has made, or removed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote

import httpx

from .recordings import account_of

Send = Callable[..., httpx.Response]
"""Sends a request with the emulator's ids in it: (method, path, form=...)."""

_NEEDED = {"snippet": {"type": "recv"}, "backend": {"address": "example.com"}}
"""What an object cannot be made without, beside its name."""

_DERIVED = {"start_time", "bandwidth", "hit_ratio"}
"""What follows from the other numbers of a row of statistics."""

_DATACENTER = {"usa": "WDC"}
"""A datacenter of the region from which traffic was recorded."""

_NOT_SENT = {"id", "service_id", "version", "created_at", "updated_at", "deleted_at"}


class Arranger:
    """Makes what one row needs, and removes what is in its way."""

    def __init__(self, ids: dict[str, str], send: Send, row: dict[str, Any]) -> None:
        self.ids = ids
        self.send = send
        self.row = row
        # The kind of a logging endpoint is two segments of the path.
        self.segments = row["path"].replace("/logging/", "/logging%2F").split("/")[1:]

    def arrange(self) -> None:
        if self.segments == ["service"] and self.row["method"] == "GET":
            self._account()
        if self.segments == ["events"]:
            self._event()
        if self.segments[0] == "stats":
            self._traffic()
        if len(self.segments) < 2 or self.segments[0] != "service":
            return
        self._service(self.segments[1])
        if self.segments[2:3] == ["version"]:
            self._versions()
        if len(self.segments) > 4 and self.segments[2] == "version":
            self._object()

    def _send(self, method: str, path: str, form: dict[str, str] | None = None) -> Any:
        answer = self.send(method, path, form=form)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()

    def _account(self) -> None:
        """Make the services of the account; a later page of the same recording has the older ones."""
        for recorded in reversed(account_of(self.row)):
            if recorded["id"] in self.ids:
                continue
            form = {"name": recorded["name"], "comment": recorded["comment"], "type": recorded["type"]}
            self.ids[recorded["id"]] = self._send("POST", "/service", form)["id"]
            self._states(recorded["id"], recorded["versions"])

    def _event(self) -> None:
        """Make the one event that is recorded: an update of a logging endpoint."""
        attributes = self.row["response_body"]["data"][0]["attributes"]
        old, new = attributes["metadata"]["old"], attributes["metadata"]["new"]
        number = int(attributes["description"].split("'")[-2])
        service = self._send("POST", "/service", {"name": "service of the event"})["id"]
        self.ids[attributes["service_id"]] = service
        self._up_to(service, number)
        collection = f"/service/{service}/version/{number}/logging/elasticsearch"
        self._make(collection, old["name"], {"index": "i", "url": "https://example.com", **old})
        self._send("PUT", f"{collection}/{old['name']}", new)

    def _traffic(self) -> None:
        """Serve what was recorded."""
        recorded = self.segments[2] if self.segments[1] == "service" else next(iter(self.ids), "")
        if recorded:
            self._service(recorded)
        region = self.row["response_body"]["meta"]["region"]
        rows = [row for row in self.row["response_body"]["data"] if isinstance(row, dict)]
        served = [
            {"service_id": self.ids[recorded], "time": row["start_time"], "datacenter": _DATACENTER[region]}
            | {name: value for name, value in row.items() if name not in _DERIVED}
            for row in rows
        ]
        answer = self.send("PUT", "/_emulator/stats", body=json.dumps({"traffic": served}))
        assert answer.status_code == httpx.codes.OK, answer.text

    def _service(self, recorded: str) -> None:
        if recorded not in self.ids:
            kind = "wasm" if "compute" in self.row["lifecycle"] else "vcl"
            form = {"name": f"service of {self.row['lifecycle']}", "type": kind}
            self.ids[recorded] = self._send("POST", "/service", form)["id"]

    def _versions(self) -> None:
        """Make versions up to the recorded number, so that numbers need no mapping."""
        if len(self.segments) == 3:
            if self.row["method"] == "GET":
                self._states(self.segments[1], self.row["response_body"])
                return
            wanted = self.row["response_body"]["number"] - 1
        else:
            wanted = int(self.segments[3])
        self._up_to(self.segments[1], wanted)

    def _up_to(self, service: str, number: int) -> None:
        present = len(self._send("GET", f"/service/{service}/version"))
        for _ in range(present, number):
            self._send("POST", f"/service/{service}/version")

    def _states(self, service: str, versions: list[dict[str, Any]]) -> None:
        self._up_to(service, versions[-1]["number"])
        for recorded in versions:
            path = f"/service/{service}/version/{recorded['number']}"
            if recorded["comment"]:
                self._send("PUT", path, {"comment": recorded["comment"]})
            if recorded["locked"]:
                self._send("PUT", f"{path}/lock")
            if recorded["active"]:
                self._send("PUT", f"{path}/activate")

    def _object(self) -> None:
        """Make what is listed, linked or read; remove what is not found, or about to be created."""
        collection = "/" + "/".join(self.segments[:5]).replace("%2F", "/")
        below, name = "/" + "/".join(self.segments[:4]), unquote(self.segments[-1])
        match self.row["method"], len(self.segments), self.row["status"]:
            case "GET", 5, httpx.codes.OK if isinstance(self.row["response_body"], list):
                for recorded in self.row["response_body"]:
                    self._make(collection, recorded["name"], _sent(recorded))
            case "POST", 5, httpx.codes.OK if "name" in (self.row["request_form"] or {}):
                self._remove(collection, self.row["request_form"]["name"])
            case "POST", 8, _:
                self._make(f"{below}/director", self.segments[5])
                self._make(f"{below}/backend", self.segments[7])
            case (("GET" | "PUT" | "DELETE"), 6, httpx.codes.OK):
                self._make(collection, name)
            case (("GET" | "PUT" | "DELETE"), 6, httpx.codes.NOT_FOUND):
                self._remove(collection, name)

    def _make(self, collection: str, name: str, form: dict[str, str] | None = None) -> None:
        if not self._named(collection, name):
            needed = _NEEDED.get(collection.rpartition("/")[2], {})
            self._send("POST", collection, {**needed, **(form or {}), "name": name})

    def _remove(self, collection: str, name: str) -> None:
        for found in self._named(collection, name):
            by_id = collection.endswith("/rate-limiters")
            path = f"/rate-limiters/{found['id']}" if by_id else f"{collection}/{quote(name, safe='')}"
            self._send("DELETE", path)

    def _named(self, collection: str, name: str) -> list[dict[str, Any]]:
        return [each for each in self._send("GET", collection) if each["name"] == name]


def _sent(recorded: dict[str, Any]) -> dict[str, str]:
    """Return a form that makes a recorded object; what is empty or zero was probably not sent."""
    texts = {name: value for name, value in recorded.items() if isinstance(value, str) and name not in _NOT_SENT}
    numbers = {name: str(value) for name, value in recorded.items() if type(value) is int and name not in _NOT_SENT}
    return {name: text for name, text in {**texts, **numbers}.items() if text not in {"", "0"}}
