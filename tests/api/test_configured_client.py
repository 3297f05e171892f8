"""Where key, endpoint and limit come from."""

from collections.abc import Iterator

import pytest
from pulumi_fastly_dynamic.api import InvalidConfiguration
from pulumi_fastly_dynamic.api.client import Client, InvalidEndpoint, MissingKey
from pulumi_fastly_dynamic.engine import configuration


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("sys.tracebacklimit", 1000, raising=False)
    for name in ("FASTLY_API_KEY", "FASTLY_API_URL"):
        monkeypatch.delenv(name, raising=False)
    configuration.use(None)
    yield
    configuration.use(None)


def client(**config: str) -> Client:
    values = {f"fastly:{name}": value for name, value in config.items()}
    configuration.configure(values.get)
    return configuration.process().client


def test_configuration_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FASTLY_API_KEY", "from-environment")
    monkeypatch.setenv("FASTLY_API_URL", "https://environment.example.com")
    made = client(apiKey="from-config", endpoint="https://config.example.com", maxWait="7")
    assert (made._key, made.endpoint, made._max_wait) == ("from-config", "https://config.example.com", 7)


def test_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FASTLY_API_KEY", "from-environment")
    monkeypatch.setenv("FASTLY_API_URL", "https://environment.example.com")
    made = client()
    assert (made._key, made.endpoint, made._max_wait) == ("from-environment", "https://environment.example.com", 300)


def test_defaults() -> None:
    made = client(apiKey="k", maxWait="")
    assert (made.endpoint, made._max_wait) == ("https://api.fastly.com", 300)


def test_what_makes_no_call_needs_no_key() -> None:
    configuration.configure(dict[str, str]().get)
    process = configuration.process()
    with pytest.raises(MissingKey):
        _ = process.client


def test_key_is_not_sent_in_plain() -> None:
    with pytest.raises(InvalidEndpoint, match="only sent over plain http to a loopback address"):
        client(apiKey="k", endpoint="http://api.fastly.com")


@pytest.mark.parametrize("text", ["-1", "soon", "nan", "1h"])
def test_max_wait_that_is_no_number(text: str) -> None:
    with pytest.raises(InvalidConfiguration, match=r"fastly:maxWait is .*: it must be a number of seconds"):
        client(apiKey="k", maxWait=text)
