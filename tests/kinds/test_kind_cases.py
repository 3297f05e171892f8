"""Every kind: its check, and its way to the API and back."""

from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest
from fastly_emulator import Emulator, create_app
from fastly_emulator.testing import InProcessTransport
from pulumi_fastly_dynamic.schema import KINDS, Body, Group, Identity, Problem

from tests.cases import CASES, Case, Stages, normal

from .declared_kind import Declared, nothing_is_unknown

ANSWERED_ONLY = {"service_id", "version", "id", "created_at", "updated_at", "deleted_at", "locked"}
OF_THE_PROVIDER = [case for case in CASES.values() if case.kind in KINDS]
VERSIONED = [case for case in OF_THE_PROVIDER if case.answered and not case.record]


def kind_of(case: Case) -> Declared:
    return Declared(case.kind, **case.inputs(case.name, case.minimal))


def rows(*fields: str) -> list[Any]:
    """Parameters: the named fields of all cases, one set per value."""
    return [
        pytest.param(case, each, id=f"{case.kind}-{number}")
        for case in OF_THE_PROVIDER
        for number, each in enumerate(value for name in fields for value in getattr(case, name))
    ]


def stages(cases: list[Case]) -> list[Any]:
    return [pytest.param(case, each, id=f"{case.kind}-{each.name}") for case in cases for each in case.objects]


def test_every_kind_has_a_case() -> None:
    others = {Group.SERVICE, Group.TAKEOVER, Group.VERSION, Group.PRODUCTS}
    assert {kind for kind, schema in KINDS.items() if schema.group not in others} <= CASES.keys()
    assert all(case.kind == name for name, case in CASES.items())


@pytest.mark.parametrize("case", OF_THE_PROVIDER, ids=lambda case: case.kind)
def test_every_documented_field_is_a_property(case: Case) -> None:
    wanted = set(case.documented.split()) - ANSWERED_ONLY - case.left_out.keys()
    have = {f.wire for f in KINDS[case.kind].fields if not f.client_only}
    assert wanted <= have if KINDS[case.kind].group is Group.ITEMS else wanted == have


@pytest.mark.parametrize("case", OF_THE_PROVIDER, ids=lambda case: case.kind)
def test_the_case_shows_every_property_with_two_values(case: Case) -> None:
    for f in KINDS[case.kind].fields:
        if f.name != "name":
            seen = [f.canonical(inputs.get(f.name)) for each in case.objects for inputs in each]
            assert len({repr(value) for value in seen}) > 1, f.name


@pytest.mark.parametrize(("case", "each"), stages(OF_THE_PROVIDER))
def test_values_of_all_stages_pass(case: Case, each: Stages) -> None:
    for inputs in each:
        assert Declared(case.kind).refusals(**case.inputs(each.name, inputs)) == {}


@pytest.mark.parametrize("case", OF_THE_PROVIDER, ids=lambda case: case.kind)
def test_nothing_can_be_left_out_of_the_minimum(case: Case) -> None:
    kind = kind_of(case)
    for name in case.inputs(case.name, case.minimal):
        assert kind.refusals(**{name: None}).keys() == {name}


@pytest.mark.parametrize(("case", "values"), rows("taken"))
def test_taken(case: Case, values: Mapping[str, Any]) -> None:
    assert kind_of(case).refusals(**values) == {}


@pytest.mark.parametrize(("case", "row"), rows("refused"))
def test_refused(case: Case, row: tuple[Mapping[str, Any], str]) -> None:
    values, told = row
    kind = kind_of(case)
    _, problems = kind.schema.check({**kind.least, **values}, nothing_is_unknown)
    name, _, text = told.partition(": ")
    assert problems == [Problem(name, problems[0].text)]
    assert text in problems[0].text
    assert name in problems[0].text


