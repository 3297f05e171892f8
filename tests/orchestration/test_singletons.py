"""What a version has once at the most: HTTP/3, which is there or not, and the defaults of Image Optimizer."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import httpx
import pytest
from fastly_emulator import create_app
from fastly_emulator.testing import InProcessTransport
from pulumi_fastly_dynamic.api import BadRequest, NotFound
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.orchestration import NeedsRefresh, UndeclaredObjects

from .conftest import Program, Stack

DOMAIN: Program = {"domain/www.example.com": {}}
EDITED: Program = {"domain/www.example.com": {"comment": "x"}}
HTTP3: Program = {"http3/http3": {}}
IMAGES = "image_optimizer_default_settings"
DEFAULTS = {
    "resize_filter": "lanczos3",
    "webp": False,
    "webp_quality": 85,
    "jpeg_type": "auto",
    "jpeg_quality": 85,
    "upscale": False,
    "allow_video": False,
}


def images(**given: Any) -> Program:
    return {"image_optimizer_settings/image_optimizer_settings": given}


def singletons(stack: Stack, number: int | None = None) -> dict[str, Any]:
    """The singletons of a version; of the one that serves, if none is given."""
    return stack.emulator.services[stack.service].versions[number or stack.active or 0].singletons


def own(stack: Stack) -> list[str]:
    """The writes to singletons."""
    return [each for each in stack.writes if each.endswith(("http3", IMAGES))]


def sent(stack: Stack) -> list[Any]:
    """The bodies of the writes of Image Optimizer's settings."""
    return [row["form"] for row in stack.emulator.control.log if row["method"] == "PATCH"]


# -------------------------------------------------------------------- there or not


def test_http3_is_enabled_and_disabled(stack: Stack) -> None:
    stack.up(DOMAIN)
    stack.clear()
    stack.up({**DOMAIN, **HTTP3})
    assert stack.writes == ["PUT version/1/clone", "PUT version/2", "POST version/2/http3", "PUT version/2/activate"]
    assert singletons(stack)["http3"]["feature_revision"] == 1
    stack.clear()
    stack.up(DOMAIN)
    assert stack.writes == ["PUT version/2/clone", "PUT version/3", "DELETE version/3/http3", "PUT version/3/activate"]
    assert singletons(stack) == {}


def test_another_object_changes_beside_it(stack: Stack) -> None:
    stack.up({**DOMAIN, **HTTP3})
    stack.clear()
    stack.up({**EDITED, **HTTP3})
    assert own(stack) == []
    assert list(singletons(stack)) == ["http3"]


def test_it_is_read_only_if_the_release_has_it(stack: Stack) -> None:
    stack.up(DOMAIN)
    stack.clear()
    stack.up(EDITED)
    assert not [path for path in stack.reads if path.endswith(("http3", IMAGES))]


def test_a_lost_state_writes_nothing(stack: Stack) -> None:
    stack.up({**DOMAIN, **HTTP3, **images(webp=True)})
    stack.clear()
    stack.version, stack.objects = None, {}
    assert stack.up({**DOMAIN, **HTTP3, **images(webp=True)}).number == 1
    assert stack.writes == []


def test_a_service_that_has_it_is_taken_over_without_a_write(taken: Stack) -> None:
    taken.api("POST", "version/1/http3", feature_revision=1)
    taken.api("PUT", "version/1/activate")
    taken.take_over()
    taken.clear()
    assert taken.up({"backend/origin": {"address": "a.example.com"}, **HTTP3}).number == 1
    assert taken.writes == []


def test_one_that_nobody_declares_stays(taken: Stack) -> None:
    """No overview of Fastly's shows it, and each version is a clone of the one before."""
    taken.api("POST", "version/1/http3", feature_revision=1)
    taken.api("PUT", "version/1/activate")
    taken.take_over()
    taken.up({"backend/origin": {"address": "a.example.com"}})
    taken.up({"backend/origin": {"address": "b.example.com"}})
    assert (taken.active, list(singletons(taken))) == (2, ["http3"])


def test_a_page_of_a_gateway_does_not_say_that_it_is_off(stack: Stack) -> None:
    stack.up({**DOMAIN, **HTTP3})
    _answer(stack, "GET", "/http3", lambda: httpx.Response(404, text="<html>no such page</html>"))
    with pytest.raises(NotFound):
        stack.refresh()
    assert "http3/http3" in stack.objects


