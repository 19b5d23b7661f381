"""The shipped icons are those that the window names."""

import re
from pathlib import Path

from app import ui
from app.paths import resources


def test_no_icon_is_shipped_that_the_window_does_not_name() -> None:
    modules = Path(str(ui.__file__)).parent.rglob("*.py")
    named = {text for one in modules for text in re.findall(r'"([a-z-]+)"', one.read_text("utf-8"))}
    shipped = {one.stem for one in (resources() / "icons").glob("*.svg")}
    assert not shipped - named
