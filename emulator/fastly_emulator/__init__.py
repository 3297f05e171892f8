"""An emulator of Fastly's configuration API: the answers of the real one, on your machine, without an account.

Use it in a test, or as a server (``fastly-emulator``)::

    from fastly_emulator import Emulator, create_app

    emulator = Emulator()
    app = create_app(emulator)  # any ASGI server; or fastly_emulator.testing.InProcessTransport(app)
    emulator.services[service_id].versions[1].objects["backend"]["origin"]["port"]
"""

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING or find_spec("starlette"):
    from .api_error import ConnectionDropped
    from .app import create_app
    from .emulator import Emulator
    from .state import Limits, Service, Version
else:  # the command can be imported all the same, to say this in one line

    def __getattr__(name: str) -> Any:
        if name in __all__:
            message = "fastly_emulator needs starlette: pip install 'pulumi-fastly-dynamic[emulator]'"
            raise ModuleNotFoundError(message, name="starlette")
        raise AttributeError(name)


__all__ = ["ConnectionDropped", "Emulator", "Limits", "Service", "Version", "create_app"]
