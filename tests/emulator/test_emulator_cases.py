"""Every kind of object: what it answers, update, rename, delete and refusals, by the facts in `tests/cases`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fastly_emulator.kinds import KINDS

from tests.cases import CASES, Case, Stages, normal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conftest import Api, Clock

NOW = "2023-11-14T22:13:20Z"
LATER = "2023-11-14T22:13:30Z"
TIMES = {"created_at": NOW, "updated_at": NOW, "deleted_at": None}
IN_A_VERSION = [case for case in CASES.values() if case.path in KINDS and not KINDS[case.path].by_id]

every_case = pytest.mark.parametrize("case", IN_A_VERSION, ids=lambda case: case.kind)


def make_needed(api: Api, case: Case) -> None:
    for needed in case.needed():
        for each in needed.objects:
            if needed is not case:
                api.post(f"v/{needed.path}", **needed.form(each.name, each.minimal))


def rows(field: str) -> list[Any]:
    """Parameters: one set for each row of that field."""
    return [
        pytest.param(case, *row, id=f"{case.kind}-{number}")
        for case in IN_A_VERSION
        for number, row in enumerate(getattr(case, field))
    ]


def test_every_kind_has_a_case() -> None:
    assert KINDS.keys() <= {case.path for case in CASES.values()}


@every_case
def test_defaults_and_types(api: Api, case: Case) -> None:
    made = api.post(f"v/{case.path}", **form(case))
    expected = {"service_id": api.service, **TIMES, **case.row(made["name"], case.minimal)}
    if "id" in expected:
        assert len(made["id"]) == 22
        assert made["id"].isalnum()
        expected["id"] = made["id"]
    assert made == expected
    assert {name: type(value) for name, value in made.items()} == {
        name: type(value) for name, value in expected.items()
    }
    assert api.get(f"v/{case.path}/{made['name']}") == made
    assert api.get(f"v/{case.path}") == [made]


def form(case: Case, name: str = "") -> dict[str, str]:
    return case.form(name or case.name, case.minimal)


@pytest.mark.parametrize(
    ("case", "each"),
    [pytest.param(case, each, id=f"{case.kind}-{each.name}") for case in IN_A_VERSION for each in case.objects],
)
def test_update_to_other_values_and_back(api: Api, case: Case, each: Stages) -> None:
    make_needed(api, case)
    fixed = {name: each.full[name] for name in case.unchangeable if name in each.full}
    place = f"v/{case.path}/{each.name}"
    shows(api, case, each, api.post(f"v/{case.path}", **case.form(each.name, each.full)), each.full)
    for inputs in (each.changed, each.full):
        given = {**inputs, **fixed}
        shows(api, case, each, api.put(place, **case.form(each.name, given)), given)
        shows(api, case, each, api.get(place), given)


def shows(api: Api, case: Case, each: Stages, answer: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """The answer has the values that were given; those in no version are elsewhere."""
    expected = case.row(each.name, given)
    for name in given.keys() - case.client_only - case.links - case.unversioned.keys():
        wire = case.wire(name)
        assert normal(answer[wire]) == normal(expected[wire]), name


@every_case
def test_not_found_duplicate_locked(api: Api, case: Case) -> None:
    sent, kind = form(case), case.path
    name = case.name
    class_name = case.class_name or kind.capitalize()
    keys = f"deleted => 0000-00-00 00:00:00, name => a b, service => {api.service}, version => 1"
    missing = (404, {"msg": "Record not found", "detail": f"Couldn't find {class_name} '{{ {keys} }}'"})
    for method in ("GET", "PUT", "DELETE"):
        assert api.refused(method, f"v/{kind}/a%20b") == missing
    api.post(f"v/{kind}", **sent)
    duplicate = (409, {"msg": "Duplicate record", "detail": f"Duplicate {case.duplicate or kind}: '{name}'"})
    assert api.refused("POST", f"v/{kind}", **sent) == duplicate
    api.put("v/lock")
    detail = f"Version '1' for service '{api.service}' is locked"
    for method, path in (("POST", f"v/{kind}"), ("PUT", f"v/{kind}/{name}"), ("DELETE", f"v/{kind}/{name}")):
        assert api.refused(method, path, **sent) == (422, {"msg": "Version locked", "detail": detail})


@every_case
def test_update_rename_delete(api: Api, clock: Clock, case: Case) -> None:
    kind, name = case.path, case.name
    made = api.post(f"v/{kind}", **form(case))
    clock.now += 10
    assert api.put(f"v/{kind}/{name}") == made, "an empty body changes nothing"
    assert api.get(f"v/{kind}/{name}") == made
    match case.rename:
        case "refused":
            refused = (400, {"msg": "Bad request", "detail": "Cannot change name"})
            assert api.refused("PUT", f"v/{kind}/{name}", name="y") == refused
            assert api.put(f"v/{kind}/{name}", name=name) == made
        case "ignored":
            assert api.put(f"v/{kind}/{name}", name="y") == made, "the old name is kept, and nothing said"
            assert api.get(f"v/{kind}") == [made]
        case _:
            assert api.put(f"v/{kind}/{name}", name="y") == {**made, "name": "y"}, "with the times before the update"
            assert api.get(f"v/{kind}") == [{**made, "name": "y", "updated_at": LATER}]
            assert api.refused("GET", f"v/{kind}/{name}")[0] == 404
            api.post(f"v/{kind}", **form(case))
            assert api.refused("PUT", f"v/{kind}/{name}", name="y")[0] == 409
            assert api.delete(f"v/{kind}/y") == {"status": "ok"}
            assert [each["name"] for each in api.get(f"v/{kind}")] == [name]


@every_case
def test_clearing_fields(api: Api, case: Case) -> None:
    make_needed(api, case)
    made = api.post(f"v/{case.path}", **case.form(case.name, case.full))
    for name, cleared in case.cleared.items():
        assert made[name] not in {None, ""}
        assert api.put(f"v/{case.path}/{case.name}", **{name: ""})[name] == cleared
        assert api.get(f"v/{case.path}/{case.name}")[name] == cleared


@pytest.mark.parametrize(("case", "sent", "detail"), rows("refused_by_api"))
def test_refused_creates(api: Api, case: Case, sent: dict[str, str], detail: str) -> None:
    for each in CASES["condition"].objects:
        api.post("v/condition", **CASES["condition"].form(each.name, each.minimal))
    before = api.get(f"v/{case.path}")
    status, body = api.refused("POST", f"v/{case.path}", **sent)
    assert (status, body["msg"]) == (400, "Bad request")
    assert detail in body["detail"]
    assert api.get(f"v/{case.path}") == before


@every_case
def test_unchangeable(api: Api, case: Case) -> None:
    made = api.post(f"v/{case.path}", **form(case))
    for name, (value, detail) in case.unchangeable.items():
        refused = (400, {"msg": "Bad request", "detail": detail})
        assert api.refused("PUT", f"v/{case.path}/{case.name}", **{name: value}) == refused
        assert api.put(f"v/{case.path}/{case.name}", **{name: str(made[name])}) == made