# -------------------------------------------------------------------- someone else


def test_one_that_someone_disabled_is_enabled_again(stack: Stack) -> None:
    stack.up({**DOMAIN, **HTTP3})
    stack.api("PUT", "version/1/clone")
    stack.api("DELETE", "version/2/http3")
    stack.api("PUT", "version/2/activate")
    stack.refresh()
    assert "http3/http3" not in stack.objects
    stack.up({**DOMAIN, **HTTP3})
    assert (stack.active, list(singletons(stack))) == (3, ["http3"])


def test_one_that_someone_disables_in_the_draft_is_refused(stack: Stack) -> None:
    stack.up({**DOMAIN, **HTTP3})
    with pytest.raises(NeedsRefresh, match="Http3 was changed"):
        stack.up({**EDITED, **HTTP3}, meanwhile=partial(stack.api, "DELETE", "version/2/http3"))
    assert stack.active == 1


def test_a_leftover_of_a_failed_update_does_not_go_live(stack: Stack) -> None:
    """Or someone else's in a draft of an earlier run: neither the release nor an overview of Fastly's shows it."""
    stack.up(DOMAIN)
    stack.ensure(stack.process(), {**DOMAIN, **HTTP3, **images(webp=True)})  # the update fails before its release
    assert sorted(singletons(stack, 2)) == ["http3", IMAGES]
    stack.up(EDITED)
    assert (stack.active, singletons(stack)) == (2, {IMAGES: DEFAULTS})


def test_after_a_rollback_a_removed_one_is_removed_again(stack: Stack) -> None:
    stack.up({**DOMAIN, **HTTP3})
    stack.up(DOMAIN)
    stack.up(EDITED)
    stack.api("PUT", "version/1/activate")
    stack.refresh()
    stack.up({"domain/www.example.com": {"comment": "y"}})
    assert (stack.active, singletons(stack)) == (4, {})


def test_one_that_someone_added_to_an_activated_draft_is_named(stack: Stack) -> None:
    stack.up(DOMAIN)
    stack.ensure(stack.process(), EDITED)  # the update fails before its release
    stack.api("POST", "version/2/http3", feature_revision=1)
    stack.api("PUT", "version/2/activate")
    stack.refresh()
    with pytest.raises(UndeclaredObjects, match="the program does not declare: Http3"):
        stack.up({"domain/www.example.com": {"comment": "y"}})


# -------------------------------------------------------------------- interrupted


CHANGES: dict[str, tuple[Program, Program, dict[str, str], list[str]]] = {
    # Before, after, the call that is hit, what its version has then.
    "enable": (DOMAIN, {**DOMAIN, **HTTP3}, {"method": "POST", "path": "*/http3"}, ["http3"]),
    "disable": ({**DOMAIN, **HTTP3}, DOMAIN, {"method": "DELETE", "path": "*/http3"}, []),
    "set": (DOMAIN, {**DOMAIN, **images(webp=True)}, {"method": "PATCH", "path": f"*/{IMAGES}"}, [IMAGES]),
    "restore": ({**DOMAIN, **images(webp=True)}, DOMAIN, {"method": "PATCH", "path": f"*/{IMAGES}"}, [IMAGES]),
}


@pytest.mark.parametrize("failure", [{"drop": "before"}, {"drop": "after"}, {"status": 503}])
@pytest.mark.parametrize(("before", "after", "call", "there"), CHANGES.values(), ids=CHANGES)
def test_a_lost_answer_is_settled(
    stack: Stack, before: Program, after: Program, call: dict[str, str], there: list[str], failure: dict[str, Any]
) -> None:
    stack.up(before)
    stack.clear()
    stack.fault(**call, **failure)
    stack.up(after)
    assert (stack.active, list(singletons(stack))) == (2, there)
    if IMAGES in there:
        assert singletons(stack)[IMAGES] == {**DEFAULTS, "webp": after is not DOMAIN}


def test_a_lost_answer_to_a_post_is_not_answered_by_another_post(stack: Stack) -> None:
    stack.up(DOMAIN)
    stack.clear()
    stack.fault(method="POST", path="*/http3", drop="after")
    stack.up({**DOMAIN, **HTTP3})
    assert own(stack) == ["POST version/2/http3"]


