"""A release: named steps from the first check to the activation. Nothing else activates.

The steps run in the order of ``STEPS``. A step refuses by raising, ends the release by returning its outcome, or
passes on by returning nothing.
"""

from collections.abc import Callable

from ..api import BadRequest
from ..terminal import info
from . import compiler
from . import marker as markers
from .checked_draft import verify_base, verify_draft
from .refusals import check_protected, check_recorded_version, check_undeclared, check_unrecorded
from .release_errors import InvalidVersion, ReleasedTwice
from .removals import remove_objects, remove_rolled_back
from .run import ReleaseOutcome, ReleaseRun, VersionInputs, VersionState
from .session import ServiceSession

Step = Callable[[ReleaseRun], ReleaseOutcome | None]


def release(session: ServiceSession, inputs: VersionInputs, previous: VersionState | None) -> ReleaseOutcome:
    """Makes the manifest serve: at most one activation, and only of what the program says."""
    with session.lock:
        if session.released:
            raise ReleasedTwice(f"service {session.service_id} has two releases in this program; make them one")
        outcome = session.retry_if_outcome_unknown(lambda: _run(ReleaseRun(session, inputs, previous)))
        session.released = True
        return outcome


def _run(run: ReleaseRun) -> ReleaseOutcome:
    for step in STEPS:
        outcome = step(run)
        if outcome is not None:
            return outcome
    raise AssertionError("the last step ends the release")


def put_changed_comment(run: ReleaseRun) -> ReleaseOutcome | None:
    """Ends the release where nothing but the comment changed: it is put on the version that serves."""
    previous, active = run.previous, run.head.active
    if not previous or active is None or not run.inputs.activate:
        return None
    if previous.objects != run.inputs.objects or not previous.outcome.activated or previous.outcome.kept:
        return None
    if previous.comment != run.inputs.comment:
        _put_comment(run, active)
    # What serves was not verified now, so the number that was is kept.
    return ReleaseOutcome(active, previous.outcome.released, activated=True)


def _put_comment(run: ReleaseRun, number: int) -> None:
    """Puts the program's comment in front of the marker."""
    text, _ = markers.split(run.head.versions.comment(number))
    ours = run.head.versions.marker(number)
    wanted = run.inputs.comment
    if text != wanted:
        run.session.put_comment(number, markers.join(wanted, ours) if ours else wanted)


def accept_base(run: ReleaseRun) -> ReleaseOutcome | None:
    """Ends the release where nothing has to be activated: no draft, and the base holds what the program says."""
    head = run.head
    if head.draft or (head.active is None and run.inputs.activate):
        return None
    verify_base(run)
    if head.active is None:
        return run.outcome(None, activated=False)
    changed = run.previous is not None and run.previous.comment != run.inputs.comment
    if changed or head.versions.marker(head.active):  # the comment of someone else's version is left alone
        _put_comment(run, head.active)
    return run.outcome(head.active, activated=True)


def open_draft(run: ReleaseRun) -> None:
    """Opens the draft if no write did."""
    run.session.open_draft(run.head)


def validate(run: ReleaseRun) -> None:
    """Asks Fastly's compiler; what it warns of is told."""
    number = run.head.number
    answer = run.session.client.get_object(run.session.path(number, "validate"), keys=("status",))
    text = str(answer.get("msg") or "; ".join(map(str, answer.get("errors") or answer.get("warnings") or [])))
    if answer.get("status") != "ok":
        raise _invalid(run, text)
    _warn(run, text)


def _invalid(run: ReleaseRun, text: str) -> InvalidVersion:
    place = compiler.place(text, run.session.snapshot(run.head.number, run.collections).values())
    return InvalidVersion(
        f"version {run.head.number} of service {run.service_id} does not compile, and was not activated: "
        f"{compiler.without_quotes(text)}{f' (probably {place})' if place else ''}"
    )


def _warn(run: ReleaseRun, words: str) -> None:
    """Tells a warning once: validation and activation have the same ones."""
    text = compiler.without_quotes(words)
    if text and text not in run.warnings:
        run.warnings.add(text)
        info(f"Fastly warns about version {run.head.number}: {text}", has_lines=True)


def stop_before_activation(run: ReleaseRun) -> ReleaseOutcome | None:
    """Ends the release of a program that says ``activate=False``."""
    return None if run.inputs.activate else run.outcome(run.head.active, activated=False)


def put_comment(run: ReleaseRun) -> None:
    """Sets the comment of the version that is about to serve."""
    _put_comment(run, run.head.number)


def activate(run: ReleaseRun) -> ReleaseOutcome:
    """Activates the draft."""
    number = run.head.number
    try:
        answer = run.session.activate(number)
    except BadRequest as error:
        if error.detail and compiler.is_compiler_error(error.detail):
            raise _invalid(run, error.detail) from None
        raise
    _warn(run, str(answer.get("msg") or ""))
    return run.outcome(number, activated=True)


STEPS: tuple[Step, ...] = (
    check_recorded_version,
    check_protected,
    put_changed_comment,
    check_undeclared,
    check_unrecorded,
    remove_objects,
    remove_rolled_back,
    accept_base,
    open_draft,
    verify_draft,
    validate,
    stop_before_activation,
    put_comment,
    activate,
)
