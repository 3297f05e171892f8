"""Configuration that names what a pack does not have; the command for a pack of one's own."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import grpc
import pytest
from fastly_policies import RULES
from fastly_policies.cli import main
from fastly_policies.pack import check_configuration, unknown_names
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

KNOWN = {"backend-tls": ["exempt"], "backend-min-tls": ["minimum", "exempt"], "own": None}


@pytest.mark.parametrize(
    ("configured", "problems"),
    [
        ({}, []),
        ({"all": [], "backend-tls": ["exempt"], "own": ["anything"]}, []),
        ({"backend-tsl": []}, ["there is no rule 'backend-tsl'; did you mean 'backend-tls'?"]),
        ({"zzz": ["a"]}, ["there is no rule 'zzz'"]),
        (
            {"backend-min-tls": ["exempt", "minimun"], "a": []},
            ["there is no rule 'a'", "the rule 'backend-min-tls' has no parameter 'minimun'; did you mean 'minimum'?"],
        ),
    ],
)
def test_unknown_names(configured: dict[str, list[str]], problems: list[str]):
    assert list(unknown_names(configured, KNOWN)) == problems


class Servicer:
    """A pack's side of the protocol, as the SDK has it."""

    def __init__(self) -> None:
        self.configured: list[Any] = []

    def GetAnalyzerInfo(self, _request: Any, _context: Any) -> analyzer_pb2.AnalyzerInfo:  # noqa: N802 - the protocol's name
        schema = analyzer_pb2.PolicyConfigSchema()
        schema.properties.update({"minimum": {"type": "string"}})
        return analyzer_pb2.AnalyzerInfo(policies=[analyzer_pb2.PolicyInfo(name="tls", configSchema=schema)])

    def Configure(self, request: Any, _context: Any) -> str:  # noqa: N802 - as above
        self.configured.append(request)
        return "done"


class Aborted(Exception):
    pass


def abort(code: grpc.StatusCode, text: str) -> None:
    raise Aborted(code, text)


def request(rule: str, parameter: str) -> Any:
    config = analyzer_pb2.PolicyConfig()
    config.properties.update({parameter: "1.2"})
    return analyzer_pb2.ConfigureAnalyzerRequest(policyConfig={rule: config})


def test_a_pack_refuses_configuration_it_does_not_know(monkeypatch: pytest.MonkeyPatch):
    registered: list[tuple[Any, Any]] = []
    monkeypatch.setattr(
        analyzer_pb2_grpc,
        "add_AnalyzerServicer_to_server",
        lambda servicer, server: registered.append((servicer, server)),
    )
    check_configuration()
    servicer: Any = Servicer()
    analyzer_pb2_grpc.add_AnalyzerServicer_to_server(servicer, "server")
    assert registered == [(servicer, "server")]

    context = SimpleNamespace(abort=abort)
    assert servicer.Configure(request("tls", "minimum"), context) == "done"
    with pytest.raises(Aborted) as refused:
        servicer.Configure(request("tls", "maximum"), context)
    assert refused.value.args[0] is grpc.StatusCode.INVALID_ARGUMENT
    with pytest.raises(Aborted):
        servicer.Configure(request("tsl", "minimum"), context)
    assert len(servicer.configured) == 1


def test_a_pack_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = tmp_path / "our" / "policies"
    assert main(["new", str(folder)]) == 0
    assert {path.name for path in folder.iterdir()} == {"PulumiPolicy.yaml", "__main__.py"}
    compile((folder / "__main__.py").read_text(), "__main__.py", "exec")
    assert f"pulumi preview --policy-pack {folder}" in capsys.readouterr().out


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "__main__.py").write_text("mine")
    assert main(["new", str(tmp_path)]) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["__main__.py"]
    assert (tmp_path / "__main__.py").read_text() == "mine"
    assert "is there already" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "file").write_text("")
    assert main(["new", str(tmp_path / "file" / "pack")]) == 1
    assert capsys.readouterr().err.startswith("fastly-policies: ")


def test_no_command():
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 2


def test_every_rule_says_what_it_reports():
    assert [rule.name for rule in RULES if not rule.reports] == []
