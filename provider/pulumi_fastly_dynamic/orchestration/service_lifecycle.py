"""Services: create, settle a lost answer, take over, delete."""

from collections.abc import Mapping
from functools import partial

from ..api import BadRequest, Conflict, FastlyError, NotFound, path
from ..schema import Row
from ..terminal import info
from .owner import Owner
from .process import ProviderState
from .refusals import objects_in
from .release_errors import ServiceIsActive, ServiceNameTaken
from .versions import Acknowledged, VersionTable


def create(process: ProviderState, owner: Owner, form: Mapping[str, str]) -> Row:
    """Creates a service. An answer that was lost, now or by a kill before, is settled by a search by name."""
    try:
        service: Row = process.client.post(path("service"), {**form, "type": "vcl"})
    except FastlyError as error:
        if not error.outcome_unknown and not isinstance(error, BadRequest | Conflict):
            raise
        found = _search(process, form["name"])
        if found is None:
            if not error.outcome_unknown:
                raise
            service = process.client.post(path("service"), {**form, "type": "vcl"})
        else:
            service = _take_if_new(process, owner, found)
            return update(process, owner, service, form)
    session = process.session(service["id"], owner)
    session.was_created()
    process.used.add(service["id"])
    return service


def _search(process: ProviderState, name: str) -> str | None:
    try:
        found = process.client.get(path("service", "search"), {"name": name})
    except NotFound:
        return None
    return str(found["id"]) if found else None


def _name_taken(name: str, service_id: str, other_way: str = "") -> ServiceNameTaken:
    text = f"a service named '{name}' exists already (id {service_id}): choose another name{other_way}"
    return ServiceNameTaken(text)


def _take_if_new(process: ProviderState, owner: Owner, service_id: str) -> Row:
    session = process.session(service_id, owner)
    service = session.read_service()
    infos = VersionTable.parse(service, owner.fingerprint).infos
    is_new = (
        not service.get("deleted_at") and infos.keys() == {1} and not infos[1].locked and not objects_in(session, 1, ())
    )
    if not is_new:
        raise _name_taken(service["name"], service_id, f', or take it over with Service(adopt_id="{service_id}")')
    process.used.add(service_id)
    return service


def read(
    process: ProviderState, owner: Owner, service_id: str, *, service_is_adopted: bool
) -> tuple[Row, Acknowledged | None]:
    """The service; and the version that serves, where this stack did not activate it last.

    One call per process, shared with the service's objects.
    """
    head = process.session(service_id, owner).head(service_is_adopted=service_is_adopted)
    return head.versions.service, head.versions.acknowledge(service_is_adopted=service_is_adopted)


def adopt(
    process: ProviderState, owner: Owner, service_id: str, form: Mapping[str, str]
) -> tuple[Row, Acknowledged | None]:
    """Takes over an existing service, and changes of it only what is given. Also returns the version that serves."""
    process.used.add(service_id)
    service, acknowledged = read(process, owner, service_id, service_is_adopted=True)
    process.acknowledged[service_id] = acknowledged
    return update(process, owner, service, form), acknowledged


def update(process: ProviderState, owner: Owner, service: Row, form: Mapping[str, str]) -> Row:
    """Writes name and comment where they differ from what is there."""
    service_id = str(service["id"])
    process.used.add(service_id)
    changed = {key: value for key, value in form.items() if (service.get(key) or "") != value}
    if not changed:
        return service
    session = process.session(service_id, owner)
    with session.lock:
        try:
            answer: Row = process.client.put(path("service", service_id), changed, repeatable=True)
        except (BadRequest, Conflict):
            found = _search(process, changed["name"]) if "name" in changed else None
            if found is None or found == service_id:
                raise
            raise _name_taken(changed["name"], found) from None
    return answer


def delete(process: ProviderState, owner: Owner, service_id: str, *, force_destroy: bool) -> None:
    """Deletes a service; with ``force_destroy`` also one that serves. Nothing if another resource holds its id."""
    if service_id in process.used:
        info(f"service {service_id} is left in place: another resource of the program holds it")
        return
    session = process.session(service_id, owner)
    with session.lock:
        try:
            service = session.read_service()
        except FastlyError as error:
            if not error.is_gone:
                raise
            info(f"{process.client.endpoint} has no service {service_id}: there is nothing to delete")
            return
        if service.get("deleted_at"):
            return
        active = next((row["number"] for row in service["versions"] if row.get("active")), None)
        if active is not None:
            if not force_destroy:
                raise ServiceIsActive(
                    f"service {service_id} serves version {active}, and is not deleted: set force_destroy=True on it "
                    "(if you removed it from the program, put it back), run `pulumi up`, then remove or destroy it"
                )
            session.write(partial(process.client.put, session.path(active, "deactivate")))
        _delete(process, service_id)


def _delete(process: ProviderState, service_id: str) -> None:
    try:
        process.client.delete(path("service", service_id))
    except FastlyError as error:
        if not error.is_gone:
            raise
