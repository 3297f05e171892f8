"""Every function: what it reads, and what it makes of wrong arguments and of answers that are none."""

import asyncio
import inspect
import json
import re
from typing import Any

import httpx
import pulumi
import pulumi_fastly_dynamic as fastly
import pytest
from pulumi.runtime.stack import massage
from pulumi_fastly_dynamic.lookups.connection import Connection
from pulumi_fastly_dynamic.lookups.lookup import Lookup

from .cases import CASES, PRIVATE_KEY, TOKEN, Account, Case, fill, value_at
from .conftest import KEY, Answers

FUNCTIONS = [name for name in fastly.__all__ if isinstance(getattr(fastly, name), Lookup)]
NEED_NO_KEY = {"get_ip_ranges"}
FORMS = ["", "_output"]
HERE = r"\(test_functions\.py:\d+\)"
SECRETS = (PRIVATE_KEY.splitlines()[1][3:], TOKEN, KEY)


@pytest.fixture
def account(http: httpx.Client) -> Account:
    return fill(http)


def call(case: Case, account: Account, form: str = "") -> Any:
    """The result of the function, or of its form that takes and gives Outputs."""
    function, given = getattr(fastly, case.function + form), case.given(account)
    if not form:
        return function(**given)

    async def run() -> Any:
        outputs = {name: pulumi.Output.from_input(value) for name, value in given.items()}
        return await function(**outputs).future()

    return asyncio.run(run())


def test_every_function_has_a_case() -> None:
    assert {case.function for case in CASES} == set(FUNCTIONS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_both_forms_and_says_what_it_reads(name: str) -> None:
    function, output = getattr(fastly, name), getattr(fastly, f"{name}_output")
    assert f"{name}_output" in fastly.__all__
    assert inspect.signature(function) == inspect.signature(output)
    assert re.search(r"See .*https://www\.fastly\.com/documentation/reference/api/", inspect.getdoc(function))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_it_reads(case: Case, form: str, account: Account, answers: Answers) -> None:
    result = call(case, account, form)
    found = {path: value_at(result, path) for path in case.expected}
    assert found == {
        path: value.format(**vars(account)) if path.endswith("id") else value for path, value in case.expected.items()
    }
    assert answers.asked[-1].partition("?")[0] == case.path.format(**vars(account))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_results_do_not_change_and_show_no_secrets(case: Case, account: Account, answers: Answers) -> None:
    result = call(case, account)
    for text in (repr(result), str(result), json.dumps(massage(result, []))):
        assert not [secret for secret in SECRETS if secret in text]
    with pytest.raises(AttributeError):
        setattr(result, next(iter(vars(result))), None)
    assert isinstance(hash(result), int)


STATUSES = {401: "Unauthorized", 403: "Forbidden", 404: "NotFound", 500: "ServerError"}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_errors_of_the_api(case: Case, status: int, form: str, account: Account, answers: Answers) -> None:
    sent = "" if case.function in NEED_NO_KEY else KEY
    answers.always = (status, {"msg": "no", "detail": f"the key {sent} will not do"})
    with pytest.raises(fastly.LookupFailed) as raised:
        call(case, account, form)
    text = str(raised.value)
    assert re.fullmatch(rf"{case.function}: {STATUSES[status]}: GET /\S+: {status} no: .*{HERE}", text)
    assert KEY not in text
    assert KEY not in repr(raised.value)


OTHER_SHAPES: dict[str, Any] = {
    "nothing": "",
    "a login page": "<html>login</html>",
    "a text": '"hello"',
    "null": "null",
    "an empty object": {},
    "another object": {"hello": "world"},
    "a list of numbers": [1],
    "a list of objects": [{"hello": "world"}],
    "data of another shape": {"id": {}, "data": [1], "number": {}, "name": {}, "customer_id": 1},
}


@pytest.mark.parametrize("body", OTHER_SHAPES.values(), ids=OTHER_SHAPES)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_answers_of_another_shape(case: Case, body: Any, account: Account, answers: Answers) -> None:
    answers.always = (200, body)
    with pytest.raises(fastly.LookupFailed, match=rf"^{case.function}: (ConnectionFailed|UnexpectedAnswer): "):
        call(case, account)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", [case for case in CASES if case.function not in NEED_NO_KEY], ids=str)
def test_without_a_key(case: Case, form: str, account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FASTLY_API_KEY", raising=False)
    monkeypatch.setattr("pulumi_fastly_dynamic.lookups.lookup.connection", Connection())
    with pytest.raises(fastly.LookupFailed, match=rf"^{case.function}: MissingKey: no Fastly API key: .*{HERE}$"):
        call(case, account, form)
