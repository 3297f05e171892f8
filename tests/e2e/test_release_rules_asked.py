"""What the program asks for is what counts: in answers, in late answers, and in what the API warns of."""

import pytest

from tests.cases import Code

from .harness import Stack
from .lifecycle import REFRESH, Step, backend, fault, live, of, www

ORIGIN, CHANGED = backend("origin"), backend("origin", port=81)


def test_port_alone_does_not_switch_tls(stack: Stack) -> None:
    def program(tls: int, plain: int) -> str:
        return www(backend("tls", port=tls, use_ssl=True), backend("plain", port=plain))

    def sent(stack: Stack) -> None:
        for name, value in (("tls", "1"), ("plain", "0")):
            forms = [call.form for call in stack.emulator.calls() if call.path.endswith(f"/backend/{name}")]
            assert [form.get("use_ssl") for form in forms if "port" in form] == [value], forms

    live(
        stack,
        Step(
            program(8443, 8080),
            activations=1,
            serves={"backend": {"tls": {"use_ssl": True}, "plain": {"use_ssl": False}}},
        ),
        Step(
            program(80, 443),
            activations=1,
            check=sent,
            serves={"backend": {"tls": {"port": 80, "use_ssl": True}, "plain": {"port": 443, "use_ssl": False}}},
        ),
        Step(command=REFRESH, writes=0),
    )


def test_answer_that_is_not_what_was_asked(stack: Stack) -> None:
    """Refused by property, asked and stored value; a repeat makes neither a version nor an activation."""
    stored = fault("*", "*/backend/origin", store={"comment": "x"}, times=1000)
    refusal = [
        "StoredDifferently: Backend 'origin' in version 2",
        "comment was asked to be 'two blanks ', stored is 'x'",
        "Nothing was activated",
    ]

    def two_versions(stack: Stack) -> None:
        service_id = stack.emulator.service_id()
        assert (stack.emulator.latest(service_id), stack.emulator.active(service_id)) == (2, 1)

    live(
        stack,
        Step(www(ORIGIN), activations=1),
        Step(www(backend("origin", comment="two blanks ")), other=stored, fails=refusal, check=two_versions),
        Step(command=REFRESH, other=stored, fails=refusal, check=two_versions),
        Step(command=REFRESH, other=stored, fails=refusal, check=two_versions),
        Step(activations=1, serves={"backend": {"origin": {"comment": "two blanks "}}}),
    )


def test_answer_that_is_not_what_was_asked_hides_what_the_user_marked(stack: Stack) -> None:
    comment = Code('pulumi.Output.secret("COMMENTSECRET")')
    live(stack, Step(www(ORIGIN), activations=1))
    stack.emulator.fault("*", "*/backend/origin", store={"comment": "STOREDSECRET"}, times=1000)
    result = stack.up(www(backend("origin", comment=comment)))
    assert "StoredDifferently: Backend 'origin' in version 2" in result.output, str(result)
    assert "comment is not stored as asked" in result.output
    assert "COMMENTSECRET" not in result.output
    assert "STOREDSECRET" not in result.output
    assert result.activations == 0


def test_live_content_that_is_stored_differently(stack: Stack) -> None:
    """It is live at once, so it cannot be held back; but an update must not report success, nor write without end."""

    def dynamic(content: str) -> str:
        return www(ORIGIN, of("DynamicSnippet", "s", type="recv", content=content))

    live(
        stack,
        Step(dynamic("# one"), activations=1),
        Step(
            dynamic("# two"),
            other=fault("PUT", "*/snippet/*", store={"content": "# stored"}),
            fails=["StoredDifferently: DynamicSnippet 's'", "content was asked to be '# two', stored is '# stored'"],
        ),
        Step(activations=0),
    )


def test_late_answers(stack: Stack) -> None:
    """A list or an activation that the API shows late is looked at again, before anything is believed of it."""
    live(
        stack,
        Step(www(ORIGIN), activations=1),
        Step(
            www(CHANGED),
            other=fault("GET", "*/backend", stale=True, skip=1),
            writes=["clone", "comment", "PUT backend/origin", "activate"],
            serves={"backend": {"origin": {"port": 81}}},
        ),
        Step(www(backend("origin", port=82)), other=lambda stack: stack.emulator.lag(2), activations=1),
        Step(www(backend("origin", port=83)), activations=1),
        Step(
            www(backend("origin", port=84)),
            other=lambda stack: stack.emulator.lag(0),
            activations=1,
            serves={"backend": {"origin": {"port": 84}}},
        ),
    )


def test_warnings_of_the_compiler_are_shown(stack: Stack) -> None:
    live(
        stack,
        Step(www(), activations=1, says=["Fastly warns about version 1:", "No default director found"]),
        Step(www(release='comment="quiet"'), activations=0),
    )


@pytest.mark.parametrize(
    ("program", "named"),
    [
        (www(backend(".", address="a.example.com")), "Backend resource '.' has a problem: name"),
        (www(backend("..", address="a.example.com")), "Backend resource '..' has a problem: name"),
        (www(ORIGIN, service='adopt_id=".."'), "Service resource 'www' has a problem: adopt_id"),
    ],
)
def test_dot_segments_are_refused_in_the_preview(stack: Stack, program: str, named: str) -> None:
    result = stack.preview(program)
    assert not result.ok
    assert named in result.output, str(result)
    assert "Traceback" not in result.output
    assert result.calls == []
