"""What only VCL files have: the main one, their text, and their text as HTML.

See https://www.fastly.com/documentation/reference/api/vcl-services/vcl/
"""

from . import object_routes
from .calls import VERSION_PATH, Call, RouteTable
from .kinds import KINDS, Field, coerce
from .state import Record
from .vcl_html import highlighted

_VCL = KINDS["vcl"]


def read(call: Call, service_id: str, number: str, name: str) -> Record:
    """Answers ``GET .../vcl/NAME``; with ``no_content`` it has no content."""
    record = object_routes.read(_VCL, call, service_id, number, name)
    if flag(call, "no_content"):
        del record["content"]
    return record


def make_main(call: Call, service_id: str, number: str, name: str) -> Record:
    """Answers ``PUT .../vcl/NAME/main``: no other VCL is the main one then."""
    call.sent = {"main": True, **call.sent}
    return object_routes.update(_VCL, call, service_id, number, name)


def content(call: Call, service_id: str, number: str, name: str) -> dict[str, str]:
    """Answers ``GET .../vcl/NAME/content``: HTML, with line numbers if the query has ``lineno``."""
    text = object_routes.read(_VCL, call, service_id, number, name)["content"]
    return {"content": highlighted(text, line_numbers=flag(call, "lineno"))}


def download(call: Call, service_id: str, number: str, name: str) -> bytes:
    """Answers ``GET .../vcl/NAME/download``: the text alone."""
    call.media_type = "text/plain"
    return str(object_routes.read(_VCL, call, service_id, number, name)["content"]).encode()


def flag(call: Call, name: str) -> bool:
    """Whether a switch in the query is on."""
    return bool(coerce(Field(name, "bool", empty=False), call.query.get(name), stringly=False))


ROUTES: RouteTable = {
    f"{VERSION_PATH}/vcl/*": {**object_routes.ROUTES[f"{VERSION_PATH}/vcl/*"], "GET": read},
    f"{VERSION_PATH}/vcl/*/main": {"PUT": make_main},
    f"{VERSION_PATH}/vcl/*/content": {"GET": content},
    f"{VERSION_PATH}/vcl/*/download": {"GET": download},
}
