"""Random canaries as API key and as every secret property: nothing that is written or shown has them in plain."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pulumi_fastly_dynamic.schema import KINDS

from tests.cases import CASES, Case, Code, in_order

from .gated import GatedStack, Trap, prepare
from .harness import Result

BEGIN = "-----BEGIN PRIVATE KEY-----\n"
PROGRAM = """
import os

config = pulumi.Config()
pem = config.require_secret("pem").apply(lambda text: "-----BEGIN PRIVATE KEY-----\\n" + text)
www = fastly.Service("www", force_destroy=True)
with fastly.Release("www", service=www) as release:
    fastly.Domain("www.example.com", release=release)
    for name, key in {"plain": os.environ["PEM"], "secret": pem}.items():
        backend = fastly.Backend(name, release=release, address="origin.example.com", use_ssl=True,
                                 ssl_cert_hostname="origin.example.com", ssl_client_key=key,
                                 ssl_client_cert="-----BEGIN CERTIFICATE-----\\nx")
        pulumi.export(name, backend.ssl_client_key)
    hidden = fastly.Dictionary("hidden", release=release, write_only=True, force_destroy=True)
    one = fastly.DictionaryItem("one", dictionary=hidden, key="one", value=os.environ["ITEM"])
    many = fastly.DictionaryItems("many", dictionary=hidden,
                                  items={"two": os.environ["ITEM"], "three": config.require_secret("item")})
