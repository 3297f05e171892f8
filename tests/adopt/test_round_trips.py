"""Random services of all kinds, adopted: the first update writes nothing, and one change is one activation."""

import random
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from fastly_adopt.planning import plan_of
from fastly_adopt.program_plan import ProgramPlan
from fastly_adopt.service_content import ServiceContent
from fastly_adopt.service_reading import read_service
from fastly_adopt.trial import load
from fastly_emulator import Emulator, create_app
from fastly_emulator.testing import InProcessTransport
from pulumi_fastly_dynamic.api.client import Client

from .adopted_stack import run_program, stack_of, up
from .conftest import Account
from .golden import shop
from .random_services import Maker

SERVICES, IN_ONE_TEST = 500, 25
SHARE_OF_COPIES = 0.2


@pytest.mark.parametrize("first", range(0, SERVICES, IN_ONE_TEST))
def test_adopted_services_are_not_written(account: Account, tmp_path: Path, first: int) -> None:
    for seed in range(first, first + IN_ONE_TEST):
        _round_trip(account, tmp_path / str(seed), random.Random(seed), with_mocks=seed == first)


@pytest.mark.parametrize("adopts", [True, False])
def test_dynamic_content_that_is_left_to_others_is_never_written(
    account: Account, tmp_path: Path, adopts: bool
) -> None:
    """Neither is what others write between the reading and the first update."""
    service_id = load(account.emulator, shop(), {})
    [snippet] = [each for each in _read(account, service_id).objects if each.kind == "dynamic_snippet"]
    plan = replace(plan_of(_read(account, service_id, with_items=False)), adopts=adopts)
    url = f"/service/{service_id}/snippet/{snippet.row['id']}"
    account.http.put(url, data={"content": "# theirs"}).raise_for_status()
    stack = stack_of(account.client, account.emulator, account.http, service_id)
    stack.clear()
    up(stack, run_program(tmp_path / "program", plan), first=True)
    assert [each for each in stack.writes if "snippet" in each] == []
    assert account.http.get(url).json()["content"] == "# theirs"


def _read(account: Account, service_id: str, *, with_items: bool = True) -> ServiceContent:
    return read_service(account.client, service_id, with_items=with_items, progress=lambda *_: None)


def _round_trip(account: Account, folder: Path, rnd: random.Random, *, with_mocks: bool) -> None:
    account.emulator.reset()
    maker = Maker(account.http, rnd)
    service_id = maker.make()
    content = read_service(account.client, service_id, progress=lambda *_: None)
    plan = plan_of(content)
    assert plan.left_alone == ()
    assert not plan.adopts
    if rnd.random() < SHARE_OF_COPIES:
        _copy_is_the_same(content, plan)
    adopted = run_program(folder / "fast", plan)
    if with_mocks:
        assert run_program(folder / "mocks", plan, with_mocks=True) == adopted
    stack = stack_of(account.client, account.emulator, account.http, service_id)
    for attempt in (True, False):
        stack.clear()
        up(stack, adopted, first=attempt)
        assert stack.writes == []
    backend = next(key for key in adopted.objects if key.startswith("backend/"))
    name = str(adopted.objects[backend]["name"])
    adopted.objects[backend] = {**adopted.objects[backend], "weight": 1}
    stack.clear()
    before = _configuration(account, service_id, 1)
    up(stack, adopted)
    assert [write.endswith("activate") for write in stack.writes].count(True) == 1
    after = _configuration(account, service_id, 2)
    assert before.pop(("backend", name)) != after.pop(("backend", name))
    assert before == after


def _copy_is_the_same(content: ServiceContent, plan: ProgramPlan) -> None:
    """What the check loads into its emulator gives the same program."""
    emulator = Emulator()
    secrets = {(each.kind, each.object_name, each.property): each.value or "" for each in plan.secrets}
    copy = load(emulator, content, secrets)
    with closing(Client("key", "http://127.0.0.1", transport=InProcessTransport(create_app(emulator)))) as client:
        again = read_service(client, copy, progress=lambda *_: None)
    assert replace(plan_of(again), service_id=content.service_id) == plan


def _configuration(account: Account, service_id: str, number: int) -> dict[tuple[str, str], dict[str, object]]:
    version = account.emulator.services[service_id].versions[number]
    return {
        (kind, name): {key: value for key, value in row.items() if key not in {"id", "created_at", "updated_at"}}
        for kind, rows in version.objects.items()
        for name, row in rows.items()
    }
