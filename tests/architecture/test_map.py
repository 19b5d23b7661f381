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


def test_every_room_and_every_module_between_them_is_on_the_map() -> None:
    """The packages of the program; and the modules next to them, in the program and in its domain."""
    text = MAP.read_text("utf-8")
    app = CHECKOUT / "app"
    packages = [one.parent for one in (*app.glob("*/__init__.py"), *(app / "domain").glob("*/__init__.py"))]
    modules = [one for folder in (app, app / "domain") for one in folder.glob("*.py") if not one.name.startswith("__")]
    rooms = [one.relative_to(CHECKOUT).as_posix() for one in packages]
    assert [one for one in sorted(rooms) if f"`{one}`" not in text and one != "app/domain"] == []
    assert [one.name for one in sorted(modules) if f"{one.name}`" not in text] == []


def test_a_path_that_is_not_there_is_found() -> None:
    assert missing("see `app/nowhere.py` and `app/domain`") == ["app/nowhere.py"]
