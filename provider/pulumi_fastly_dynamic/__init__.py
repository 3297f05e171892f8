"""Fastly's CDN configuration as code: one resource per object, one safe activation per update.

    www = Service("www", name="www.example.com")
    with Release("www", service=www) as release:
        Domain("www.example.com", release=release)
        Backend("origin", release=release, address="origin.example.com")

Importing the package fills the table of kinds; unpickling a provider from a stack's state relies on that.
"""

from . import kinds, lookups
from .kinds import *  # noqa: F403 - a kind is listed once, in its layer
from .lookups import *  # noqa: F403 - as the kinds
from .resource import ProgramError, Release, Takeover, Version

__all__ = ["ProgramError", "Release", "Takeover", "Version"]
__all__ += kinds.__all__
__all__ += lookups.__all__
