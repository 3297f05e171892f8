"""VCL as Fastly generates it from the objects of a version.

One small function a kind renders its objects; ``macros`` says in which subroutine, and in which order. See
https://www.fastly.com/documentation/guides/full-site-delivery/fastly-vcl/about-fastly-vcl/
"""

from .generator import boilerplate, generated_vcl
from .source import Dialect
from .writing import vcl_name

__all__ = ["Dialect", "boilerplate", "generated_vcl", "vcl_name"]