def spelled(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with text for each number and flag."""
    return {name: str(int(value)) if isinstance(value, int) else value for name, value in row.items()}


@pytest.mark.parametrize(("case", "each"), stages(VERSIONED))
def test_what_the_api_answers_reads_back_as_declared(case: Case, each: Stages) -> None:
    """Numbers and flags may come as text, and what was not given as null."""
    kind = Declared(case.kind)
    sent = {f.name for f in kind.schema.versioned}
    for inputs in each:
        declared = case.inputs(each.name, inputs)
        row = case.row(each.name, inputs)
        given = {case.wire(name).partition("[")[0] for name in declared} | case.constants.keys()
        nulls = {name: value if name in given else None for name, value in row.items()}
        checked = {name: value for name, value in kind.check(**declared).items() if name in sent}
        for answer in (row, spelled(row), nulls):
            read = {name: normal(value) for name, value in kind.read(answer).items() if name in sent}
            assert read == {name: normal(value) for name, value in checked.items()}
            assert kind.put(answer, **declared) == {}


LIVE_ITEMS = [case for case in OF_THE_PROVIDER if KINDS[case.kind].group is Group.ITEMS]


def test_every_case_is_of_live_items_or_says_what_the_api_answers() -> None:
    """But for a purge, of which the API keeps nothing."""
    others = [case.kind for case in OF_THE_PROVIDER if not case.answered and case not in LIVE_ITEMS]
    assert others == ["purge"]


@pytest.mark.parametrize("case", LIVE_ITEMS, ids=lambda case: case.kind)
def test_inputs_and_items_are_the_same_thing(case: Case) -> None:
    live = KINDS[case.kind].live_items
    assert live is not None
    for inputs in (case.minimal, case.full, case.changed):
        checked = kind_of(case).check(**inputs)
        found = live.from_entries(checked, live.to_entries(checked))
        assert found is not None
        assert {**checked, **found} == checked


@pytest.fixture
def api() -> Iterator[httpx.Client]:
    """An emulator in this process, below version 1 of a service."""
    transport = InProcessTransport(create_app(Emulator(seed="test")))
    with httpx.Client(transport=transport, base_url="http://emulator", headers={"Fastly-Key": "key"}) as client:
        service = client.post("/service", data={"name": "shop"}).raise_for_status().json()["id"]
        client.base_url = f"http://emulator/service/{service}/version/1"
        yield client


@pytest.mark.parametrize("case", VERSIONED, ids=lambda case: case.kind)
def test_the_emulator_takes_the_forms_and_answers_what_was_declared(case: Case, api: httpx.Client) -> None:
    for needed in case.needed():
        for each in needed.objects:
            api.post(f"/{needed.path}", data=needed.form(each.name, each.minimal)).raise_for_status()
    kind = Declared(case.kind)
    fixed = {f.name for f in kind.schema.fields if f.immutable}
    known = set(case.documented.split())
    for each in case.objects:
        first, *later = ({name: v for name, v in inputs.items() if name not in fixed} for inputs in each)
        first |= {name: each.full[name] for name in fixed & each.full.keys()}
        declared = case.inputs(each.name, first)
        singleton = kind.schema.identity is Identity.SINGLETON
        place = f"/{case.path}" if singleton else f"/{case.path}/{each.name}"
        if kind.schema.is_restored:
            row = update(api, place, kind, kind.schema.defaults(), declared)
        else:
            assert {name.removesuffix("[]") for name in kind.post(**declared)} <= known
            row = api.post(f"/{case.path}", data=kind.post(**declared)).raise_for_status().json()
            if kind.schema.object_path:
                place = f"http://emulator/{'/'.join(kind.schema.object_path)}/{row['id']}"
        assert kind.put(row, **declared) == {}
        for inputs in later:
            declared = case.inputs(each.name, inputs) | {name: first[name] for name in fixed & first.keys()}
            if kind.schema.fields:
                update(api, place, kind, row, declared)
            row = api.get(place).json()
            assert kind.put(row, **declared) == {}


def update(api: httpx.Client, place: str, kind: Declared, row: dict[str, Any], declared: dict[str, Any]) -> Any:
    """The answer to the update that makes of the row what is declared, in the way of the kind."""
    body = kind.put(row, **declared)
    as_json = kind.schema.body is Body.JSON
    answer = api.patch(place, json=body) if as_json else api.put(place, data=body)
    return answer.raise_for_status().json()
