"""Files that should be states: what is refused, and the command."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastly_adopt.__main__ import main
from fastly_adopt.planning import plan_of
from fastly_adopt.program_writing import files_of
from fastly_adopt.pulumi_state import read_pulumi_state
from fastly_adopt.state_content import StateResource, content_of
from fastly_adopt.terraform_state import read_terraform_state
from pulumi_fastly_dynamic.failure import Failure

from .small_states import SECRET, items, pulumi, service, terraform
from .states import DATA
from .test_states import silent


@pytest.fixture(autouse=True)
def no_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody may ask Fastly: there is no key, and no server at the address."""
    monkeypatch.delenv("FASTLY_API_KEY", raising=False)
    monkeypatch.setenv("FASTLY_API_URL", "http://127.0.0.1:9")
    monkeypatch.chdir(tmp_path)


# -------------------------------------------------------------------- one line for each bad file

COMPUTE = StateResource("fastly_service_compute", "fastly_service_compute.edge", {"id": "C", "name": "edge"})


def with_hidden_blocks() -> dict[str, Any]:
    state = terraform(service(logging_s3=None))
    state["values"]["root_module"]["resources"][0]["sensitive_values"] = {"logging_s3": True}
    return state


BAD: dict[str, tuple[str, Any, list[str], str]] = {
    "not there": ("terraform", None, [], "state.json cannot be read: No such file or directory"),
    "not JSON": ("terraform", "# fastly_service_vcl.www:", [], "state.json is not JSON: write it with `terraform show"),
    "a list": ("terraform", [], [], "state.json is no state"),
    "a plan": ("terraform", {"format_version": "1.2", "planned_values": {}}, [], "state.json is a plan, not a state"),
    "the raw state": ("terraform", {"version": 4, "lineage": "x"}, [], "state.json is terraform.tfstate itself"),
    "an encrypted state": ("terraform", {"encrypted_data": "x"}, [], "state.json is an encrypted state"),
    "something else": ("terraform", {"name": "x"}, [], "state.json is no state of Terraform"),
    "an old format": ("terraform", terraform(format_version="0.2"), [], "state.json has format_version 0.2: 1.x is"),
    "an empty state": ("terraform", {"format_version": "1.0"}, [], "state.json has no resources of the provider"),
    "no service": (
        *("terraform", terraform(StateResource("fastly_user", "fastly_user.a", {})), []),
        "the state has no fastly_service_vcl",
    ),
    "compute": ("terraform", terraform(COMPUTE), [], "fastly_service_compute.edge is a Compute service"),
    "compute by name": ("terraform", terraform(service(), COMPUTE), ["edge"], "fastly_service_compute.edge is a Comp"),
    "several": (
        *("terraform", terraform(service(), service("api", "T")), []),
        "the state has several services, name one: fastly_service_vcl.www (www), fastly_service_vcl.api (api)",
    ),
    "another": (
        *("terraform", terraform(service()), ["shop"]),
        "the state has no service of the id, name or address 'shop'; it has fastly_service_vcl.www (www)",
    ),
    "not created": ("terraform", terraform(service(id_="")), [], "fastly_service_vcl.www has no id or no name"),
    "no objects": ("terraform", terraform(service(domain=[])), [], "fastly_service_vcl.www has no objects"),
    "an odd block": (
        *("terraform", terraform(service(backend="(sensitive value)")), []),
        "backend of fastly_service_vcl.www has an unexpected form in the state",
    ),
    "a block without a name": (
        *("terraform", terraform(service(backend=[{"address": "a"}])), []),
        "backend of fastly_service_vcl.www has no name in the state",
    ),
    "hidden blocks": (
        *("terraform", with_hidden_blocks(), []),
        "logging_s3 of fastly_service_vcl.www is hidden in state.json: write it with `terraform show",
    ),
    "an odd version": ("terraform", terraform(service(active_version="x")), [], "active_version of fastly_service_vcl"),
    "no export": ("pulumi", {"version": 3}, [], "state.json is no export of a stack"),
    "not JSON either": ("pulumi", "Exported", [], "state.json is not JSON: write it with `pulumi stack export"),
    "an old export": ("pulumi", {**pulumi(), "version": 1}, [], "state.json has version 1: 3 is needed"),
    "an empty export": ("pulumi", {"version": 3, "deployment": {}}, [], "state.json has no resources of pulumi-fastly"),
    "encrypted blocks": ("pulumi", pulumi(backends=SECRET), [], "backend of www is encrypted in the state: write it"),
    "an encrypted name": (
        *("pulumi", pulumi(backends=[{"name": "o", "address": SECRET}]), []),
        "address of Backend o is encrypted in the state: write it with `pulumi stack export --show-secrets",
    ),
    "encrypted items": ("pulumi", items(items={"key": SECRET}), [], "items of table is encrypted in the state: write"),
}


