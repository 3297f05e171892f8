"""Makes the users and tokens that a recorded row needs and no published row of its lifecycle has made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

Send = Callable[..., httpx.Response]
"""Sends a request with the emulator's ids in it: (method, path, form=..., key=...)."""


class AccountArranger:
    """Makes what one row about the account needs."""

    def __init__(self, ids: dict[str, str], send: Send, row: dict[str, Any]) -> None:
        self.ids = ids
        self.send = send
        self.row = row

    def arrange(self) -> None:
        match self.row["method"], self.row["path"]:
            case "GET", "/tokens":
                # The first one is the one that asks, which is there already.
                for recorded in self.row["response_body"][1:]:
                    self._make("/tokens", recorded | {"username": "owner@example.com", "password": "any"})
            case "GET", "/automation-tokens":
                for recorded in self.row["response_body"]["data"]:
                    self._make("/automation-tokens", recorded | {"scope": recorded["scopes"]})
            case "POST", "/sudo" | "/tokens":
                self.send("POST", "/user", form={"login": self.row["request_form"]["username"]})
            case "POST", "/service-authorizations":
                for name, recorded in _related(self.row["response_body"]["data"]).items():
                    form = {"name": recorded, "login": recorded}
                    self.ids[recorded] = self.send("POST", f"/{name}", form=form).json()["id"]

    def _make(self, path: str, recorded: dict[str, Any]) -> None:
        form = {name: recorded.get(name) for name in ("name", "scope", "role", "expires_at", "username", "password")}
        if recorded["services"] is not None:
            form["services[]"] = [self._service(each) for each in recorded["services"]] or [""]
        answer = self.send("POST", path, form={name: value for name, value in form.items() if value is not None})
        assert answer.status_code == httpx.codes.OK, answer.text
        if recorded["last_used_at"] is not None:
            self.send("GET", "/tokens/self", key=answer.json()["access_token"])

    def _service(self, recorded: str) -> str:
        if recorded not in self.ids:
            self.ids[recorded] = self.send("POST", "/service", form={"name": recorded}).json()["id"]
        return self.ids[recorded]


def _related(resource: dict[str, Any]) -> dict[str, str]:
    return {name: related["data"]["id"] for name, related in resource["relationships"].items()}
