"""The VCL that a version becomes, and the boilerplate that custom VCL starts from.

See https://www.fastly.com/documentation/reference/api/vcl-services/vcl/
"""

import hashlib

from .calls import VERSION_PATH, Call, RouteTable
from .generated import boilerplate, generated_vcl
from .state import Record
from .vcl_html import highlighted
from .vcl_routes import flag

_NAME_LENGTH = 32


def read(call: Call, service_id: str, number: str) -> Record:
    """Answers ``GET .../generated_vcl``."""
    service, version = call.version(service_id, number)
    content = generated_vcl(service, version)
    return {
        "content": content,
        "main": False,
        # Assumed: what the name is made of; the documents' example shows 32 hexadecimal digits.
        "name": hashlib.sha256(content.encode()).hexdigest()[:_NAME_LENGTH],
        "service_id": service.id,
        # Assumed: a number, as in the answers about VCL files.
        "version": version.number,
    }


def content(call: Call, service_id: str, number: str) -> dict[str, str]:
    """Answers ``GET .../generated_vcl/content``: HTML, with line numbers if the query has ``lineno``."""
    text = generated_vcl(*call.version(service_id, number))
    return {"content": highlighted(text, line_numbers=flag(call, "lineno"))}


def read_boilerplate(call: Call, service_id: str, number: str) -> bytes:
    """Answers ``GET .../boilerplate``: the text alone, with the media type that Fastly's Python client asks for."""
    text = boilerplate(*call.version(service_id, number))
    call.media_type = "text/plain"
    return text.encode()


ROUTES: RouteTable = {
    f"{VERSION_PATH}/generated_vcl": {"GET": read},
    f"{VERSION_PATH}/generated_vcl/content": {"GET": content},
    f"{VERSION_PATH}/boilerplate": {"GET": read_boilerplate},
}
