"""Adopted services on the real CLI: no write at first, nothing in a preview, one activation for one change."""

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastly_adopt.planning import plan_of
from fastly_adopt.program_plan import Literal, ProgramPlan
from fastly_adopt.service_content import FoundObject, ServiceContent
from fastly_adopt.service_copy import copy_service
from fastly_adopt.trial import Trial, try_program
from pulumi_fastly_dynamic.api.client import Client

from tests.adopt.golden import DATA, plan, shop
from tests.adopt.random_services import Maker

from .harness import Emulator, Stack


def adopted(tmp_path: Path, emulator: Emulator, *arguments: str) -> Stack:
    """The stack of the program that ``fastly-adopt`` writes, with its secrets."""
    (tmp_path / "backend").mkdir()
    stack = Stack(tmp_path / "program", emulator)
    command = [sys.executable, "-m", "fastly_adopt", *arguments, "--out", "program", "--stack", "test", "--no-check"]
    done = subprocess.run(command, cwd=tmp_path, env=stack.environ(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return stack


def copied(emulator: Emulator, content: ServiceContent) -> str:
    with closing(Client("someone-else", emulator.url)) as client:
        return copy_service(client, content, {})


def large() -> ServiceContent:
    more = [FoundObject("backend", {"name": f"b{n}", "address": "a.example.com"}) for n in range(140)]
    return replace(shop(), objects=(*shop().objects, *more))


def rows(emulator: Emulator, service_id: str) -> dict[str, Any]:
    """The active version, as someone else reads it: all but what each version has of its own."""
    version = f"/service/{service_id}/version/{emulator.active(service_id)}"
    lists = ("backend", "condition", "healthcheck", "vcl", "snippet", "header", "logging/s3", "logging/https", "domain")
    own = {"version", "created_at", "updated_at"}
    return {
        f"{name}/{row['name']}": {key: value for key, value in row.items() if key not in own}
        for name in lists
        for row in emulator.get(f"{version}/{name}")
    }


SERVICES: dict[str, Callable[[Emulator], str]] = {
    "shop": lambda emulator: copied(emulator, shop()),
    "large": lambda emulator: copied(emulator, large()),
    "random": lambda emulator: Maker(emulator.http, random.Random(7)).make(0.5),
}


@pytest.mark.parametrize(
    ("service", "arguments"), [("shop", []), ("shop", ["--no-live"]), ("large", []), ("random", [])]
)
def test_the_first_up_writes_nothing(tmp_path: Path, emulator: Emulator, service: str, arguments: list[str]) -> None:
    service_id = SERVICES[service](emulator)
    stack = adopted(tmp_path, emulator, service_id, *arguments)
    first = stack.up(preview=True)
    assert first.ok, str(first)
    if (service, arguments) == ("shop", []):  # docs/adopt.md: the stack, Takeover and Version are not counted
        assert f"+ {plan().resources + 3} created" in first.output
    assert (first.writes, first.activations) == ([], 0)
    again = stack.preview()
    assert again.ok, str(again)
    assert again.calls == []
    assert "to create" not in again.output
    assert "to update" not in again.output
    _change_one_backend(stack, service_id)


def _change_one_backend(stack: Stack, service_id: str) -> None:
    """One activation, and nothing else is changed."""
    before = rows(stack.emulator, service_id)
    [file] = [file for file in stack.folder.rglob("*.py") if "fastly.Backend(" in file.read_text()]
    head, backend, rest = file.read_text().partition("fastly.Backend(")
    file.write_text(head + backend + re.sub(r'address="[^"]*"', 'address="changed.example.com"', rest, count=1))
    changed = stack.up()
    assert changed.ok, str(changed)
    assert changed.activations == 1
    after = rows(stack.emulator, service_id)
    assert before.keys() == after.keys()
    [differing] = [key for key in after if after[key] != before[key]]
    address = {"address": "changed.example.com", "hostname": "changed.example.com"}
    assert {**before[differing], **address} == after[differing]


def test_secrets_are_in_the_stack_only(tmp_path: Path, emulator: Emulator) -> None:
    stack = adopted(tmp_path, emulator, copied(emulator, shop()))
    values = {each.key: each.value or "" for each in plan().secrets}
    for file in (path for path in tmp_path.rglob("*") if path.is_file()):
        assert not [value for value in values.values() if value.encode() in file.read_bytes()], file
    for key, value in values.items():
        assert stack.run("config", "get", key).output == f"{value}\n"


# -------------------------------------------------------------------- the check


def test_the_check_of_a_right_program() -> None:
    found = try_program(shop(), plan_of(shop(left_alone=[])))
    assert found == Trial((), 0, plan().resources)
    assert str(found) == f"0 writes, 0 activations, {plan().resources} resources"


def broken(argument: str, value: object) -> ProgramPlan:
    """The program of the shop with one backend that is wrong."""
    right = plan()
    declarations = tuple(
        replace(each, arguments={**each.arguments, argument: Literal(value)})
        if each.resource_name == "images"
        else each
        for each in right.declarations
    )
    return replace(right, declarations=declarations)


def test_the_check_tells_what_would_be_written() -> None:
    found = try_program(shop(), broken("port", 8080))
    assert not found.passed
    assert found.activations == 1
    assert "PUT version/2/backend/images" in str(found)


def test_the_check_tells_why_a_program_fails() -> None:
    found = try_program(shop(), broken("port", 0))
    assert not found.passed
    assert "`pulumi preview` fails" in str(found)
    assert "port must be at least 1" in str(found)


def test_the_check_of_objects_that_refer_to_nothing_or_cannot_be_declared() -> None:
    more = [
        FoundObject("backend", {"name": "dangling", "address": "a.example.com", "healthcheck": "gone"}),
        FoundObject("backend", {"name": "of a bad check", "address": "a.example.com", "healthcheck": "bad"}),
        FoundObject("healthcheck", {"name": "bad", "threshold": 9, "window": 5}),
        FoundObject(
            "header", {"name": "h", "action": "delete", "type": "request", "dst": "x", "request_condition": "no"}
        ),
    ]
    content = replace(shop(left_alone=[]), objects=(*shop().objects, *more))
    adopted_plan = plan_of(content)
    assert [each.split(":")[0] for each in adopted_plan.left_alone] == ["Healthcheck 'bad'"]
    assert try_program(content, adopted_plan) == Trial((), 0, adopted_plan.resources)


def without_a_secret() -> ServiceContent:
    """As if Fastly did not show the keys of S3."""
    objects = [
        replace(each, row={**each.row, "secret_key": None, "access_key": "****"}) if each.kind == "logging_s3" else each
        for each in shop().objects
    ]
    return replace(shop(), objects=tuple(objects))


@pytest.mark.parametrize("content", [replace(shop(), is_active=False), without_a_secret()], ids=["draft", "secrets"])
def test_the_check_of_versions_that_do_not_serve_and_of_hidden_secrets(content: ServiceContent) -> None:
    found = plan_of(content)
    assert try_program(content, found) == Trial((), 0, found.resources)


def test_what_someone_changed_meanwhile_stops_the_first_up(tmp_path: Path, emulator: Emulator) -> None:
    service_id = copied(emulator, shop())
    stack = adopted(tmp_path, emulator, service_id)
    number = emulator.send("PUT", f"/service/{service_id}/version/1/clone")["number"]
    emulator.send("PUT", f"/service/{service_id}/version/{number}/backend/images", port="8080")
    emulator.send("PUT", f"/service/{service_id}/version/{number}/activate")
    refused = stack.up()
    assert not refused.ok
    assert "Backend 'images' already exists in version 2" in refused.output
    assert refused.writes == []


# -------------------------------------------------------------------- from a state


@pytest.mark.parametrize("tool", ["terraform", "pulumi"])
def test_a_service_of_another_tool_is_not_written(tmp_path: Path, emulator: Emulator, tool: str) -> None:
    """From its state, without a key; then the first update of the program runs against the service."""
    service_id = copied(emulator, shop())
    state = (DATA / f"shop-{tool}.json").read_text().replace(shop().service_id, service_id)
    (tmp_path / "state.json").write_text(state)
    stack = adopted(tmp_path, emulator, f"--from-{tool}", "state.json")
    first = stack.up(preview=True)
    assert first.ok, str(first)
    assert (first.writes, first.activations) == ([], 0)
    again = stack.preview()
    assert again.calls == []
    assert "to update" not in again.output
    _change_one_backend(stack, service_id)


@pytest.mark.parametrize("state", ["shop-terraform.json", "shop-pulumi.json", "terraform.json", "pulumi.json"])
def test_the_check_of_a_state(tmp_path: Path, state: str) -> None:
    """It needs no key."""
    tool = state.removesuffix(".json").removeprefix("shop-")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FASTLY_")}
    command = [sys.executable, "-m", "fastly_adopt", f"--from-{tool}", str(DATA / state), "--out", "program", "--json"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    summary = json.loads(done.stdout)
    assert summary["check"] == {"writes": [], "activations": 0, "resources": summary["resources"], "failure": ""}