LOGGING
pulumi.export("one", one.value)
pulumi.export("many", many.items)
"""
SECRET = {schema.kind: {f.name for f in schema.fields if f.secret} for schema in KINDS.values()}
WITH_SECRETS = in_order({kind: CASES[kind] for kind, names in SECRET.items() if names and kind != "backend"})


def with_canaries(case: Case, name: str, value: object) -> object:
    """The value, or a canary of the same form."""
    if name not in SECRET[case.kind] or not value:
        return value
    if "-----BEGIN" in str(value):
        return Code("os.environ['PEM']")
    return Code("'https://logs.example.com/' + os.environ['ITEM']" if "://" in str(value) else "os.environ['ITEM']")


def logging_lines() -> str:
    """Every other kind with a secret property, and what these need."""
    return "".join(
        f"    {case.line(KINDS[case.kind].label, each, {n: with_canaries(case, n, v) for n, v in each.full.items()})}\n"
        for case in WITH_SECRETS
        for each in case.objects
    )


LOGGED = ("--logtostderr", "-v=3")


@dataclass
class Vault:
    """A stack with canaries, and every text that was seen of it."""

    stack: GatedStack
    key: str
    canaries: list[str] = field(default_factory=list)

    def set_secrets(self) -> tuple[str, str]:
        """New canaries for all secret properties."""
        pem, item = secrets.token_hex(12), secrets.token_hex(12)
        self.canaries += [pem, item]
        self.stack.environment |= {"PEM": BEGIN + pem, "ITEM": item}
        values = [f"fastly:apiKey={self.key}", f"pem={pem}", f"item={item}"]
        self.see(self.stack.run("config", "set-all", *(part for value in values for part in ("--secret", value))))
        return pem, item

    def see(self, result: Result, *, ok: bool = True) -> str:
        """What a command said; it and all that is on disk must be free of canaries."""
        for canary in self.canaries:
            assert canary not in result.output
        assert result.ok == ok, str(result)
        self.look_at_files()
        return result.output

    def look_at_files(self) -> None:
        texts = {file: file.read_bytes() for file in self.stack.folder.parent.rglob("*") if file.is_file()}
        texts = {file: text for file, text in texts.items() if file.name != "emulator.json"}
        assert any(b"checkpoint" in text for text in texts.values())
        for file, text in texts.items():
            assert not [canary for canary in self.canaries if canary.encode() in text], file


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with prepare(tmp_path) as stack:
        key = secrets.token_hex(16)
        stack.gate.emulator.token = key
        stack.emulator.http.headers["Fastly-Key"] = key
        stack.environment["FASTLY_API_KEY"] = ""
        vault = Vault(stack, key, [key])
        vault.set_secrets()
        stack.write(PROGRAM.replace("LOGGING\n", logging_lines()))
        yield vault


def test_every_secret_property_is_in_the_program() -> None:
    shown = {(case.kind, name) for case in WITH_SECRETS for each in case.objects for name in each.full}
    others = {(kind, name) for kind, names in SECRET.items() for name in names}
    assert others - shown == {("backend", "ssl_client_key")}


def sent(vault: Vault) -> list[str]:
    """What the API has of the secrets."""
    service = next(iter(vault.stack.gate.emulator.services.values()))
    number = max(service.versions)
    pems = [row["ssl_client_key"] for row in service.versions[number].objects["backend"].values()]
    items = [row["item_value"] for held in service.items.values() for row in held.values()]
    return pems + items


def test_create_update_preview_refresh_destroy(vault: Vault) -> None:
    stack = vault.stack
    vault.see(stack.preview(None, *LOGGED))
    vault.see(stack.run("preview", "--json"))
    vault.see(stack.up(None, *LOGGED, "--diff", preview=True))
    assert [text.rpartition("\n")[2] for text in sent(vault)] == [vault.canaries[1]] * 2 + [vault.canaries[2]] * 3

    pem, item = vault.set_secrets()
    vault.see(stack.preview(None, *LOGGED))
    vault.see(stack.run("preview", "--json"))
    vault.see(stack.up(None, *LOGGED, "--diff"))
    assert [text.rpartition("\n")[2] for text in sent(vault)] == [pem] * 2 + [item] * 3
    assert stack.up().calls == []

    somebodys = secrets.token_hex(12)
    vault.canaries.append(somebodys)
    id_ = stack.emulator.service_id()
    number = stack.emulator.send("PUT", f"/service/{id_}/version/2/clone")["number"]
    stack.emulator.send(
        "PUT", f"/service/{id_}/version/{number}/backend/plain", ssl_client_key=f"-----BEGIN {somebodys}", port=8443
    )
    for case in WITH_SECRETS:
        for each in case.objects:
            names = SECRET[case.kind] & each.full.keys()
            given = {case.wire(name): f"https://{somebodys}.example.com" for name in names}
            if given:
                stack.emulator.send("PUT", f"/service/{id_}/version/{number}/{case.path}/{each.name}", **given)
    stack.emulator.send("PUT", f"/service/{id_}/version/{number}/activate")
    vault.see(stack.run("refresh", "--yes", "--diff", *LOGGED))
    vault.see(stack.run("preview", "--json"))
    vault.see(stack.up(None, *LOGGED, "--diff", preview=True))
    assert somebodys not in str(sent(vault))

    vault.see(stack.run("stack", "export"))
    vault.see(stack.run("stack", "output", "--json"))
    vault.see(stack.run("config"))
    vault.see(stack.run("destroy", "--yes", "--diff", *LOGGED))


@pytest.mark.parametrize(
    "call", ["POST /service", "POST /service/ID/version/N/backend", "PATCH /service/ID/dictionary/ID/items"]
)
def test_refused_with_all_that_was_sent_in_the_answer(vault: Vault, call: str) -> None:
    said = vault.see(vault.stack.up_with(Trap(call, quote=True), *LOGGED), ok=False)
    assert "BadRequest: " in said
    assert "With key [secret]: cannot take " in said


def test_update_refused_with_all_that_was_sent_in_the_answer(vault: Vault) -> None:
    vault.see(vault.stack.up())
    vault.set_secrets()
    call = "PUT /service/ID/version/N/backend/secret"
    said = vault.see(vault.stack.up_with(Trap(call, quote=True), "--diff", *LOGGED), ok=False)
    assert "With key [secret]: cannot take " in said
    vault.stack.gate.emulator.token = "another"
    assert "Unauthorized: " in vault.see(vault.stack.up(None, *LOGGED), ok=False)
    assert "Unauthorized: " in vault.see(vault.stack.refresh(*LOGGED), ok=False)
    vault.stack.gate.emulator.token = vault.key
    said = vault.see(vault.stack.up_with(Trap("PUT /service/ID/version/N/activate", fault={"status": 403})), ok=False)
    assert "Forbidden: " in said
    vault.see(vault.stack.up())


LOGGING_CALLS = {"create": "POST /service/ID/version/N/logging/*", "update": "PUT /service/ID/version/N/logging/*"}


@pytest.mark.parametrize("operation", LOGGING_CALLS)
def test_every_logging_kind_refused_with_all_that_was_sent_in_the_answer(vault: Vault, operation: str) -> None:
    """All of them in one run, which goes on after a failure."""
    if operation == "update":
        vault.see(vault.stack.up())
        vault.set_secrets()
    trap = Trap(LOGGING_CALLS[operation], quote=True)
    result = vault.stack.up_with(trap, "--continue-on-error", "--diff", *LOGGED)
    said = vault.see(result, ok=False)
    refused = set(re.findall(rf"BadRequest: {trap.call.split()[0]} \S+/logging/(\w+)", said))
    assert refused == {case.path.partition("/")[2] for case in WITH_SECRETS if case.path.startswith("logging/")}
    assert "cannot take " in said


def test_killed(vault: Vault) -> None:
    killed = vault.stack.kill_at("POST /service/ID/version/N/backend", "after")
    assert vault.key not in killed.output
    vault.look_at_files()
    vault.stack.unlock()
    vault.see(vault.stack.up())


@pytest.mark.parametrize(
    ("variable", "value"), [("PEM", "{} is no PEM"), ("ITEM", "{}" + "x" * 8001), ("FASTLY_API_KEY", "{}\nsecond line")]
)
def test_value_that_is_refused_before_any_call(vault: Vault, variable: str, value: str) -> None:
    canary = secrets.token_hex(12)
    vault.canaries.append(canary)
    vault.stack.environment[variable] = value.format(canary)
    if variable == "FASTLY_API_KEY":
        vault.see(vault.stack.run("config", "rm", "fastly:apiKey"))
    result = vault.stack.up(None, *LOGGED, preview=True)
    vault.see(result, ok=False)
    assert result.calls == []
