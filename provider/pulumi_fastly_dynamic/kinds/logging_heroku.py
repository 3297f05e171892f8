"""Heroku logging."""

from ..resource import Prop, prop
from ..schema.limits import HttpUrl
from .logging import LoggingEndpoint, Text


class LoggingHeroku(LoggingEndpoint, kind="logging_heroku", path="logging/heroku"):
    """Sends logs to Heroku's Logplex.

    See https://www.fastly.com/documentation/reference/api/logging/heroku/
    """

    url: Prop[HttpUrl] = prop()
    """The URL of the drain."""
    token: Prop[Text] = prop(secret=True)
    """The token."""
