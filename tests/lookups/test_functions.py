"""Every function: what it reads, and what it makes of wrong arguments and of answers that are none."""

import asyncio
import inspect
import re
from typing import Any

import httpx
import pulumi
import pulumi_fastly_dynamic as fastly
import pytest
from pulumi_fastly_dynamic.lookups.connection import Connection
from pulumi_fastly_dynamic.lookups.lookup import Lookup

from tests.resource import mocked

from .cases import CASES, INVOICE, INVOICES, PRIVATE_KEY, Account, Case, fill, value_at
from .conftest import KEY, Answers

FUNCTIONS = [name for name in fastly.__all__ if isinstance(getattr(fastly, name), Lookup)]
TESTED_MODULES = ("account", "billing", "domain", "service", "version")
FORMS = ["", "_output"]
HERE = r"\(test_functions\.py:\d+\)"
PEM_BODY = PRIVATE_KEY.splitlines()[1]


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


def prepare(case: Case, account: Account, answers: Answers) -> None:
    answers.by_path = {path.format(**vars(account)): body for path, body in case.answers.items()}
    answers.asked.clear()


def test_every_function_has_a_case() -> None:
    ours = [
        name
        for name in FUNCTIONS
        if getattr(fastly, name).__module__.rpartition(".")[2].removesuffix("_lookups") in TESTED_MODULES
    ]
    assert {case.function for case in CASES} == set(ours)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_both_forms_and_says_what_it_reads(name: str) -> None:
    function, output = getattr(fastly, name), getattr(fastly, f"{name}_output")
    assert f"{name}_output" in fastly.__all__
    assert inspect.signature(function) == inspect.signature(output)
    assert "See https://www.fastly.com/documentation/reference/api/" in inspect.getdoc(function)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_it_reads(case: Case, form: str, account: Account, answers: Answers) -> None:
    prepare(case, account, answers)
    result = call(case, account, form)
    found = {path: value_at(result, path) for path in case.expected}
    assert found == {
        path: value.format(**vars(account)) if path.endswith("id") else value for path, value in case.expected.items()
    }
    assert answers.asked[-1].partition("?")[0] == case.path.format(**vars(account))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_results_do_not_change_and_show_no_secrets(case: Case, account: Account, answers: Answers) -> None:
    prepare(case, account, answers)
    result = call(case, account)
    assert PEM_BODY not in repr(result)
    first = result[0] if isinstance(result, tuple) else result
    with pytest.raises(AttributeError):
        setattr(first, next(iter(vars(first))), None)
    held = [value for value in vars(first).values() if isinstance(value, list | dict)]
    assert held == []


