"""States with one small service."""

from typing import Any

from fastly_adopt.pulumi_state import SIGNATURE, SIGNED_AS
from fastly_adopt.state_content import StateResource

SECRET = {SIGNATURE: SIGNED_AS, "ciphertext": "v1:a:b"}
"""A secret that an export does not show."""


def service(name: str = "www", id_: str = "S", **attributes: Any) -> StateResource:
    domain = {"domain": [{"name": f"{name}.example.com", "comment": ""}]}
    versions = {"active_version": 3, "cloned_version": 3}
    values = {"id": id_, "name": name, "comment": "", **versions, **domain, **attributes}
    return StateResource("fastly_service_vcl", f"fastly_service_vcl.{name}", values)


def terraform(*resources: StateResource, **changed: Any) -> dict[str, Any]:
    listed = [
        {"address": each.address, "mode": "managed", "type": each.type, "values": dict(each.attributes)}
        for each in resources
    ]
    return {"format_version": "1.2", "values": {"root_module": {"resources": listed}}, **changed}


def pulumi(**outputs: Any) -> dict[str, Any]:
    type_ = "fastly:index/serviceVcl:ServiceVcl"
    known = {"name": "www", "activeVersion": 3, "domains": [{"name": "www.example.com"}], **outputs}
    resource = {"urn": f"urn:pulumi:p::www::{type_}::www", "type": type_, "custom": True, "id": "S", "outputs": known}
    return {"version": 3, "deployment": {"resources": [resource]}}


def items(**outputs: Any) -> dict[str, Any]:
    export = pulumi()
    type_ = "fastly:index/serviceDictionaryItems:ServiceDictionaryItems"
    export["deployment"]["resources"].append({"urn": f"urn::{type_}::table", "type": type_, "outputs": outputs})
    return export
