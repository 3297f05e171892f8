"""The file of what Fastly's client sends is that of the installed client."""

import json

from tests.tool_modules import load_tool


def test_the_file_is_fresh() -> None:
    tool = load_tool("client_fields")
    assert json.loads(tool.TARGET.read_text()) == tool.described(), "run `python tools/client_fields.py`"
