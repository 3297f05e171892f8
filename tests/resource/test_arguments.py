"""What is suggested instead of an unknown argument."""

from collections.abc import Callable

import pulumi_fastly_dynamic as fastly
import pytest


@pytest.mark.parametrize(
    ("call", "name", "suggested"),
    [
        (lambda: fastly.User("a", logn="a@example.com"), "logn", "login"),  # type: ignore[call-arg]
        (lambda: fastly.User("a", email="a@example.com"), "email", "login"),  # type: ignore[call-arg]
        (lambda: fastly.Invitation("a", login="a@example.com"), "login", "email"),  # type: ignore[call-arg]
        (lambda: fastly.get_service(id="SU1Z"), "id", "service_id"),  # type: ignore[call-arg]
        (lambda: fastly.get_users(id="SU1Z"), "id", "customer_id"),  # type: ignore[call-arg]
        (lambda: fastly.get_dictionary_info(id="SU1Z"), "id", ""),  # type: ignore[call-arg]
        (lambda: fastly.get_datacenters(id="SU1Z"), "id", ""),  # type: ignore[call-arg]
        (lambda: fastly.Header("a", login="a"), "login", ""),  # type: ignore[call-arg]
    ],
)
def test_suggestions(call: Callable[[], object], name: str, suggested: str) -> None:
    with pytest.raises(TypeError) as refused:
        call()
    text = str(refused.value).partition(" got ")[2].rpartition(" (")[0]
    hint = f": did you mean {suggested!r}?" if suggested else ""
    assert text == f"an unexpected keyword argument {name!r}{hint}"
