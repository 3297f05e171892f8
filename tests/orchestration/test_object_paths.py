"""Objects with a path of their own: found by an id that is another one in each version."""

import pytest
from pulumi_fastly_dynamic.orchestration import Refusal

from .conftest import Program, Stack

LIMITER = {
    "action": "log_only",
    "client_key": ["client.ip"],
    "http_methods": ["GET"],
    "rps_limit": 100,
    "window_size": 10,
    "penalty_box_duration": 5,
    "logger_type": "s3",
}


def program(**limiter: object) -> Program:
    return {"rate_limiter/api": {**LIMITER, **limiter}}


def ids(stack: Stack, number: int) -> dict[str, str]:
    rows = stack.http.get(f"/service/{stack.service}/version/{number}/rate-limiters").json()
    return {row["name"]: row["id"] for row in rows}


def limit(stack: Stack) -> list[int]:
    rows = stack.http.get(f"/service/{stack.service}/version/{stack.active}/rate-limiters").json()
    return [row["rps_limit"] for row in rows]


def test_an_update_goes_to_the_id_in_the_draft(stack: Stack) -> None:
    stack.up(program())
    stack.up(program(rps_limit=200))
    assert ids(stack, 1) != ids(stack, 2)
    assert limit(stack) == [200]


def test_another_object_changes_beside_it(stack: Stack) -> None:
    stack.up({**program(), "domain/www.example.com": {}})
    stack.clear()
    stack.up({**program(), "domain/www.example.com": {"comment": "x"}})
    assert not [row for row in stack.writes if "rate-limiters" in row]
    assert limit(stack) == [100]


def test_an_update_carries_on_in_a_draft_that_was_left(stack: Stack) -> None:
    stack.up(program())
    stack.fault(method="GET", path="*/validate", status=500, times=9)
    with pytest.raises(Exception, match="500"):
        stack.up(program(rps_limit=200))
    stack.emulator.control.faults.clear()
    assert stack.active == 1
    stack.up(program(rps_limit=300))
    assert (stack.active, limit(stack)) == (2, [300])


@pytest.mark.parametrize("number", [1, 2])
def test_it_is_removed_by_its_id(stack: Stack, number: int) -> None:
    stack.up({**program(), "domain/www.example.com": {}})
    if number == 2:  # the id that was created is not the one in the base
        stack.up({**program(), "domain/www.example.com": {"comment": "x"}})
    stack.up({"domain/www.example.com": {}})
    assert limit(stack) == []


def test_a_lost_answer_to_its_removal_is_settled(stack: Stack) -> None:
    stack.up({**program(), "domain/www.example.com": {}})
    stack.fault(method="DELETE", path="/rate-limiters/*", drop="after")
    stack.up({"domain/www.example.com": {}})
    assert limit(stack) == []


def test_what_someone_changed_in_the_draft_is_refused(stack: Stack) -> None:
    stack.up({**program(), "domain/www.example.com": {}})

    def theirs() -> None:
        stack.http.put(f"/rate-limiters/{ids(stack, 2)['api']}", data={"rps_limit": "999"}).raise_for_status()

    with pytest.raises(Refusal, match="RateLimiter 'api'"):
        stack.up({**program(), "domain/www.example.com": {"comment": "x"}}, meanwhile=theirs)
    assert (stack.active, limit(stack)) == (1, [100])


def test_drift_is_read_and_corrected(stack: Stack) -> None:
    stack.up(program())
    stack.api("PUT", "version/1/clone")
    stack.http.put(f"/rate-limiters/{ids(stack, 2)['api']}", data={"rps_limit": "999"}).raise_for_status()
    stack.api("PUT", "version/2/activate")
    stack.refresh()
    assert stack.objects["rate_limiter/api"].inputs["rps_limit"] == 999
    stack.up(program())
    assert (stack.active, limit(stack)) == (3, [100])


def test_only_lists_of_the_release_are_read(stack: Stack) -> None:
    stack.up({"domain/www.example.com": {}})
    stack.clear()
    stack.up({"domain/www.example.com": {"comment": "x"}})
    assert not [path for path in stack.reads if "logging" in path or "rate-limiters" in path]


def test_a_leftover_of_a_failed_update_does_not_go_live(stack: Stack) -> None:
    """Neither the release nor an overview of Fastly's shows it any more."""
    domain: Program = {"domain/www.example.com": {}}
    stack.up(domain)
    session = stack.process()
    stack.ensure(session, {**domain, **program()})  # the update fails before its release
    assert list(ids(stack, 2)) == ["api"]
    stack.up({"domain/www.example.com": {"comment": "x"}})
    assert (stack.active, limit(stack)) == (2, [])


def test_after_a_rollback_a_removed_one_is_removed_again(stack: Stack) -> None:
    domain: Program = {"domain/www.example.com": {}}
    stack.up({**domain, **program()})
    stack.up(domain)
    stack.up({"domain/www.example.com": {"comment": "x"}})
    stack.api("PUT", "version/1/activate")
    stack.refresh()
    stack.up({"domain/www.example.com": {"comment": "y"}})
    assert limit(stack) == []
