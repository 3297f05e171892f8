"""The command line, and the emulator behind a real socket."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest
from fastly_emulator.__main__ import main
from fastly_emulator.bodies import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def running(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """Run the emulator on a free port."""
    command = [sys.executable, "-m", "fastly_emulator", "--port", "0", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.fullmatch(r"fastly-emulator listening on (http://127\.0\.0\.1:\d+)\n", line)
        assert found, line
        try:
            with httpx.Client(base_url=found.group(1), headers={"Fastly-Key": "key"}) as client:
                yield process, client
        finally:
            process.kill()


def refused(*arguments: str) -> str:
    """Run an emulator that does not start; return the one line that it says."""
    command = [sys.executable, "-m", "fastly_emulator", *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1, ended.stderr
    return ended.stderr.rstrip()


def test_faults_on_a_socket() -> None:
    with running() as (process, client):
        assert client.get("/service").json() == []
        for drop, names in (("before", []), ("after", ["after"])):
            client.post("/_emulator/faults", json={"method": "POST", "path": "/service", "drop": drop})
            with pytest.raises(httpx.RemoteProtocolError):
                client.post("/service", data={"name": drop})
            assert [service["name"] for service in client.get("/service").json()] == names
        assert [entry["status"] for entry in client.get("/_emulator/log").json()] == [200, None, 200, None, 200]
        client.post("/_emulator/faults", json={"delay_ms": 1000})
        with pytest.raises(httpx.ReadTimeout):
            client.post("/service", data={"name": "late"}, timeout=0.2)
        assert client.get("/service/search?name=late").status_code == 200
        process.terminate()
        assert process.wait(10) in (0, -signal.SIGTERM)
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_sigterm_ends_it_while_connections_are_open() -> None:
    with running() as (process, client):
        client.get("/service")
        process.terminate()
        # If it waited for its connections, it would wait for the 75 seconds that they are kept.
        process.wait(60)


def test_state_survives_a_kill(tmp_path: Path) -> None:
    file = str(tmp_path / "state.json")
    with running("--state", file) as (process, client):
        service = client.post("/service", data={"name": "shop"}).json()["id"]
        backend = {"name": "b", "address": "a.example.com"}
        made = client.post(f"/service/{service}/version/1/backend", data=backend).json()
        process.kill()
        process.wait()
    with running("--state", file) as (_, client):
        assert client.get(f"/service/{service}/version/1/backend/b").json() == made


def test_token() -> None:
    with running("--token", "secret") as (_, client):
        assert client.get("/service").status_code == 401
        assert client.get("/service", headers={"Fastly-Key": "secret"}).status_code == 200
        assert "secret" not in client.get("/_emulator/log").text


def test_this_machine_only() -> None:
    with running() as (_, client), socket.socket() as probe:
        probe.settimeout(1)
        # Another address of the loopback network is as good as one of another network: nobody listens there.
        with pytest.raises(OSError, match="refused"):
            probe.connect(("127.0.0.2", client.base_url.port))


def test_a_port_that_is_taken() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert refused("--port", str(port)) == (
            f"fastly-emulator: cannot listen on port {port}: it is in use; choose another with --port (0: a free one)"
        )


@pytest.mark.parametrize("port", ["65536", "x", "1" * 5_000])
def test_a_port_that_is_none(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--port", port])
    assert "a number from 0 to 65535" in capsys.readouterr().err


def test_a_state_file_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text("[]", encoding="utf-8")
    line = refused("--port", "0", "--state", str(file))
    assert line.startswith(f"fastly-emulator: {file} is not a state file")
    assert file.read_text(encoding="utf-8") == "[]"


def test_one_emulator_for_a_state_file(tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "state.json"
    with running("--state", str(file)) as (process, client):
        client.post("/service", data={"name": "shop"})
        line = refused("--port", "0", "--state", str(file))
        assert line.startswith(f"fastly-emulator: {file} is in use by another emulator")
        with running("--state", str(file.with_name("other.json"))):
            pass
        process.kill()
        process.wait()
    with running("--state", str(file)) as (_, client):
        assert [service["name"] for service in client.get("/service").json()] == ["shop"]


def test_refusals_leave_the_connection_usable() -> None:
    with running() as (_, client):
        large = {"name": "x" * MOST_BYTES}
        assert client.post("/service", data=large).status_code == 413
        assert client.post("/service", content=iter([b"x" * MOST_BYTES, b"x"])).status_code == 413
        assert client.post("/service", data={"name": "x"}, headers={"Host": "evil.example"}).status_code == 403
        assert client.post("/_emulator/reset", headers={"Origin": "null"}).status_code == 403
        assert client.post("/service", data={"name": "x"}).status_code == 200
        named = str(client.base_url.copy_with(host="localhost"))
        assert client.get(f"{named}/service").status_code == 200


PURGES = [
    ("PURGE /a?b=c HTTP/1.1", "Host: www.example.com", "www.example.com/a?b=c"),
    ("PURGE http://www.example.com/a?b=c HTTP/1.1", "Host: www.example.com", "www.example.com/a?b=c"),
    ("PURGE / HTTP/1.1", "Host: www.example.com\r\nOrigin: http://evil.example.com", None),
    ("PURGE / HTTP/1.1", "Host: www.example.com\r\nSec-Fetch-Site: cross-site", None),
    ("POST /purge/www.example.com/ HTTP/1.1", "Host: www.example.com\r\nFastly-Key: key\r\nContent-Length: 0", None),
]


@pytest.mark.parametrize(("line", "headers", "url"), PURGES)
def test_purges_by_their_own_method(line: str, headers: str, url: str | None) -> None:
    with running() as (_, client):
        with socket.create_connection(("127.0.0.1", client.base_url.port or 0), timeout=10) as connection:
            connection.sendall(f"{line}\r\n{headers}\r\nConnection: close\r\n\r\n".encode())
            answer = b"".join(iter(lambda: connection.recv(4096), b"")).decode()
        assert answer.startswith("HTTP/1.1 200" if url else "HTTP/1.1 403"), answer
        assert [each["url"] for each in client.get("/_emulator/purges").json()] == ([url] if url else [])
