"""Default settings of Image Optimizer: a version answers 404 until the first of them is set."""

from .case import Case

CASE = Case(
    kind="image_optimizer_settings",
    collection="image_optimizer_default_settings",
    name="image_optimizer_settings",
    named=False,
    full={
        "resize_filter": "lanczos2",
        "webp": True,
        "webp_quality": 1,
        "jpeg_type": "baseline",
        "jpeg_quality": 100,
        "upscale": True,
        "allow_video": True,
    },
    changed={"resize_filter": "nearest", "webp": False, "webp_quality": 100, "jpeg_type": "progressive"},
    taken=[{"resize_filter": "bicubic"}, {"resize_filter": "bilinear"}, {"jpeg_type": "auto"}],
    refused=[
        ({"resize_filter": "lanczos"}, "resize_filter: "),
        ({"webp_quality": 0}, "webp_quality: "),
        ({"webp_quality": 101}, "webp_quality: "),
        ({"jpeg_type": "jpg"}, "jpeg_type: "),
        ({"jpeg_quality": 0}, "jpeg_quality: "),
        ({"jpeg_quality": 101}, "jpeg_quality: "),
        ({"upscale": "maybe"}, "upscale: "),
    ],
    documented="resize_filter webp webp_quality jpeg_type jpeg_quality upscale allow_video",
    answered={
        "resize_filter": "lanczos3",
        "webp": False,
        "webp_quality": 85,
        "jpeg_type": "auto",
        "jpeg_quality": 85,
        "upscale": False,
        "allow_video": False,
    },
)