@pytest.mark.parametrize("times", [3, 9])
def test_answers_that_are_lost_again_and_again(stack: Stack, times: int) -> None:
    """The client repeats a PATCH, since it does no harm; then the settings are read, and are as asked."""
    stack.up(DOMAIN)
    stack.clear()
    stack.fault(method="PATCH", path=f"*/{IMAGES}", drop="after", times=times)
    stack.up({**DOMAIN, **images(webp=True)})
    assert singletons(stack)[IMAGES] == {**DEFAULTS, "webp": True}


@pytest.mark.parametrize(("before", "after", "_call", "there"), CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("step", ["*/validate", "*/activate"])
def test_after_a_kill_the_same_up_carries_on(
    stack: Stack, before: Program, after: Program, _call: object, there: list[str], step: str
) -> None:
    """The process ends before it releases, and before the state has what it wrote."""
    stack.up(before)
    objects, version = dict(stack.objects), stack.version
    stack.fault(path=step, status=400)
    with pytest.raises(BadRequest):
        stack.up(after)
    stack.objects, stack.version = objects, version
    stack.clear()
    stack.up(after)
    assert stack.writes == ["PUT version/2/activate"]
    assert list(singletons(stack)) == there


# -------------------------------------------------------------------- Image Optimizer


NOT_SET = [
    httpx.Response(404, json={"title": "Not found", "detail": "No default settings."}),
    httpx.Response(404, json={"msg": "Not found"}),
    httpx.Response(404),
]


@pytest.mark.parametrize("answer", NOT_SET)
def test_any_404_says_that_nothing_is_set(stack: Stack, answer: httpx.Response) -> None:
    _answer(stack, "GET", IMAGES, lambda: answer)
    assert stack.up({**DOMAIN, **images()}).number == 1


def test_settings_are_sent_as_json_where_they_differ(stack: Stack) -> None:
    stack.up({**DOMAIN, **images(webp=True, webp_quality=70, jpeg_type="progressive")})
    stack.up({**DOMAIN, **images(webp_quality=70, resize_filter="nearest")})
    stack.up(DOMAIN)
    assert sent(stack) == [
        {"webp": True, "webp_quality": 70, "jpeg_type": "progressive"},
        {"webp": False, "jpeg_type": "auto", "resize_filter": "nearest"},
        {"webp_quality": 85, "resize_filter": "lanczos3"},
    ]
    assert singletons(stack) == {IMAGES: DEFAULTS}


def test_the_defaults_need_no_write(stack: Stack) -> None:
    """A version that has no settings has the defaults."""
    stack.up(DOMAIN)
    stack.clear()
    stack.up({**DOMAIN, **images()})
    stack.up(DOMAIN)
    assert stack.writes == []


def test_drift_is_read_and_corrected(stack: Stack) -> None:
    program = {**DOMAIN, **images(webp=True, jpeg_quality=50)}
    stack.up(program)
    stack.api("PUT", "version/1/clone")
    url = f"/service/{stack.service}/version/2/{IMAGES}"
    stack.http.patch(url, json={"webp": False, "jpeg_quality": 60}).raise_for_status()
    stack.api("PUT", "version/2/activate")
    stack.refresh()
    (key,) = images()
    assert {**stack.objects[key].inputs} == {"name": key.split("/")[1], "webp": False, "jpeg_quality": 60}
    stack.up(program)
    assert singletons(stack)[IMAGES] == {**DEFAULTS, "webp": True, "jpeg_quality": 50}


def test_a_service_without_the_product_is_told_so(stack: Stack) -> None:
    stack.up(DOMAIN)
    body = {"type": "https://...", "title": "Bad request", "detail": "Image Optimizer is not enabled on this service"}
    problem = {"content": json.dumps(body), "headers": {"Content-Type": "application/problem+json"}}
    _answer(stack, "PATCH", IMAGES, lambda: httpx.Response(400, **problem))
    with pytest.raises(BadRequest, match="400 Bad request: Image Optimizer is not enabled on this service"):
        stack.up({**DOMAIN, **images(webp=True)})
    assert stack.active == 1


def _answer(stack: Stack, method: str, end: str, response: Callable[[], httpx.Response]) -> None:
    """From now on, such calls get this answer."""

    class Answering(InProcessTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.method == method and request.url.path.endswith(end):
                return response()
            return super().handle_request(request)

    transport = Answering(create_app(stack.emulator), sleep=lambda _seconds: None)
    client = Client("key", "http://127.0.0.1", transport=transport, sleep=lambda _seconds: None)
    stack.connect = lambda: client
