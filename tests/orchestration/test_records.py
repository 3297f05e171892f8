"""Records: objects of the account. Users on the emulator; the ways in which records travel against canned answers."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from pulumi_fastly_dynamic.api import Conflict, ConnectionFailed, FastlyError
from pulumi_fastly_dynamic.api import client as client_module
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.orchestration import RecordExists, RecordStore
from pulumi_fastly_dynamic.schema import KINDS, Body, Field, Group, KindSchema, RecordPaths, Values, ValueType

from .conftest import Stack

ALICE: Values = {"login": "alice@example.com", "name": "Alice", "role": "engineer", "limit_services": False}


@pytest.fixture
def users(stack: Stack) -> RecordStore:
    return RecordStore(stack.connect(), KINDS["user"])


def logins(stack: Stack) -> list[str]:
    customer = stack.http.get("/current_user").json()["customer_id"]
    rows = stack.http.get(f"/customer/{customer}/users").json()
    return [row["login"] for row in rows if row["login"].startswith(("alice", "bob"))]


def calls(stack: Stack) -> list[str]:
    return [f"{row['method']} {row['path']}" for row in stack.emulator.control.log]


def test_create_read_update_delete(stack: Stack, users: RecordStore) -> None:
    made = users.create(ALICE)
    assert users.read(made.id, ALICE) == made
    users.update(made.id, ALICE, {**ALICE, "name": "Alice Jones"})
    found = users.read(made.id, ALICE)
    assert found is not None
    assert found.values == {**ALICE, "name": "Alice Jones"}
    users.delete(made.id)
    users.delete(made.id)
    with pytest.raises(FastlyError) as gone:
        users.read(made.id, ALICE)
    assert gone.value.is_gone
    assert logins(stack) == []


def test_an_undisturbed_create_is_one_call(stack: Stack, users: RecordStore) -> None:
    users.create(ALICE)
    assert calls(stack) == ["POST /user"]


def test_only_what_changed_is_sent(stack: Stack, users: RecordStore) -> None:
    made = users.create(ALICE)
    stack.clear()
    users.update(made.id, ALICE, ALICE)
    assert calls(stack) == []
    users.update(made.id, ALICE, {**ALICE, "role": "billing"})
    (row,) = stack.emulator.control.log
    assert row["form"] == {"role": "billing"}


def test_the_list_of_users_is_read_once(stack: Stack, users: RecordStore) -> None:
    for number in range(client_module.PAGE_SIZE):
        stack.http.post("/user", data={"login": f"bob{number}@example.com", "name": "Bob"}).raise_for_status()
    stack.fault(method="POST", path="/user", drop="after")
    stack.clear()
    assert users.create(ALICE).values == ALICE
    (listed,) = [row for row in stack.emulator.control.log if row["path"].endswith("/users")]
    assert listed["query"] == {}


@pytest.mark.parametrize("drop", ["before", "after"])
def test_a_lost_answer_is_settled_by_a_look(stack: Stack, users: RecordStore, drop: str) -> None:
    stack.fault(method="POST", path="/user", drop=drop)
    made = users.create(ALICE)
    assert users.read(made.id, ALICE) == made
    assert logins(stack) == ["alice@example.com"]


@pytest.mark.parametrize("wanted", [ALICE, {**ALICE, "role": "superuser"}], ids=["as declared", "with other values"])
def test_a_record_that_is_there_is_not_taken_over(stack: Stack, users: RecordStore, wanted: Values) -> None:
    """A destroy would delete a person that this stack did not create."""
    users.create(ALICE)
    with pytest.raises(RecordExists) as refused:
        users.create(wanted)
    (found,) = (row for row in users._all() if row.values["login"] == ALICE["login"])
    assert str(refused.value) == (
        f"User 'alice@example.com' exists already (id {found.id}), and this stack did not create it, or was stopped "
        "right after: remove it from the program; or, if it may go, delete it at Fastly and run `pulumi up`"
    )
    assert logins(stack) == ["alice@example.com"]


def test_a_record_that_was_deleted_is_not_in_the_way(stack: Stack, users: RecordStore) -> None:
    users.delete(users.create(ALICE).id)
    stack.fault(method="POST", path="/user", drop="after")
    made = users.create(ALICE)
    assert users.read(made.id, ALICE) == made


def test_a_look_at_many_pages(stack: Stack, users: RecordStore) -> None:
    for number in range(120):
        users.create({**ALICE, "login": f"bob{number}@example.com"})
    stack.fault(method="POST", path="/user", drop="after")
    made = users.create(ALICE)
    assert users.read(made.id, ALICE) == made


def test_a_refusal_of_the_api_is_passed_on(stack: Stack, users: RecordStore) -> None:
    stack.fault(method="POST", path="/user", status=403)
    with pytest.raises(FastlyError, match="403"):
        users.create(ALICE)


# -------------------------------------------------------------------- JSON and JSON:API

FIELDS = (
    Field("email", "email", ValueType.STRING, str, required=True),
    Field("role", "role", ValueType.STRING, str, default="user"),
    Field("limited", "limit_services", ValueType.BOOLEAN, bool, default=False),
)
WANTED: Values = {"email": "a@example.com", "role": "engineer", "limited": True}
ATTRIBUTES = {"email": "a@example.com", "role": "engineer", "limit_services": True}
RESOURCE = {"id": "I1", "type": "invitation", "attributes": ATTRIBUTES}


def schema(body: Body) -> KindSchema:
    return KindSchema(
        kind="invitation",
        label="Invitation",
        fields=FIELDS,
        group=Group.RECORD,
        collection="invitations",
        record=RecordPaths("invitations", key="email", body=body, resource_type="invitation", refuses_duplicates=True),
    )


Answers = Callable[[httpx.Request], httpx.Response]


@pytest.fixture
def sent() -> list[httpx.Request]:
    return []


@pytest.fixture
def store(sent: list[httpx.Request]) -> Iterator[Callable[[Body, Answers], RecordStore]]:
    clients = []

    def make(body: Body, answers: Answers) -> RecordStore:
        def handle(request: httpx.Request) -> httpx.Response:
            sent.append(request)
            return answers(request)

        transport = httpx.MockTransport(handle)
        clients.append(Client("key", "http://127.0.0.1", transport=transport, sleep=lambda _seconds: None))
        return RecordStore(clients[-1], schema(body))

    yield make
    for client in clients:
        client.close()


def always(answer: Any) -> Answers:
    return lambda _request: httpx.Response(200, json=answer)


def test_json(store: Callable[[Body, Answers], RecordStore], sent: list[httpx.Request]) -> None:
    records = store(Body.JSON, always({**ATTRIBUTES, "id": "I1"}))
    assert records.create(WANTED).id == "I1"
    records.update("I1", {**WANTED, "role": "user"}, WANTED)
    assert [(each.method, each.url.path, json.loads(each.content)) for each in sent] == [
        ("POST", "/invitations", ATTRIBUTES),
        ("PUT", "/invitations/I1", {"role": "engineer"}),
    ]
    assert {each.headers["content-type"] for each in sent} == {"application/json"}


def test_json_api(store: Callable[[Body, Answers], RecordStore], sent: list[httpx.Request]) -> None:
    records = store(Body.JSON_API, always({"data": RESOURCE}))
    made = records.create(WANTED)
    assert records.read("I1", WANTED) == made
    records.update("I1", {**WANTED, "limited": False}, WANTED)
    post, _get, patch = sent
    assert json.loads(post.content) == {"data": {"type": "invitation", "attributes": ATTRIBUTES}}
    assert (patch.method, json.loads(patch.content)) == (
        "PATCH",
        {"data": {"type": "invitation", "id": "I1", "attributes": {"limit_services": True}}},
    )
    assert {each.headers["content-type"] for each in (post, patch)} == {"application/vnd.api+json"}


def test_an_update_of_json_api_may_answer_nothing(store: Callable[[Body, Answers], RecordStore]) -> None:
    """So the documents have it of the billing address."""
    records = store(Body.JSON_API, lambda _request: httpx.Response(204))
    records.update("I1", {**WANTED, "limited": False}, WANTED)


def test_a_look_at_pages_of_json_api(store: Callable[[Body, Answers], RecordStore], sent: list[httpx.Request]) -> None:
    others = [{**RESOURCE, "id": f"O{number}", "attributes": {**ATTRIBUTES, "email": "x"}} for number in range(100)]

    def answers(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            raise httpx.ReadTimeout("lost")
        page = request.url.params["page[number]"]
        return httpx.Response(200, json={"data": others if page == "1" else [RESOURCE]})

    assert store(Body.JSON_API, answers).create(WANTED).id == "I1"
    assert [each.url.params.get("page[number]") for each in sent] == [None, "1", "2"]


def test_a_conflict_without_such_a_record_is_passed_on(store: Callable[[Body, Answers], RecordStore]) -> None:
    def answers(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return httpx.Response(409, json={"msg": "Duplicate record"})
        return httpx.Response(200, json={"data": []})

    with pytest.raises(Conflict, match="Duplicate record"):
        store(Body.JSON_API, answers).create(WANTED)


@pytest.mark.parametrize("body", list(Body))
@pytest.mark.parametrize("method", ["create", "read", "update"])
def test_an_answer_of_another_shape_is_not_fastlys(
    store: Callable[[Body, Answers], RecordStore], body: Body, method: str
) -> None:
    records = store(body, always({"login": "page"}))
    calls = {
        "create": lambda: records.create(WANTED),
        "read": lambda: records.read("I1", WANTED),
        "update": lambda: records.update("I1", {**WANTED, "role": "user"}, WANTED),
    }
    with pytest.raises(ConnectionFailed, match="is not a JSON"):
        calls[method]()
