"""The command: what it says of services that it cannot adopt, and of those that it can."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastly_adopt.__main__ import main
from fastly_adopt.trial import load
from fastly_emulator import Emulator
from fastly_emulator.faults import read_fault
from fastly_emulator.server import serving

from .golden import plan, shop
from .test_planning import content, found

NO_CHECK = "--no-check"


@pytest.fixture
def emulator(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Emulator]:
    made = Emulator()
    with serving(made) as url:
        monkeypatch.setenv("FASTLY_API_URL", url)
        monkeypatch.setenv("FASTLY_API_KEY", "key")
        monkeypatch.chdir(tmp_path)
        yield made


def send(method: str, path: str, **form: Any) -> Any:
    answer = httpx.request(method, os.environ["FASTLY_API_URL"] + path, data=form, headers={"Fastly-Key": "key"})
    assert answer.is_success, answer.text
    return answer.json()


def created(**form: Any) -> str:
    return str(send("POST", "/service", name="shop", **form)["id"])


def active(service: str) -> str:
    send("PUT", f"/service/{service}/version/1/activate")
    return service


def deleted(service: str) -> str:
    send("DELETE", f"/service/{service}")
    return service


# -------------------------------------------------------------------- what cannot be adopted


@pytest.mark.parametrize(
    ("make", "arguments", "words"),
    [
        (lambda: None, ["nobody"], "there is no service of the id or name 'nobody'"),
        (lambda: created(type="wasm"), ["shop"], "service shop is a Compute service (type wasm)"),
        (created, ["shop"], "service shop has no active version: name one with --version (1 to 1)"),
        (lambda: active(created()), ["shop", "--version", "7"], "service shop has no version 7: it has 1 to 1"),
        (lambda: active(created()), ["shop"], "version 1 of service shop has no objects: there is nothing to adopt"),
    ],
    ids=["missing", "compute", "no active version", "no such version", "empty"],
)
def test_one_line_says_why_not(
    emulator: Emulator, capsys: pytest.CaptureFixture[str], make: Any, arguments: list[str], words: str
) -> None:
    make()
    assert main([*arguments, NO_CHECK]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"fastly-adopt: {words}")
    assert told.err.count("\n") == 1
    assert list(Path.cwd().iterdir()) == []


def test_a_deleted_service(emulator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([deleted(created()), NO_CHECK]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def refuse(emulator: Emulator, method: str, path: str, status: int) -> None:
    fault = {"method": method, "path": path, "times": 99, "status": status}
    emulator.control.faults.append(read_fault(fault))


@pytest.mark.parametrize(
    ("path", "status"),
    [("/service/*", 401), ("/service/*", 403), ("/service/*/version/*/backend", 401), ("/service/*/version/*", 403)],
)
def test_a_key_without_rights(emulator: Emulator, capsys: pytest.CaptureFixture[str], path: str, status: int) -> None:
    service_id = load(emulator, shop(), {})
    refuse(emulator, "GET", path, status)
    assert main([service_id, NO_CHECK]) == 2
    told = capsys.readouterr().err
    assert told.startswith("fastly-adopt: ")
    assert told.count("\n") == 1
    assert list(Path.cwd().iterdir()) == []


def test_a_key_that_may_not_read_one_kind(emulator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    """Such as one that the account has not bought: what there may be stays."""
    service_id = load(emulator, shop(), {})
    refuse(emulator, "GET", "/service/*/version/*/rate-limiters", 403)
    assert main([service_id, "--out", "shop", NO_CHECK]) == 0
    told = capsys.readouterr().err
    assert told.startswith("fastly-adopt: left as it is: RateLimiter: this key may not read them (")
    assert told.count("\n") == 1
    assert "adopt=True" in Path("shop/__main__.py").read_text()


# -------------------------------------------------------------------- what can


def test_it_reads_only_and_writes_the_program(emulator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    service_id = load(emulator, shop(), {})
    emulator.control.log.clear()
    assert main([service_id, "--out", "here/shop", NO_CHECK]) == 0
    assert {row["method"] for row in emulator.control.log} == {"GET"}
    told = capsys.readouterr()
    assert told.err == ""
    assert told.out.splitlines()[0] == f"here/shop: {plan().resources} resources of service shop.example.com, version 1"
    assert "pulumi config set --secret requestsSecretKey    # secret_key of LoggingS3 'requests'" in told.out
    assert "not-a-real" not in told.out
    program = Path("here/shop/__main__.py").read_text()
    assert f'adopt_id="{service_id}"' in program
    assert "adopt=True" not in program


def test_the_default_folder_is_the_services_name_and_is_not_overwritten(
    emulator: Emulator, capsys: pytest.CaptureFixture[str]
) -> None:
    load(emulator, shop(), {})
    assert main(["shop.example.com", NO_CHECK]) == 0
    assert Path("shop-example-com/__main__.py").exists()
    assert main(["shop.example.com", NO_CHECK]) == 2
    assert "shop-example-com exists already" in capsys.readouterr().err


def test_an_update(emulator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    service_id = load(emulator, shop(), {})
    assert main([service_id, "--out", "shop", NO_CHECK]) == 0
    main_file = Path("shop/__main__.py")
    main_file.write_text(main_file.read_text() + "\n# mine\n")
    capsys.readouterr()
    assert main([service_id, "--out", "shop", NO_CHECK, "--update"]) == 0
    told = capsys.readouterr().out
    assert "Written: nothing, all files are up to date" in told
    assert "You have changed __main__.py" in told
    assert "-# mine\n" in told
    assert main_file.read_text().endswith("# mine\n")


def test_a_version_that_does_not_serve(emulator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    service_id = load(emulator, shop(), {})
    send("PUT", f"/service/{service_id}/version/1/clone")
    send("POST", f"/service/{service_id}/version/2/domain", name="new.example.com")
    assert main([service_id, "--out", "shop", NO_CHECK, "--version", "2"]) == 0
    program = Path("shop/__main__.py").read_text()
    assert "new.example.com" in program
    assert "activate=False" in program
    assert "Version 2 does not serve" in capsys.readouterr().out


def test_without_live_objects(emulator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    load(emulator, shop(), {})
    assert main(["shop.example.com", "--out", "shop", NO_CHECK, "--no-live"]) == 0
    program = Path("shop/__main__.py").read_text()
    assert "DictionaryItems" not in program
    assert "AclEntries" not in program
    assert program.count("are left to others") == 4
    assert program.count("Its content is left to others.") == 1
    assert "content=" not in program.partition("fastly.DynamicSnippet(")[2].partition(")")[0]
    assert not Path("shop/data").exists()


def test_what_it_cannot_manage_is_told(emulator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    service_id = load(emulator, content(found("backend", name="origin", address="a.example.com")), {})
    version: Any = emulator.services[service_id].versions[1]
    version.objects["backend"]["origin"]["address"] = "a b"
    assert main([service_id, "--out", "x", NO_CHECK]) == 0
    told = capsys.readouterr().err
    assert told.startswith("fastly-adopt: left as it is: Backend 'origin': address must be a host name")


def test_the_summary(emulator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    service_id = load(emulator, shop(), {})
    assert main([service_id, "--out", "shop", NO_CHECK, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["kinds"]["Backend"] == 3
    assert {key: found[key] for key in ("service", "version", "is_active", "left_alone", "check", "folder")} == {
        "service": {"id": service_id, "name": "shop.example.com"},
        "version": 1,
        "is_active": True,
        "left_alone": [],
        "check": None,
        "folder": "shop",
    }
    assert found["secrets"]["to_set"] == ["alertsHeaderValue", "requestsAccessKey", "requestsSecretKey"]
    assert found["resources"] == plan().resources


def test_without_the_cli_it_says_that_nothing_was_checked(
    emulator: Emulator, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    load(emulator, shop(), {})
    monkeypatch.setenv("PATH", "/nowhere")
    assert main(["shop.example.com", "--out", "shop"]) == 0
    assert "Not checked: there is no pulumi CLI on the PATH" in capsys.readouterr().out


def test_without_the_emulator_it_says_what_to_install(
    emulator: Emulator, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    load(emulator, shop(), {})
    monkeypatch.setitem(sys.modules, "fastly_emulator.server", None)
    assert main(["shop.example.com", "--out", "shop"]) == 0
    told = "Not checked: it needs the emulator: pip install 'pulumi-fastly-dynamic[emulator]'"
    assert told in capsys.readouterr().out


def test_a_large_service_is_read_quickly(emulator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    """As many calls as there are lists and pages: time is the API's own."""
    rows = tuple({"item_key": f"k{n}", "item_value": str(n)} for n in range(5000))
    backends = [found("backend", name=f"b{n}", address="a.example.com") for n in range(100)]
    service_id = load(emulator, content(*backends, found("dictionary", name="t", id="D", items=rows)), {})
    emulator.control.log.clear()
    assert main([service_id, "--out", "x", NO_CHECK]) == 0
    assert len([row for row in emulator.control.log if row["path"].endswith("/items")]) == 51
    assert len(emulator.control.log) < 120
    assert len(json.loads(Path("x/data/t.json").read_text())) == 5000
