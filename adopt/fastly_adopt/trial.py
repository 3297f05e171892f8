"""Tries a program: a preview and an ``up``, in a throw-away stack, against a copy of the service in an emulator."""

import json
import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pulumi_fastly_dynamic.api import FastlyError
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.failure import Failure
from pulumi_fastly_dynamic.schema import KINDS

from .object_inputs import stand_in, usable_objects
from .program_files import write_new
from .program_plan import ProgramPlan
from .program_writing import files_of
from .pulumi_cli import Cli, scratch_environment
from .service_content import ServiceContent
from .service_copy import SecretKey, copy_service

if TYPE_CHECKING:
    from fastly_emulator import Emulator

STACK = "trial"
MOST_TOLD = 10


class NotTried(Failure):
    """The program could not be tried; it may be right all the same."""


@dataclass(frozen=True)
class Trial:
    """What the first ``up`` did."""

    writes: tuple[str, ...]
    activations: int
    resources: int
    failure: str = ""
    """Why a command failed, if one did."""

    @property
    def passed(self) -> bool:
        """Whether it wrote nothing."""
        return not self.writes and not self.failure

    def __str__(self) -> str:
        counts = f"{len(self.writes)} writes, {self.activations} activations, {self.resources} resources"
        if self.failure:
            return self.failure
        if self.passed:
            return counts
        more = ["..."] if len(self.writes) > MOST_TOLD else []
        return f"{counts}: {'; '.join([*self.writes[:MOST_TOLD], *more])}"

    def summary(self) -> dict[str, Any]:
        """As JSON."""
        return {**asdict(self), "writes": list(self.writes)}


def try_program(content: ServiceContent, plan: ProgramPlan) -> Trial:
    """Runs the program against a copy of what it was written from. The real service is not touched."""
    try:
        from fastly_emulator import Emulator  # noqa: PLC0415 - an extra
        from fastly_emulator.server import serving  # noqa: PLC0415 - as above
    except ModuleNotFoundError:
        raise NotTried("it needs the emulator: pip install 'pulumi-fastly-dynamic[emulator]'") from None
    if not Cli.is_there():
        raise NotTried("there is no pulumi CLI on the PATH")
    emulator = Emulator()
    values = stand_ins(plan)
    usable, _ = usable_objects(content)
    service_id = load(emulator, replace(content, objects=tuple(found for found, _ in usable)), values)
    with tempfile.TemporaryDirectory(prefix="fastly-adopt-") as name, serving(emulator) as url:
        return _run(Path(name), url, emulator, replace(plan, service_id=service_id), values)


def stand_ins(plan: ProgramPlan) -> dict[SecretKey, str]:
    """A value for each secret: the real ones stay out of files and of the emulator."""
    return {
        (each.kind, each.object_name, each.property): stand_in(KINDS[each.kind], each.property, each.key)
        for each in plan.secrets
    }


def load(emulator: "Emulator", content: ServiceContent, secrets: Mapping[SecretKey, str]) -> str:
    """Copies the service into an emulator, and returns the copy's id."""
    from fastly_emulator import create_app  # noqa: PLC0415 - as above
    from fastly_emulator.testing import InProcessTransport  # noqa: PLC0415 - as above

    with closing(Client("copy", "http://127.0.0.1", transport=InProcessTransport(create_app(emulator)))) as client:
        try:
            return copy_service(client, content, secrets)
        except FastlyError as error:
            raise NotTried(f"the emulator does not take a copy of the service: {error}") from None


def _run(folder: Path, url: str, emulator: "Emulator", plan: ProgramPlan, secrets: Mapping[SecretKey, str]) -> Trial:
    environment = {**scratch_environment(folder), "FASTLY_API_URL": url, "FASTLY_API_KEY": "trial"}
    project = folder / "project"
    write_new(project, plan.service_id, files_of(plan))
    settings = {
        f"{plan.project}:{each.key}": secrets[each.kind, each.object_name, each.property] for each in plan.secrets
    }
    # Stand-ins are no secrets; JSON is YAML.
    (project / f"Pulumi.{STACK}.yaml").write_text(json.dumps({"config": settings}))
    cli = Cli(project, environment)
    emulator.control.log.clear()
    failure = ""
    for arguments in (("stack", "init", STACK), ("preview",), ("up", "--yes", "--skip-preview")):
        done = cli.run(*arguments, *(() if arguments[0] == "stack" else ("--stack", STACK)))
        if done.code:
            failure = f"`pulumi {arguments[0]}` fails: {done.first_error}"
            break
    prefix = f"/service/{plan.service_id}/"
    writes = tuple(
        f"{row['method']} {row['path']}".replace(prefix, "") for row in emulator.control.log if row["method"] != "GET"
    )
    return Trial(writes, sum(each.endswith("/activate") for each in writes), plan.resources, failure)
