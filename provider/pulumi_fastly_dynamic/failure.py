"""The root of every error this package shows to people."""


class Failure(Exception):
    """An error whose text is for the user: one line that says what is wrong and what to do."""

    def __init_subclass__(cls) -> None:
        # Python prefixes the message with the class's module, except for builtins. The dynamic provider's
        # server shows the formatted exception to the user, who has no use for our module paths.
        cls.__module__ = "builtins"


Failure.__module__ = "builtins"
