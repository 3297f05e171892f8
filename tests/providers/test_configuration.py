"""The stack's configuration of the provider process."""

import sys
from collections.abc import Iterator

import pytest
from pulumi_fastly_dynamic.api import InvalidConfiguration
from pulumi_fastly_dynamic.engine import configuration
from pulumi_fastly_dynamic.failure import Failure


@pytest.fixture(autouse=True)
def fresh(process: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("FASTLY_API_KEY", "FASTLY_API_URL"):
        monkeypatch.delenv(name, raising=False)
    configuration.use(None)
    yield
    if hasattr(sys, "tracebacklimit"):
        del sys.tracebacklimit


def configure(**values: str) -> None:
    configuration.configure(lambda name: values.get(name.removeprefix("fastly:")))


def test_failures_have_no_traceback_in_the_provider_process() -> None:
    configure(apiKey="k")
    assert sys.tracebacklimit == 0


def test_no_key_is_needed_until_a_call_is_made() -> None:
    configure()
    with pytest.raises(Failure, match="no Fastly API key: set FASTLY_API_KEY, or"):
        _ = configuration.process().client


def test_the_configuration_comes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FASTLY_API_URL", "http://127.0.0.1:1")
    configure(apiKey="k", endpoint="http://127.0.0.1:2")
    assert configuration.process().client.endpoint == "http://127.0.0.1:2"


def test_the_environment_does_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FASTLY_API_KEY", "k")
    monkeypatch.setenv("FASTLY_API_URL", "http://127.0.0.1:1")
    configure()
    assert configuration.process().client.endpoint == "http://127.0.0.1:1"


def test_the_first_configuration_counts() -> None:
    configure(apiKey="k")
    first = configuration.process()
    configure(apiKey="other")
    assert configuration.process() is first


@pytest.mark.parametrize("value", ["soon", "-1", "nan"])
def test_max_wait(value: str) -> None:
    with pytest.raises(InvalidConfiguration, match=r"fastly:maxWait is .* a number of seconds, 0 or more"):
        configure(maxWait=value)


def test_unconfigured() -> None:
    with pytest.raises(Failure, match="the provider was not configured"):
        configuration.process()
