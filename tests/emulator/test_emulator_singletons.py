"""HTTP/3 and the default settings of Image Optimizer: a version has one at the most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fastly_emulator import Emulator
from fastly_emulator.store import Store

from tests.cases import CASES

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Api

IMAGES = "image_optimizer_default_settings"
DEFAULTS = CASES["image_optimizer_settings"].answered
NOW = "2023-11-14T22:13:20Z"


def patch(api: Api, **settings: Any) -> Any:
    return api.ok("PATCH", f"v/{IMAGES}", json=settings)


def test_http3(api: Api) -> None:
    missing = (404, {"msg": "Not found"})
    assert api.refused("GET", "v/http3") == missing
    assert api.refused("DELETE", "v/http3") == missing
    made = api.post("v/http3", feature_revision=1)
    assert made == {
        "feature_revision": 1,
        "feature_update_available": False,
        "id": made["id"],
        "service_id": api.service,
        "version": 1,
        "created_at": NOW,
        "updated_at": NOW,
    }
    assert api.get("v/http3") == made
    assert api.refused("POST", "v/http3")[0] == 409
    assert api.delete("v/http3") == {"status": "ok"}
    assert api.refused("GET", "v/http3") == missing


def test_http3_needs_no_field(api: Api) -> None:
    assert api.post("v/http3")["feature_revision"] == 1


def test_image_optimizer(api: Api) -> None:
    assert api.send("GET", f"v/{IMAGES}").status_code == 404
    assert patch(api, webp=True, webp_quality=20) == {**DEFAULTS, "webp": True, "webp_quality": 20}
    assert patch(api, webp=False) == {**DEFAULTS, "webp_quality": 20}
    assert api.get(f"v/{IMAGES}") == {**DEFAULTS, "webp_quality": 20}


@pytest.mark.parametrize(
    ("settings", "detail"),
    [
        ({"webp_quality": 105}, "WebP quality must be less than or equal to 100."),
        ({"jpeg_quality": 0}, "JPEG quality must be greater than or equal to 1."),
        ({"resize_filter": "box"}, "Resize_filter must be one of: bicubic, bilinear, lanczos2, lanczos3, nearest"),
        ({"webp": "maybe"}, "'maybe' is not a boolean: webp"),
        ({}, "At least one setting is required."),
        ({"other": 1}, "At least one setting is required."),
    ],
)
def test_image_optimizer_refuses_as_problem_json(api: Api, settings: dict[str, Any], detail: str) -> None:
    answer = api.send("PATCH", f"v/{IMAGES}", json=settings)
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["title"], answer.json()["detail"]) == (400, "Bad request", detail)
    assert api.send("GET", f"v/{IMAGES}").status_code == 404


def test_image_optimizer_takes_no_form(api: Api) -> None:
    assert api.refused("PATCH", f"v/{IMAGES}", webp="1")[1]["detail"] == "The body must be JSON."


def test_a_locked_version(api: Api) -> None:
    api.post("v/http3")
    api.put("v/lock")
    for method, path, sent in (
        ("POST", "v/http3", None),
        ("DELETE", "v/http3", None),
        ("PATCH", f"v/{IMAGES}", {"webp": True}),
    ):
        assert api.refused(method, path, json=sent)[0] == 422


def test_a_clone_has_them_and_its_changes_are_its_own(api: Api) -> None:
    api.post("v/http3")
    patch(api, webp=True)
    api.put("v/clone")
    assert api.get("s/version/2/http3")["version"] == 2
    api.delete("s/version/2/http3")
    api.ok("PATCH", f"s/version/2/{IMAGES}", json={"webp": False})
    assert api.get("v/http3")["version"] == 1
    assert api.get(f"v/{IMAGES}")["webp"]


def test_no_overview_has_them(api: Api) -> None:
    before = api.get("s/details")
    api.post("v/http3")
    patch(api, webp=True)
    assert api.get("s/details") == before


def test_the_state_file_has_them(api: Api, tmp_path: Path) -> None:
    api.post("v/http3")
    patch(api, webp=True)
    store = Store(tmp_path / "state.json")
    store.save(api.emulator)
    read = Emulator(tmp_path / "state.json")
    found = read.services[api.service].versions[1].singletons
    assert found == api.emulator.services[api.service].versions[1].singletons
    assert found.keys() == {"http3", IMAGES}
