"""Default settings of Image Optimizer."""

from typing import Annotated, Literal

from annotated_types import Ge, Le

from ..resource import Prop, Versioned, prop
from ..schema import Body, Identity, Presence

Quality = Annotated[int, Ge(1), Le(100)]


class ImageOptimizerSettings(
    Versioned,
    kind="image_optimizer_settings",
    path="image_optimizer_default_settings",
    identity=Identity.SINGLETON,
    presence=Presence.ONCE_WRITTEN,
    body=Body.JSON,
):
    """Default settings of Image Optimizer, which requests can override.

    Image Optimizer must be enabled on the service while you set, change or remove the settings. If you remove the
    resource, they go back to Fastly's defaults.

    See https://www.fastly.com/documentation/reference/api/services/image-optimizer-default-settings/
    """

    resize_filter: Prop[Literal["lanczos3", "lanczos2", "bicubic", "bilinear", "nearest"]] = prop(default="lanczos3")
    """The filter that is used to resize images."""
    webp: Prop[bool] = prop(default=False)
    """Whether clients that support WebP get it, as with ``auto=webp`` in the request."""
    webp_quality: Prop[Quality] = prop(default=85)
    """The quality of WebP images."""
    jpeg_type: Prop[Literal["auto", "baseline", "progressive"]] = prop(default="auto")
    """The type of JPEG images. ``auto`` keeps that of the original, and is ``baseline`` for other formats."""
    jpeg_quality: Prop[Quality] = prop(default=85)
    """The quality of JPEG images."""
    upscale: Prop[bool] = prop(default=False)
    """Whether images may become larger than the original."""
    allow_video: Prop[bool] = prop(default=False)
    """Whether GIF images can be converted to MP4 videos."""
