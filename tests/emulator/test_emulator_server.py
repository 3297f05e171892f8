"""The command line, and the emulator behind a real socket."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest
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
        with httpx.Client(base_url=found.group(1), headers={"Fastly-Key": "key"}) as client:
            yield process, client
        process.kill()


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


def test_sigterm_ends_it_promptly_with_open_connections() -> None:
    with running() as (process, client):
        client.get("/service")
        started = time.monotonic()
        process.terminate()
        process.wait(10)
        assert time.monotonic() - started < 2


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
        command = [sys.executable, "-m", "fastly_emulator", "--port", str(other.getsockname()[1])]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode == 1
    assert "in use" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_state_file_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text("x", encoding="utf-8")
    command = [sys.executable, "-m", "fastly_emulator", "--port", "0", "--state", str(file)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr


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
