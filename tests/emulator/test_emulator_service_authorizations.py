"""Service authorizations: kept and listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Api

PATH = "/service-authorizations"


def document(permission: str | None = None, **related: str) -> dict[str, Any]:
    relationships = {name: {"data": {"type": name, "id": identifier}} for name, identifier in related.items()}
    attributes = {} if permission is None else {"permission": permission}
    return {"data": {"type": "service_authorization", "attributes": attributes, "relationships": relationships}}


def test_a_service_authorization(api: Api) -> None:
    user = api.post("/user", login="a@example.com", limit_services="true")
    assert user["limit_services"] is True
    made = api.ok("POST", PATH, json=document("purge_all", service=api.service, user=user["id"]))["data"]
    assert made["attributes"]["permission"] == "purge_all"
    assert made["relationships"]["user"] == {"data": {"id": user["id"], "type": "user"}}
    assert made["relationships"]["service"] == {"data": {"id": api.service, "type": "service"}}
    assert api.get(PATH)["data"] == [made]
    path = f"{PATH}/{made['id']}"
    assert api.ok("PATCH", path, json=document("read_only"))["data"]["attributes"]["permission"] == "read_only"
    read = api.get(path)["data"]
    assert (read["attributes"]["permission"], read["relationships"]) == ("read_only", made["relationships"])
    assert api.client.delete(path).status_code == 204
    assert api.refused("GET", path)[0] == 404
    assert api.get(PATH)["data"] == []


def test_the_default(api: Api) -> None:
    user = api.get("/current_user")["id"]
    made = api.ok("POST", PATH, json=document(service=api.service, user=user))
    assert made["data"]["attributes"]["permission"] == "full"


@pytest.mark.parametrize(
    ("permission", "without", "status"), [("king", "", 400), ("full", "service", 400), ("full", "user", 404)]
)
def test_refused(api: Api, permission: str, without: str, status: int) -> None:
    related = {"service": api.service, "user": api.get("/current_user")["id"]} | ({without: "x"} if without else {})
    assert api.refused("POST", PATH, json=document(permission, **related))[0] == status
    assert api.get(PATH)["data"] == []
