"""Check, diff and read of services."""

from typing import Any

import pytest
from pulumi_fastly_dynamic.api import BadRequest
from pulumi_fastly_dynamic.engine import restore
from pulumi_fastly_dynamic.orchestration import ProviderState, ServiceNameTaken

from .conftest import UNKNOWN, Api, shown

SERVICE: Any = restore("service", "org/project/stack")


def failures_of(olds: dict[str, Any], news: dict[str, Any]) -> list[str]:
    return [failure.property for failure in SERVICE.check(olds, news).failures or []]


@pytest.mark.parametrize(
    ("olds", "news", "failures"),
    [
        ({}, {"name": "www"}, []),
        ({}, {"name": ""}, [""]),
        ({}, {"adopt_id": "S"}, []),
        ({}, {"adopt_id": UNKNOWN}, []),
        ({"name": "www"}, {"name": "www"}, []),
        ({"adopt_id": "S"}, {"adopt_id": "S"}, []),
        ({"adopt_id": "S"}, {"adopt_id": UNKNOWN}, []),
        ({"adopt_id": "S"}, {"adopt_id": "T"}, [""]),
        ({"adopt_id": "S"}, {"name": "www"}, [""]),
        ({"name": "www"}, {"adopt_id": "S"}, [""]),
        ({}, {"adopt_id": ""}, [""]),
    ],
    ids=shown,
)
def test_check(olds: dict[str, Any], news: dict[str, Any], failures: list[str]) -> None:
    assert failures_of(olds, news) == failures


def test_check_says_what_to_do_instead_of_changing_the_id() -> None:
    (failure,) = SERVICE.check({"adopt_id": "S"}, {"adopt_id": "T"}).failures or []
    assert failure.reason == "adopt_id of a Service cannot be changed in place: give the resource another name"


def test_a_service_that_is_taken_over_is_held(process: ProviderState) -> None:
    SERVICE.check({}, {"adopt_id": "S"})
    assert process.used == {"S"}


@pytest.mark.parametrize(
    ("olds", "news", "changes"),
    [
        ({"name": "www"}, {"name": "www", "force_destroy": False}, False),
        ({"name": "www", "comment": ""}, {"name": "www"}, False),
        ({"name": "www"}, {"name": "other"}, None),
        ({"name": "www"}, {"name": UNKNOWN}, None),
        ({"name": "www"}, {"name": "www", "comment": "x"}, None),
        ({"name": "www"}, {"name": "www", "force_destroy": True}, None),
    ],
    ids=shown,
)
def test_diff(olds: dict[str, Any], news: dict[str, Any], changes: bool | None) -> None:
    result = SERVICE.diff("id", olds, news)
    assert (result.changes, result.replaces or []) == (changes, [])


@pytest.mark.parametrize("adopted", [False, True], ids=["own", "taken over"])
def test_diff_yields_nothing_after_create_and_read(api: Api, adopted: bool) -> None:
    given: dict[str, Any] = {"adopt_id": api.service} if adopted else {"name": "other", "comment": "ours"}
    news = SERVICE.check({}, given).inputs
    created = SERVICE.create(news)
    api.forget()
    read = SERVICE.read(created.id, created.outs)
    assert read.inputs == news
    assert SERVICE.diff(created.id, read.outs, news).changes is False


def test_gone(api: Api) -> None:
    created = SERVICE.create(SERVICE.check({}, {"name": "other"}).inputs)
    api.http.delete(f"/service/{created.id}").raise_for_status()
    api.forget()
    assert SERVICE.read(created.id, created.outs).id is None


@pytest.mark.parametrize("adopted", [False, True], ids=["own", "taken over"])
def test_a_name_that_another_service_has(api: Api, adopted: bool) -> None:
    """A rename is refused as a create is."""
    shop = SERVICE.create({"name": "shop"}).id
    www = SERVICE.create({"name": "www"}).id
    identity = {"adopt_id": www} if adopted else {}
    with pytest.raises(ServiceNameTaken) as refused:
        SERVICE.update(www, {**identity, "name": "www"}, {**identity, "name": "shop"})
    assert str(refused.value) == f"a service named 'shop' exists already (id {shop}): choose another name"
    if adopted:
        with pytest.raises(ServiceNameTaken, match="a service named 'shop' exists already"):
            SERVICE.create({"adopt_id": www, "name": "shop"})
    api.http.post("/_emulator/faults", json={"method": "PUT", "status": 400}).raise_for_status()
    with pytest.raises(BadRequest):
        SERVICE.update(www, {**identity, "name": "www"}, {**identity, "name": "blog"})
    api.http.post("/_emulator/faults", json={"method": "PUT", "status": 400}).raise_for_status()
    with pytest.raises(BadRequest):
        SERVICE.update(www, {**identity, "name": "www"}, {**identity, "name": "www", "comment": "x"})
