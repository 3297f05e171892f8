"""Services: create, settle a lost answer, take over, delete."""

from collections.abc import Mapping
from functools import partial

from ..api import FastlyError, NotFound, path
from ..schema import Row, collections, kinds_of
from ..terminal import tell
from .errors import ServiceIsActive, ServiceNameTaken
from .work import Process, VersionInfo, Work, present


def create(process: Process, owner: str, form: Mapping[str, str]) -> Row:
    """Creates a service. An answer that was lost, now or by a kill before, is settled by a search by name."""
    try:
        service: Row = process.client.post(path("service"), {**form, "type": "vcl"})
    except FastlyError as error:
        if not error.outcome_unknown and error.status not in {400, 409}:
            raise
        found = _search(process, form["name"])
        if found is None:
            if not error.outcome_unknown:
                raise
            service = process.client.post(path("service"), {**form, "type": "vcl"})
        else:
            service = _take_if_new(process, owner, found)
            return update(process, owner, service, form)
    work = process.work(service["id"], owner)
    work.created = True
    process.used.add(service["id"])
    return service


def _search(process: Process, name: str) -> str | None:
    try:
        found = process.client.get(path("service", "search"), {"name": name})
    except NotFound:
        return None
    return str(found["id"]) if found else None


def _take_if_new(process: Process, owner: str, service_id: str) -> Row:
    work = process.work(service_id, owner)
    service = work.read_service()
    versions = VersionInfo.of(service)
    is_new = (
        not service.get("deleted_at")
        and len(versions) == 1
        and not versions[0].locked
        and _is_empty(work, versions[0].number)
    )
    if not is_new:
        raise ServiceNameTaken(
            f"a service named '{service['name']}' exists already (id {service_id}): choose another name, or take it "
            f'over with Service(adopt_id="{service_id}")'
        )
    process.used.add(service_id)
    return service


def _is_empty(work: Work, number: int) -> bool:
    names = collections()
    lists = work.process.together([partial(work.read_rows, number, name) for name in names])
    return not any(present(schema, rows) for name, rows in zip(names, lists, strict=True) for schema in kinds_of(name))


def read(process: Process, owner: str, service_id: str, *, created_here: bool) -> Row:
    """The service. One call a process, shared with the service's objects."""
    return process.work(service_id, owner).head(created_here=created_here).service


def adopt(process: Process, owner: str, service_id: str, form: Mapping[str, str]) -> Row:
    """Takes over an existing service, and changes of it only what is given."""
    work = process.work(service_id, owner)
    process.used.add(service_id)
    return update(process, owner, work.head(created_here=False).service, form)


def update(process: Process, owner: str, service: Row, form: Mapping[str, str]) -> Row:
    """Writes name and comment where they differ from what is there."""
    service_id = str(service["id"])
    process.used.add(service_id)
    changed = {key: value for key, value in form.items() if (service.get(key) or "") != value}
    if not changed:
        return service
    work = process.work(service_id, owner)
    with work.lock:
        answer: Row = process.client.put(path("service", service_id), changed, repeatable=True)
    return answer


def delete(process: Process, owner: str, service_id: str, *, force_destroy: bool) -> None:
    """Deletes a service; with ``force_destroy`` also one that serves. Nothing if another resource holds its id."""
    if service_id in process.used:
        tell(f"service {service_id} is left in place: another resource of the program holds it")
        return
    work = process.work(service_id, owner)
    with work.lock:
        try:
            service = work.read_service()
        except FastlyError as error:
            if error.is_gone:
                return
            raise
        if service.get("deleted_at"):
            return
        active = next((row["number"] for row in service["versions"] if row.get("active")), None)
        if active is not None:
            if not force_destroy:
                raise ServiceIsActive(
                    f"service {service_id} serves version {active}, and is not deleted: set force_destroy=True on the "
                    "Service, run `pulumi up`, then destroy it"
                )
            work.write(partial(process.client.put, work.version_path(active, "deactivate")))
        _delete(process, service_id)


def _delete(process: Process, service_id: str) -> None:
    try:
        process.client.delete(path("service", service_id))
    except FastlyError as error:
        if not error.is_gone:
            raise