@pytest.mark.parametrize("case", BAD)
def test_one_line_says_what_is_wrong(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    tool, text, arguments, words = BAD[case]
    if text is not None:
        Path("state.json").write_text(text if isinstance(text, str) else json.dumps(text))
    assert main([f"--from-{tool}", "state.json", *arguments, "--no-check", "--out", "program"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"fastly-adopt: {words}")
    assert told.err.count("\n") == 1
    assert not Path("program").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "name a SERVICE, or a state with --from-terraform or --from-pulumi"),
        (["--from-terraform", "a", "--from-pulumi", "b"], "not allowed with argument"),
        (["--from-terraform", "a", "--version", "3"], "a state has one version"),
    ],
)
def test_arguments_that_do_not_fit(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_of_other_shells(encoding: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("state.json").write_text(json.dumps(terraform(service())), encoding=encoding)
    assert main(["--from-terraform", "state.json", "--no-check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["service"]["id"] == "S"


def test_resources_of_other_kinds_may_have_empty_sensitive_values() -> None:
    state = terraform(service())
    other = {"address": "fastly_tls_private_key.x", "mode": "managed", "type": "fastly_tls_private_key"}
    state["values"]["root_module"]["resources"].append(
        {**other, "values": {"k": None}, "sensitive_values": {"k": True}}
    )
    Path("state.json").write_text(json.dumps(state))
    assert len(read_terraform_state(Path("state.json"))) == 2


# -------------------------------------------------------------------- the command


@pytest.mark.parametrize("tool", ["terraform", "pulumi"])
def test_no_key_is_needed(tool: str, capsys: pytest.CaptureFixture[str]) -> None:
    state = str(DATA / "adopt" / f"shop-{tool}.json")
    assert main([f"--from-{tool}", state, "--out", "shop", "--no-check"]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("shop: 31 resources of service shop.example.com, version 12\nSecrets to set")
    assert "fastly-adopt: left as it is: " in told.err
    files = [file.read_bytes() for file in Path("shop").rglob("*") if file.is_file()]
    for secret in (b"not-a-real-secret-key", b"AKIAIOSFODNN7EXAMPLE", b"Bearer not-a-real-token"):
        assert not [each for each in files if secret in each]
        assert secret.decode() not in told.out + told.err


def test_a_state_in_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with (DATA / "adopt" / "shop-terraform.json").open() as state:
        monkeypatch.setattr("sys.stdin", state)
        assert main(["--from-terraform", "-", "--no-check"]) == 0
    assert Path("shop-example-com/__main__.py").exists()


# -------------------------------------------------------------------- files that somebody has edited

ODD: tuple[Any, ...] = (None, [], {}, "x", "", 7, -1, True, [None], ["x"], {"name": None}, [{}])


def nodes(value: Any) -> Iterator[tuple[Any, Any]]:
    """Each place in a JSON value, as its container and its key."""
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from nodes(value[key])


@pytest.mark.parametrize("tool", ["terraform", "pulumi"])
@pytest.mark.parametrize("odd", range(len(ODD)))
def test_an_odd_value_anywhere_is_a_program_or_one_line(tool: str, odd: int, tmp_path: Path) -> None:
    read = {"terraform": read_terraform_state, "pulumi": read_pulumi_state}[tool]
    state = json.loads((DATA / "adopt" / f"shop-{tool}.json").read_text())
    refusals: list[str] = []
    # Each place has one of the odd values; which one, depends on its number.
    for container, key in list(nodes(state))[odd :: len(ODD)]:
        before, container[key] = container[key], ODD[odd]
        (tmp_path / "state.json").write_text(json.dumps(state))
        try:
            files_of(plan_of(content_of(read(tmp_path / "state.json"), None, progress=silent)))
        except Failure as error:
            refusals.append(str(error))
        container[key] = before
    assert [each for each in refusals if "\n" in each] == []
