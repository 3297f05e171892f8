"""Mistakes are told at once: one clear line with the fix, no traceback of the package, nothing written."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.cases import Code

from .harness import Result, Stack, running_emulator
from .lifecycle import backend, let, of, www

RELEASED = 'release = fastly.Release("www", service=fastly.Service("www"))\n'
TABLE = let("t", of("Dictionary", "t"))
ACL = let("office", of("Acl", "office"))


@dataclass(frozen=True)
class Mistake:
    """A program that is wrong, and every line of error that it gives."""

    name: str
    program: str
    errors: list[str]
    """Without file and line, which every mistake has that is not one of configuration."""
    environment: dict[str, str] = field(default_factory=dict)


def condition(type_: str) -> str:
    """A condition in a variable."""
    return let("c", of("Condition", "c", type=type_, statement="req.url"))


def problem(kind: str, name: str, *texts: str) -> list[str]:
    """What the engine says of values that are refused: the fix, which names the property, and no value."""
    return [f"pulumi-python:dynamic/fastly:{kind} resource '{name}'{text}" for text in texts]


PROGRAM = [
    Mistake(
        "release never entered",
        RELEASED + 'fastly.Domain("d.example.com", release=release)',
        [
            (
                "Domain('d.example.com'): its release 'www' has no `with` block yet; write `with Release(...) as "
                "release:` and declare it inside"
            )
        ],
    ),
    Mistake(
        "release already left",
        www(after='fastly.Domain("d.example.com", release=release)'),
        ["Domain('d.example.com'): the `with` block of its release 'www' has ended; declare it inside"],
    ),
    Mistake(
        "items after the release was left",
        www(TABLE, after='fastly.DictionaryItems("i", dictionary=t, items={})'),
        ["DictionaryItems('i'): the `with` block of its release 'www' has ended; declare it inside"],
    ),
    Mistake(
        "release entered twice",
        www(after="with release:\n    pass"),
        ["release 'www' is entered twice: use one `with` block"],
    ),
    Mistake(
        "two objects of one kind and name",
        www(backend("a", name="x"), backend("b", name="x")),
        ["Backend('b'): the release already has a backend named 'x'"],
    ),
    Mistake(
        "two settings",
        www(of("Settings", "a"), of("Settings", "b")),
        ["Settings('b'): a release has one Settings, and Settings('a') is it already: remove one of them"],
    ),
    Mistake(
        "two releases of one service",
        www(after='fastly.Release("again", service=www)'),
        ["Release('again'): service 'www' has the release 'www' already; declare all its objects in one"],
    ),
    Mistake(
        "reference to a later object",
        www(backend("a", healthcheck="later"), of("Healthcheck", "later")),
        [
            "Backend('a').healthcheck refers to 'later', which is declared after it: move Healthcheck('later') up",
        ],
    ),
    Mistake(
        "reference to an object of another kind",
        www(TABLE, backend("a", healthcheck=Code("t"))),
        ["Backend('a').healthcheck: must be a Healthcheck, not a Dictionary"],
    ),
    Mistake(
        "condition of the wrong type",
        www(condition("CACHE"), backend("a", request_condition=Code("c"))),
        ["Backend('a').request_condition: must be a condition of type REQUEST; 'c' is of type CACHE"],
    ),
    Mistake(
        "condition of the wrong type, by name",
        www(
            condition("REQUEST"),
            of("Header", "h", action="delete", type="cache", dst="http.X", cache_condition="c"),
        ),
        ["Header('h').cache_condition: must be a condition of type CACHE; 'c' is of type REQUEST"],
    ),
    Mistake(
        "one key in two resources",
        www(
            TABLE,
            'fastly.DictionaryItem("i", dictionary=t, key="k", value="v")',
            'fastly.DictionaryItems("j", dictionary=t, items={"k": "v"})',
        ),
        ["DictionaryItems('j'): 'k' is declared by DictionaryItem('i') already; one resource must own it"],
    ),
    Mistake(
        "one network in two resources",
        www(
            ACL,
            'fastly.AclEntries("i", acl=office, entries=["192.0.2.0/24"])',
            'fastly.AclEntry("j", acl=office, entry="!192.0.2.0/24")',
        ),
        ["AclEntry('j'): '192.0.2.0/24' is declared by AclEntries('i') already; one resource must own it"],
    ),
    Mistake(
        "unknown argument",
        www(backend("a", prot=80)),
        ["Backend('a') got an unexpected keyword argument 'prot': did you mean 'port'?"],
    ),
    Mistake(
        "unknown argument, instead of one that is needed",
        www('fastly.Domain("d.example.com", relase=release)'),
        ["Domain('d.example.com') got an unexpected keyword argument 'relase': did you mean 'release'?"],
    ),
    Mistake(
        "unknown argument of items",
        www(TABLE, 'fastly.DictionaryItems("i", dictionray=t, items={})'),
        ["DictionaryItems('i') got an unexpected keyword argument 'dictionray': did you mean 'dictionary'?"],
    ),
    Mistake(
        "unknown argument of the release",
        'fastly.Release("www", servce=fastly.Service("www"))',
        ["Release('www') got an unexpected keyword argument 'servce': did you mean 'service'?"],
    ),
    Mistake(
        "unknown argument of the service",
        'fastly.Service("www", force_destory=True)',
        ["Service('www') got an unexpected keyword argument 'force_destory': did you mean 'force_destroy'?"],
    ),
    Mistake(
        "release without a service",
        'fastly.Release("www")',
        ["Release('www') is missing the required argument 'service'"],
    ),
    Mistake(
        "positional argument",
        www('fastly.Domain("d.example.com", release)'),
        ["Domain('d.example.com') takes one positional argument, its name: write the others as name=value"],
    ),
    Mistake(
        "positional argument of the release",
        'fastly.Release("www", fastly.Service("www"))',
        ["Release('www') takes one positional argument, its name: write the others as name=value"],
    ),
    Mistake(
        "positional argument of a record",
        'fastly.User("u", "u@example.com")',
        ["User('u') takes one positional argument, its name: write the others as name=value"],
    ),
    Mistake(
        "no name of the resource",
        www('fastly.Backend(name="x", release=release)'),
        ["Backend: its first argument must be the resource's name, such as Backend('x', ...)"],
    ),
    Mistake(
        "release without a name",
        'fastly.Release(service=fastly.Service("www"))',
        ["Release: its first argument must be the resource's name, such as Release('example', ...)"],
    ),
    Mistake(
        "import_",
        www(backend("a", opts=Code('pulumi.ResourceOptions(import_="x")'))),
        [
            (
                "Backend('a'): the option import_ does not work with dynamic resources. Take a service over with "
                "Service(adopt_id=...) instead"
            )
        ],
    ),
    Mistake(
        "a text for a flag",
        'fastly.Release("www", service=fastly.Service("www"), adopt="false")',
        ["Release('www').adopt: must be True or False, not str"],
    ),
    Mistake(
        "mistyped reference where adopt has no value",
        www(backend("a", request_condition="apj"), release="adopt=None"),
        ["Backend('a').request_condition: the release has no Condition named 'apj': declare it before Backend('a')"],
    ),
    Mistake(
        "an item without a value",
        www(TABLE, 'fastly.DictionaryItems("i", dictionary=t, items={"/a": None})'),
        ["DictionaryItems('i').items['/a'] is None: the output or setting that it comes from is empty"],
    ),
    Mistake(
        "an item whose output has no value",
        www(TABLE, 'fastly.DictionaryItems("i", dictionary=t, items={"/a": pulumi.Output.from_input(None)})'),
        ["DictionaryItems('i').items['/a'] is None: the output or setting that it comes from is empty"],
    ),
    Mistake(
        "two singletons",
        www(of("Http3", "a"), of("Http3", "b")),
        ["Http3('b'): a release has one Http3, and Http3('a') is it already: remove one of them"],
    ),
    Mistake(
        "a path for a text",
        www('import pathlib\nfastly.Vcl("main", release=release, content=pathlib.Path("main.vcl"))'),
        ["Vcl('main').content: takes text, not a path: write content=path.read_text()"],
    ),
    Mistake(
        "bytes for a text",
        www('fastly.Vcl("main", release=release, content=b"sub x {}")'),
        ["Vcl('main').content: takes text, not bytes: write content=value.decode()"],
    ),
    Mistake(
        "mistyped reference",
        www(of("Condition", "api", type="REQUEST", statement="true"), backend("a", request_condition="apj")),
        ["Backend('a').request_condition: the release has no Condition named 'apj': did you mean 'api'?"],
    ),
    Mistake(
        "mistyped reference in a list",
        www(backend("origin"), of("Director", "d", backends=["orign"])),
        ["Director('d').backends: the release has no Backend named 'orign': did you mean 'origin'?"],
    ),
    Mistake(
        "a text for a list",
        www(backend("origin"), of("Director", "d", backends="origin")),
        ["Director('d').backends: takes a list, not str: write [...] around it"],
    ),
    Mistake(
        "two users with one login",
        'for name in ("a", "b"):\n    fastly.User(name, login="a@example.com", name="A")',
        ["User('b'): login 'a@example.com' is declared by User('a') already; remove one of them"],
    ),
    Mistake(
        "two invitations of one person",
        'for name in ("a", "b"):\n    fastly.Invitation(name, email="a@example.com")',
        ["Invitation('b'): email 'a@example.com' is declared by Invitation('a') already; remove one of them"],
    ),
    Mistake(
        "two billing addresses",
        'for name in ("a", "b"):\n    fastly.BillingAddress(name, address_1="x", country="GB")',
        ["BillingAddress('b'): the one of the account is declared by BillingAddress('a') already; remove one of them"],
    ),
    Mistake(
        "two accounts",
        'for name in ("a", "b"):\n    fastly.Customer(name, name=name)',
        ["Customer('b'): the one of the account is declared by Customer('a') already; remove one of them"],
    ),
    Mistake(
        "two resources for the products of a service",
        www(after='for name in ("a", "b"):\n    fastly.ProductEnablement(name, service=www, websockets=True)'),
        [
            (
                "ProductEnablement('b'): the products of service 'www' are declared by another ProductEnablement "
                "already; name all of them in one"
            )
        ],
    ),
    Mistake(
        "missing argument",
        www(of("Backend", "a")),
        ["Backend('a') is missing the required argument 'address'"],
    ),
    Mistake(
        "missing release",
        www('fastly.Domain("d.example.com")'),
        ["Domain('d.example.com') is missing the required argument 'release'"],
    ),
    Mistake(
        "missing dictionary",
        www('fastly.DictionaryItems("i", items={})'),
        ["DictionaryItems('i') is missing the required argument 'dictionary'"],
    ),
]
VALUES = [
    Mistake(
        "bad values of a backend",
        www(backend("a", port=70000, min_tls_version="1.3", max_tls_version="1.0")),
        problem(
            "Backend",
            "a",
            " has a problem: port must be at most 65535 (it is 70000)",
            " has a problem: max_tls_version must not be below min_tls_version",
        ),
    ),
    Mistake(
        "a secret value is not repeated",
        www(backend("a", ssl_client_cert="-----BEGIN CERTIFICATE-----\nx", ssl_client_key="sesame")),
        problem("Backend", "a", " has a problem: ssl_client_key must be PEM: a block that begins with -----BEGIN"),
    ),
    Mistake(
        "what an action needs",
        www(of("Header", "h", action="set", type="request", dst="http.X")),
        problem(
            "Header",
            "h",
            " has a problem: src is empty: the actions 'set' and 'append' need the VCL expression of the value",
        ),
    ),
    Mistake(
        "not a network",
        www(ACL, 'fastly.AclEntry("e", acl=office, entry="192.0.2.0/33")'),
        problem(
            "AclEntry",
            "e",
            " has a problem: entry must be an IP address or network such as 192.0.2.0/24",
        ),
    ),
    Mistake(
        "an item that is no string",
        www(TABLE, 'fastly.DictionaryItems("i", dictionary=t, items={"/c": "x", "/b": 1})'),
        problem("DictionaryItems", "i", " has a problem: items['/b'] must be a string"),
    ),
    Mistake(
        "an address with a scheme",
        www(backend("a", address="https://origin.example.com")),
        problem(
            "Backend",
            "a",
            " has a problem: address must be a host name or IP address, without scheme, path or a dot at its end; "
            "write origin.example.com",
        ),
    ),
    Mistake(
        "values that are secret to the user",
        www(
            backend(
                "a",
                address=Code('pulumi.Output.secret("https://origin.example.com")'),
                port=Code("pulumi.Output.secret(70000)"),
            )
        ),
        problem(
            "Backend",
            "a",
            " has a problem: address must be a host name or IP address, without scheme, path or a dot at its end",
            " has a problem: port must be at most 65535",
        ),
    ),
]
CONFIGURATION = [
    Mistake(
        "no API key",
        www(),
        [
            (
                "MissingKey: no Fastly API key: set FASTLY_API_KEY, or in a Pulumi project run "
                "`pulumi config set --secret fastly:apiKey`"
            )
        ],
        {"FASTLY_API_KEY": ""},
    ),
    Mistake(
        "plain http to another machine",
        www(),
        [
            (
                "InvalidEndpoint: FASTLY_API_URL is 'http://192.0.2.1': an API key is only sent over plain http to a "
                "loopback address; use https"
            )
        ],
        {"FASTLY_API_URL": "http://192.0.2.1"},
    ),
    Mistake(
        "not a URL",
        www(),
        ["InvalidEndpoint: FASTLY_API_URL 'api.fastly.com' has no scheme: write https://api.fastly.com"],
        {"FASTLY_API_URL": "api.fastly.com"},
    ),
]
OF_THE_ENGINE = ("an unhandled error occurred: Program exited", "update failed", "preview failed")


PLACE = re.compile(r" \(__main__\.py:\d+\)$")


def errors(result: Result) -> list[str]:
    """The lines of error in the summary, without those that only say that there is one."""
    summary = result.output.partition("Diagnostics:")[2].partition("Resources:")[0]
    lines = [line.strip() for line in summary.splitlines() if line.strip()]
    told = [line.removeprefix("error: ") for line in lines if not line.endswith("):")]
    return [line for line in told if not line.startswith(OF_THE_ENGINE)]


@pytest.mark.parametrize("mistake", [*PROGRAM, *VALUES, *CONFIGURATION], ids=lambda mistake: mistake.name)
def test_mistake(stack: Stack, mistake: Mistake) -> None:
    stack.environment.update(mistake.environment)
    result = stack.up(mistake.program, preview=True)
    assert not result.ok, str(result)
    told = errors(result)
    assert [PLACE.sub("", line) for line in told] == mistake.errors, str(result)
    if mistake not in CONFIGURATION:
        assert all(map(PLACE.search, told)), str(result)
    assert "Traceback" not in result.output
    assert "pulumi_fastly_dynamic" not in result.output
    assert result.calls == []


@pytest.mark.parametrize(
    "command", [["up", "--skip-preview"], ["up", "--skip-preview", "--refresh"], ["destroy", "--skip-preview"]]
)
def test_a_wrong_path_in_the_endpoint_loses_nothing(stack: Stack, command: list[str]) -> None:
    assert stack.up(www(backend("origin"))).ok
    before = len(stack.state()["deployment"]["resources"])
    stack.write(www(backend("origin", port=81)))
    stack.environment["FASTLY_API_URL"] = f"{stack.emulator.url}/typo"
    options = ["--run-program"] if command[0] == "destroy" else []
    result = stack.run(*command, "--yes", *options)
    assert not result.ok
    assert "404 Record not found: Cannot find '/typo/service" in result.output
    assert "--refresh" not in result.output
    assert stack.emulator.active(stack.emulator.service_id()) == 1
    del stack.environment["FASTLY_API_URL"]
    if command[0] == "up":
        assert len(stack.state()["deployment"]["resources"]) == before
    assert stack.up().ok
    assert stack.emulator.active(stack.emulator.service_id()) == 2
    assert len(stack.emulator.services()) == 1


def test_a_service_that_another_account_or_emulator_does_not_have(stack: Stack, tmp_path: Path) -> None:
    """The advice to refresh, which drops the service from the state, comes after the other explanations."""
    assert stack.up(www(backend("origin"))).ok
    stack.write(www(backend("origin", port=81)))
    with running_emulator() as other:
        stack.environment["FASTLY_API_URL"] = other.url
        result = stack.up()
        assert not result.ok
        assert f"NeedsRefresh: {other.url} has no service {stack.emulator.service_id()}" in result.output
        assert "correct the endpoint or the key" in result.output
        result = stack.refresh()
        assert f"{other.url} has no service {stack.emulator.service_id()}" in result.output


def test_an_exception_inside_the_release(stack: Stack) -> None:
    """Nothing goes live of a program that ends early; the user sees where, without our frames."""
    assert stack.up(www(backend("origin"))).ok
    result = stack.up(www(backend("origin", port=81), 'raise ValueError("mine")'))
    assert not result.ok
    assert "ValueError: mine" in result.output
    assert "pulumi_fastly_dynamic" not in result.output
    assert result.activations == 0


def test_a_mistake_after_a_whole_release_without_a_preview(stack: Stack) -> None:
    """Pulumi registers what was declared before a program failed; nothing of it is written."""
    result = stack.up(www(backend("origin"), after='fastly.Release("api")'))
    assert errors(result)[0].startswith("Release('api') is missing the required argument 'service'"), str(result)
    assert len(errors(result)) == 1, str(result)
    assert "Traceback" not in result.output
    assert "never retrieved" not in result.output
    assert result.calls == []


def test_a_release_that_is_never_entered(stack: Stack) -> None:
    result = stack.up(RELEASED)
    assert result.ok, str(result)
    assert "release 'www' has no `with` block: no version is released" in result.output