STATUSES = {401: "Unauthorized", 403: "Forbidden", 404: "NotFound", 500: "ServerError"}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_errors_of_the_api(case: Case, status: int, form: str, account: Account, answers: Answers) -> None:
    answers.always = (status, {"msg": "no", "detail": f"the key {KEY} will not do"})
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
@pytest.mark.parametrize("case", CASES, ids=str)
def test_without_a_key(case: Case, form: str, account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FASTLY_API_KEY", raising=False)
    monkeypatch.setattr("pulumi_fastly_dynamic.lookups.lookup.connection", Connection())
    with pytest.raises(fastly.LookupFailed, match=rf"^{case.function}: MissingKey: no Fastly API key: .*{HERE}$"):
        call(case, account, form)


# -------------------------------------------------------------------- wrong arguments

EVERY_FORM = [f"{name}{form}" for name in FUNCTIONS for form in FORMS]


def parameters(name: str) -> list[inspect.Parameter]:
    return list(inspect.signature(getattr(fastly, name)).parameters.values())


def refusal(name: str, /, *args: Any, **kwargs: Any) -> str:
    """The text with which it refuses its arguments, before it reads anything."""
    with pytest.raises(TypeError) as raised:
        getattr(fastly, name)(*args, **kwargs)
    assert isinstance(raised.value, fastly.ProgramError)
    text, _, place = str(raised.value).rpartition(" (")
    assert re.fullmatch(r"test_functions\.py:\d+\)", place)
    return text


@pytest.mark.parametrize("name", EVERY_FORM)
def test_unknown_arguments(name: str) -> None:
    assert refusal(name, nonsense="5ecr3t") == f"{name} got an unexpected keyword argument 'nonsense'"
    for each in parameters(name):
        expected = f"{name} got an unexpected keyword argument '{each.name}s': did you mean '{each.name}'?"
        assert refusal(name, **{f"{each.name}s": "5ecr3t"}) == expected


@pytest.mark.parametrize("name", EVERY_FORM)
def test_missing_arguments(name: str) -> None:
    required = [each.name for each in parameters(name) if each.default is each.empty]
    if required:
        assert refusal(name) == f"{name} is missing the required argument {required[0]!r}"


@pytest.mark.parametrize("name", EVERY_FORM)
def test_too_many_arguments(name: str) -> None:
    assert refusal(name, *["5ecr3t"] * 9).startswith(f"{name} takes at most ")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_arguments_of_a_wrong_type(case: Case, form: str) -> None:
    name, right = case.function + form, dict.fromkeys(case.arguments, 1) | dict(case.arguments)
    for each in right:
        assert re.fullmatch(
            rf"{name}: {each} takes (text|a whole number|'text', 'html' or 'html_simple'), not list",
            refusal(name, **{**right, each: ["5ecr3t"]}),
        )


def of_resource(name: str, argument: str, value: Any, /, **others: Any) -> str:
    """What the refusal says after the argument's name."""
    return refusal(name, **others, **{argument: value}).removeprefix(f"{name}: {argument} takes ")


def test_resources_where_an_id_is_meant() -> None:
    said: dict[str, tuple[str, str]] = {}

    def both(name: str, argument: str, value: Any, /, **others: Any) -> tuple[str, str]:
        return (
            of_resource(name, argument, value, **others),
            of_resource(f"{name}_output", argument, value, **others),
        )

    def program() -> None:
        www = fastly.Service("www")
        with fastly.Release("release", service=www) as release:
            table = fastly.Dictionary("my-table", release=release)
            said["service"] = both("get_service", "service_id", www)
            said["dictionary"] = both("get_dictionary_info", "dictionary_id", table, service_id="S")
            said["other"] = both("get_domains", "service_id", table)
        said["release"] = both("get_domains", "service_id", release)
        said["version of a release"] = both("get_boilerplate", "version", release, service_id="S")
        said["version"] = both("get_boilerplate", "version", release.version, service_id="S")

    mocked.run(program)
    assert said == {
        "service": (
            "text, not a Service: write service_id=www.service_id, and use get_service_output",
            "text, not a Service: write service_id=www.service_id",
        ),
        "dictionary": (
            "text, not a Dictionary: write dictionary_id=dictionary.dictionary_id, and use get_dictionary_info_output",
            "text, not a Dictionary: write dictionary_id=dictionary.dictionary_id",
        ),
        "other": ("text, not a Dictionary", "text, not a Dictionary"),
        "release": (
            "text, not a Release: write service_id=release.service.service_id, and use get_domains_output",
            "text, not a Release: write service_id=release.service.service_id",
        ),
        "version of a release": (
            "a whole number, not a Release: write version=release.version.number, and use get_boilerplate_output",
            "a whole number, not a Release: write version=release.version.number",
        ),
        "version": (
            "a whole number, not a Version: write version=release.number, and use get_boilerplate_output",
            "a whole number, not a Version: write version=release.number",
        ),
    }


OTHER_VALUES = [
    ("get_boilerplate", {"service_id": "S", "version": True}, "version takes a whole number, not bool"),
    ("get_service", {"service_id": 5}, "service_id takes text, not int"),
    ("get_domains", {"service_id": None}, "service_id takes text, not None"),
    (
        "get_version_diff",
        {"service_id": "S", "from_version": 1, "to_version": 2, "format": "xml"},
        "format takes 'text', 'html' or 'html_simple', not another text",
    ),
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("name", "arguments", "text"), OTHER_VALUES)
def test_other_wrong_values(name: str, arguments: dict[str, Any], text: str, form: str) -> None:
    assert refusal(name + form, **arguments) == f"{name}{form}: {text}"


def test_an_output_where_a_value_is_meant() -> None:
    async def run() -> None:
        text = refusal("get_service", pulumi.Output.from_input("S"))
        assert text == "get_service: service_id takes text, not an Output: use get_service_output"

    asyncio.run(run())


def test_an_output_whose_value_is_of_a_wrong_type(http: httpx.Client) -> None:
    async def run() -> None:
        await fastly.get_service_output(pulumi.Output.from_input(5)).future()

    with pytest.raises(fastly.ProgramError, match=rf"^get_service_output: service_id takes text, not int {HERE}$"):
        asyncio.run(run())


def test_an_argument_given_twice() -> None:
    assert refusal("get_domains", "S", service_id="S") == "get_domains got two values for the argument 'service_id'"


# -------------------------------------------------------------------- single functions


def test_all_pages_of_services(http: httpx.Client) -> None:
    for number in range(101):
        http.post("/service", data={"name": f"service {number}"}).raise_for_status()
    assert len(fastly.get_services()) == 101


@pytest.mark.parametrize("name", ["get_generated_vcl", "get_dictionary_info"])
def test_no_active_version(name: str, http: httpx.Client) -> None:
    service_id = http.post("/service", data={"name": "new"}).json()["id"]
    more = {"dictionary_id": "D"} if name == "get_dictionary_info" else {}
    with pytest.raises(fastly.LookupFailed) as raised:
        getattr(fastly, name)(service_id, **more)
    text = f"{name}: NoActiveVersion: the service {service_id} has no active version: give version"
    assert re.fullmatch(rf"{text} {HERE}", str(raised.value))


WRONG_MONTHS = [
    ({"year": 2024}, "WrongLookup: give both year and month, or neither for the current month"),
    ({"month": 2}, "WrongLookup: give both year and month, or neither for the current month"),
    ({"year": 2024, "month": 13}, "WrongLookup: month must be 1 to 12"),
    (
        {"year": 2031, "month": 1},
        "NoInvoice: there is no invoice for 2031-01; without year and month you get the current month",
    ),
]


@pytest.mark.parametrize(("arguments", "text"), WRONG_MONTHS)
def test_months_without_an_invoice(arguments: dict[str, int], text: str, http: httpx.Client, answers: Answers) -> None:
    answers.by_path = dict(INVOICES)
    with pytest.raises(fastly.LookupFailed, match=rf"^get_billing: {text} {HERE}$"):
        fastly.get_billing(**arguments)


def test_an_invoice_on_a_later_page(http: httpx.Client, answers: Answers) -> None:
    pages = {"": ("2024-03", "a+b="), "a+b=": ("2024-02", "")}

    class Paged(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            month, cursor = pages[request.url.params.get("cursor", "")]
            row = {**INVOICE, "billing_start_date": f"{month}-01T00:00:00Z"}
            return httpx.Response(200, json={"data": [row], "meta": {"next_cursor": cursor}}, request=request)

    answers.emulator = Paged()
    assert fastly.get_billing(year=2024, month=2).billing_start_date == "2024-02-01T00:00:00Z"
    with pytest.raises(fastly.LookupFailed, match="NoInvoice"):
        fastly.get_billing(year=2024, month=1)


def test_details_hold_names_and_no_secret_fields(account: Account, answers: Answers) -> None:
    url = f"/service/{account.service_id}/details"
    version = {
        "number": "1",
        "active": "1",
        "backends": [{"name": "b", "port": 80, "ssl_client_key": PRIVATE_KEY, "ssl_ca_cert": None}],
        "logging_syslog": [{"name": "s", "token": "5ecr3t"}],
        "unheard_of": [{"name": "u", "password": "5ecr3t", "url": "5ecr3t", "size": 1}],
        "settings": {"general.default_ttl": 60},
    }
    answers.by_path = {url: {"id": account.service_id, "name": "www", "active_version": version, "version": None}}
    found = fastly.get_service_details(account.service_id)
    active = found.active_version_details
    assert active is not None
    assert found.version is None
    assert (active.number, active.active, active.settings) == (1, True, {"general.default_ttl": 60})
    assert active.names("backends") == ("b",)
    assert active.names("domains") == ()
    assert active.objects == {
        "backends": ({"name": "b", "port": 80, "ssl_ca_cert": None},),
        "logging_syslog": ({"name": "s"},),
        "unheard_of": ({"name": "u", "size": 1},),
    }


def test_generated_vcl_without_private_keys(account: Account, answers: Answers) -> None:
    url = f"/service/{account.service_id}/version/1/generated_vcl"
    answers.by_path = {url: {"content": f'.key = "{PRIVATE_KEY}";\nsub vcl_recv {{}}\n'}}
    assert fastly.get_generated_vcl(account.service_id).content == '.key = "[secret]";\nsub vcl_recv {}\n'


DIFFS = {
    "one line": (
        " - name: b\n+  ssl_client_key: 5ecr3t\n   port: 80\n",
        " - name: b\n+  ssl_client_key: [secret]\n   port: 80\n",
    ),
    "first entry": ("+- token: 5ecr3t\n+  name: b\n", "+- token: [secret]\n+  name: b\n"),
    "none": ("   ssl_client_key:\n   port: 80\n", "   ssl_client_key:\n   port: 80\n"),
    "block": (
        "-  ssl_client_key: |\n-    -----BEGIN PRIVATE KEY-----\n-    5ecr3t\n-\n-    more\n-  port: 80\n",
        "-  ssl_client_key: [secret]\n-  port: 80\n",
    ),
    "html": (
        "<pre> backends:\n<ins>+  ssl_client_key: 5ecr3t</ins>\n<ins>+    5ecr3t</ins>\n   port: 80\n</pre>",
        "<pre> backends:\n<ins>+  ssl_client_key: [secret]</ins>\n   port: 80\n</pre>",
    ),
    "elsewhere": (f"+  content: '{PRIVATE_KEY}'\n", "+  content: '[secret]'\n"),
}


@pytest.mark.parametrize(("diff", "expected"), DIFFS.values(), ids=DIFFS)
def test_diffs_without_secrets(diff: str, expected: str, account: Account, answers: Answers) -> None:
    answers.by_path = {f"/service/{account.service_id}/diff/from/1/to/2": {"from": "1", "to": "2", "diff": diff}}
    assert fastly.get_version_diff(account.service_id, 1, 2).diff == expected


def test_numbers_of_a_diff_that_are_texts(account: Account) -> None:
    found = fastly.get_version_diff(account.service_id, 1, 2)
    assert (found.from_version, found.to_version) == (1, 2)
    assert "+- name: second" in found.diff
