"""One run of ``fastly-adopt``: read, plan, write, try, set secrets, tell."""

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastly_console.command import find_service, write_json
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.plain_text import plain
from pulumi_fastly_dynamic.schema import KINDS

from . import program_files, stack_secrets
from .adoption_progress import told
from .planning import plan_of
from .program_files import Update
from .program_names import slug
from .program_plan import ProgramPlan
from .program_writing import files_of
from .service_content import ServiceContent
from .service_reading import read_service
from .trial import NotTried, Trial, try_program


@dataclass(frozen=True)
class Options:
    """What the user asked for."""

    out: Path | None
    check: bool
    update: bool
    stack: str | None
    as_json: bool


@dataclass(frozen=True)
class Adopted:
    """What came of it."""

    plan: ProgramPlan
    folder: Path
    update: Update | None
    trial: Trial | NotTried | None
    set_secrets: tuple[str, ...]
    """The keys of the secrets that are in the stack's configuration."""


def from_service(client: Client, name_or_id: str, *, version: int | None, with_items: bool) -> ServiceContent:
    """What a service holds, from the API."""
    service = find_service(client, name_or_id)
    return read_service(client, service.id, version=version, with_items=with_items, progress=told)


def adopt(content: ServiceContent, options: Options) -> bool:
    """Writes the program. Returns whether its first ``up`` writes nothing, as far as that was tried."""
    plan = plan_of(content)
    folder = options.out or Path(slug(content.name, "service"))
    if not options.update:
        program_files.refuse_existing(folder)
    files = files_of(plan)
    update = program_files.update(folder, plan.service_id, files) if options.update else None
    if update is None:
        program_files.write_new(folder, plan.service_id, files)
    known = stack_secrets.set_secrets(folder, options.stack, plan.secrets) if options.stack else []
    trial = _tried(content, plan) if options.check else None
    adopted = Adopted(plan, folder, update, trial, tuple(each.key for each in known))
    if options.as_json:
        write_json(_summary(adopted))
    else:
        sys.stdout.write("".join(f"{line}\n" for line in _report(adopted)))
    for each in plan.left_alone:
        sys.stderr.write(f"fastly-adopt: left as it is: {plain(each)}\n")
    return not isinstance(trial, Trial) or trial.passed


def _tried(content: ServiceContent, plan: ProgramPlan) -> Trial | NotTried:
    try:
        return try_program(content, plan)
    except NotTried as reason:
        return reason


def _report(adopted: Adopted) -> list[str]:
    plan, update = adopted.plan, adopted.update
    lines = [f"{adopted.folder}: {plan.resources} resources of service {plain(plan.name)}, version {plan.version}"]
    if update is not None:
        lines.append(f"Written: {', '.join(update.written) or 'nothing, all files are up to date'}")
        lines += [f"Not used any more: {name}" for name in update.unused]
        for name, difference in update.kept.items():
            lines += [f"You have changed {name}, so it is left as it is. It differs from the service:", difference]
    if not plan.is_active:
        lines.append(f"Version {plan.version} does not serve: with activate=False, `pulumi up` activates nothing")
    shown = [each for each in plan.secrets if each.value is not None and each.key not in adopted.set_secrets]
    hidden = [each for each in plan.secrets if each.value is None]
    if shown:
        lines += ["Secrets to set (or give --stack, and they are set for you):", *stack_secrets.commands(shown)]
    if hidden:
        lines.append(
            "Secrets that the state does not show; the first `pulumi up` writes those that differ from Fastly's:"
            if plan.origin
            else "Secrets that Fastly does not show; the first `pulumi up` writes them:"
        )
        lines += stack_secrets.commands(hidden)
    if isinstance(adopted.trial, NotTried):
        lines.append(f"Not checked: {adopted.trial}")
    elif adopted.trial is not None:
        copy = "a copy of the service" if plan.is_active else f"a copy in which version {plan.version} serves"
        lines.append(f"Checked against {copy}, the first `pulumi up`: {adopted.trial}")
    return lines


def _summary(adopted: Adopted) -> dict[str, Any]:
    plan, update, trial = adopted.plan, adopted.update, adopted.trial
    check: dict[str, Any] | None = None
    if trial is not None:
        check = trial.summary() if isinstance(trial, Trial) else {"not_checked": str(trial)}
    return {
        "service": {"id": plan.service_id, "name": plan.name},
        "version": plan.version,
        "is_active": plan.is_active,
        "folder": str(adopted.folder),
        "resources": plan.resources,
        "kinds": dict(sorted(Counter(KINDS[each.kind].label for each in plan.declarations).items())),
        "left_alone": list(plan.left_alone),
        "secrets": {
            "set": list(adopted.set_secrets),
            "to_set": [each.key for each in plan.secrets if each.key not in adopted.set_secrets],
            "not_shown_by_fastly": [each.key for each in plan.secrets if each.value is None],
        },
        "changed_by_you": list(update.kept) if update else [],
        "check": check,
    }
