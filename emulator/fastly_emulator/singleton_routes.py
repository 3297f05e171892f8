"""What a version has once or not at all: HTTP/3, and the default settings of Image Optimizer.

See vcl-services/http3/ and services/image-optimizer-default-settings/ in
https://www.fastly.com/documentation/reference/api/, Fastly's Go client (2026), and recordings of the real API (2023,
2024). Settings, which every version has, are in ``version_routes``.
"""

from . import api_error
from .calls import OK, VERSION_PATH, Call, RouteTable
from .kinds import Field, coerce
from .state import Record

HTTP3 = "http3"
IMAGE_OPTIMIZER = "image_optimizer_default_settings"

_HTTP3_FIELDS = (Field("feature_revision", "int", default=1, empty=1),)

_FILTERS = frozenset({"lanczos3", "lanczos2", "bicubic", "bilinear", "nearest"})
_JPEG_TYPES = frozenset({"auto", "baseline", "progressive"})
_IMAGE_OPTIMIZER_FIELDS = (
    Field("resize_filter", default="lanczos3", empty="lanczos3", choices=_FILTERS),
    Field("webp", "bool", default=False, empty=False),
    Field("webp_quality", "int", default=85, empty=85),
    Field("jpeg_type", default="auto", empty="auto", choices=_JPEG_TYPES),
    Field("jpeg_quality", "int", default=85, empty=85),
    Field("upscale", "bool", default=False, empty=False),
    Field("allow_video", "bool", default=False, empty=False),
)
_QUALITIES = {"webp_quality": "WebP", "jpeg_quality": "JPEG"}
_LEAST_QUALITY, _MOST_QUALITY = 1, 100


def read_http3(call: Call, service_id: str, number: str) -> Record:
    """Answers ``GET .../http3``."""
    service, version = call.version(service_id, number)
    record = version.singletons.get(HTTP3)
    if record is None:
        raise api_error.not_found()
    return {**record, "service_id": service.id, "version": version.number}


def enable_http3(call: Call, service_id: str, number: str) -> Record:
    """Answers ``POST .../http3``."""
    service, version = call.draft(service_id, number)
    if HTTP3 in version.singletons:
        raise api_error.duplicate(HTTP3, HTTP3)  # Assumed: that it is refused, and the wording.
    now = call.emulator.now()
    version.singletons[HTTP3] = {
        **_given(_HTTP3_FIELDS, call),
        "feature_update_available": False,
        "id": call.emulator.new_id(),  # Assumed: that a clone keeps it.
        "created_at": now,
        "updated_at": now,
    }
    call.emulator.changed(service, version)
    return read_http3(call, service_id, number)


def disable_http3(call: Call, service_id: str, number: str) -> dict[str, str]:
    """Answers ``DELETE .../http3``."""
    service, version = call.draft(service_id, number)
    if version.singletons.pop(HTTP3, None) is None:
        raise api_error.not_found()  # Assumed: that it is answered as a read is.
    call.emulator.changed(service, version)
    return OK


def read_image_optimizer(call: Call, service_id: str, number: str) -> Record:
    """Answers ``GET .../image_optimizer_default_settings``: nothing but the settings."""
    _, version = call.version(service_id, number)
    if IMAGE_OPTIMIZER not in version.singletons:
        # Assumed: the wording, after that of its other refusals.
        raise api_error.problem(404, "Not found", "No default settings were found for this service version.")
    return version.singletons[IMAGE_OPTIMIZER]


def update_image_optimizer(call: Call, service_id: str, number: str) -> Record:
    """Answers ``PATCH .../image_optimizer_default_settings``. What is left out keeps its value."""
    service, version = call.draft(service_id, number)
    # Assumed: that every service has the product, and the wording of these refusals but that of a quality above 100.
    if "json" not in call.sent_type:
        raise api_error.problem(400, "Bad request", "The body must be JSON.")
    if not any(each.name in call.sent for each in _IMAGE_OPTIMIZER_FIELDS):
        raise api_error.problem(400, "Bad request", "At least one setting is required.")
    before = version.singletons.get(IMAGE_OPTIMIZER)
    try:
        record = _given(_IMAGE_OPTIMIZER_FIELDS, call, before)
    except api_error.ApiError as error:
        raise api_error.problem(400, "Bad request", error.body["detail"]) from None
    for name, word in _QUALITIES.items():
        if record[name] > _MOST_QUALITY:
            raise api_error.problem(400, "Bad request", f"{word} quality must be less than or equal to 100.")
        if record[name] < _LEAST_QUALITY:
            raise api_error.problem(400, "Bad request", f"{word} quality must be greater than or equal to 1.")
    version.singletons[IMAGE_OPTIMIZER] = record
    call.emulator.changed(service, version)
    return record


def _given(fields: tuple[Field, ...], call: Call, before: Record | None = None) -> Record:
    """The record with what was sent; what was not keeps its value, or has the default."""
    kept = before or {each.name: each.default for each in fields}
    sent = {each.name: coerce(each, call.sent[each.name], stringly=False) for each in fields if each.name in call.sent}
    return {**kept, **sent}


ROUTES: RouteTable = {
    f"{VERSION_PATH}/{HTTP3}": {"GET": read_http3, "POST": enable_http3, "DELETE": disable_http3},
    f"{VERSION_PATH}/{IMAGE_OPTIMIZER}": {"GET": read_image_optimizer, "PATCH": update_image_optimizer},
}
