"""The map of the program, `app/README.md`, names only what is there."""

import re
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
MAP = CHECKOUT / "app" / "README.md"


def missing(text: str) -> list[str]:
    """The paths in backquotes that do not exist, each from the top of the checkout."""
    paths = re.findall(r"`((?:app|tests|resources|packaging)/[\w./-]+)`", text)
    return [path for path in paths if not (CHECKOUT / path).exists()]


def test_every_path_on_the_map_is_there() -> None:
    text = MAP.read_text("utf-8")
    assert "`app/domain/planning" in text
    assert missing(text.replace("NAME", "today")) == ["app/documents/today_rows.py", "app/documents/today.py"]


def test_a_path_that_is_not_there_is_found() -> None:
    assert missing("see `app/nowhere.py` and `app/domain`") == ["app/nowhere.py"]
