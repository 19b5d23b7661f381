"""How the window's program is put together: small, pages apart, and quick to start."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

UI = Path(__file__).parents[3] / "app" / "ui"
PARTS = {
    "today": {"agenda_model", "agenda_view"},
    "participant": {"calendar_model", "calendar_view"},
}
"""The modules that belong to a page, beside those that bear its name."""
BASE = "page"
"""What every page is built on."""
PAGES = ("today", "participants", "participant", "enrol", "start")


def page_of(module: str) -> str:
    """The page that a module of the pages belongs to."""
    for page, parts in PARTS.items():
        if module == page or module in parts:
            return page
    return next((page for page in PAGES if module == page or module.startswith(f"{page}_")), module)


def imported(path: Path) -> set[str]:
    """The modules of the pages that a module names in any of its imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            assert node.level == 0, f"{path.name} imports relatively"
            if node.module == "app.ui.pages":
                found |= {alias.name for alias in node.names}
            elif node.module.startswith("app.ui.pages."):
                found.add(node.module.removeprefix("app.ui.pages."))
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
            found |= {name.removeprefix("app.ui.pages.") for name in names if name.startswith("app.ui.pages.")}
    return found


def test_the_window_is_small() -> None:
    assert len((UI / "main_window.py").read_text("utf-8").splitlines()) < 250


@pytest.mark.parametrize("path", sorted((UI / "pages").glob("*.py")), ids=lambda path: path.stem)
def test_a_page_knows_no_other_page(path: Path) -> None:
    mine = page_of(path.stem)
    assert {page_of(name) for name in imported(path)} <= {mine, BASE}


def test_the_reading_of_imports_finds_them() -> None:
    assert imported(UI / "pages" / "today.py") >= {"agenda_model", "agenda_view"}
    assert page_of("calendar_view") == "participant"
    assert page_of("enrol_rows") == "enrol"
    assert page_of("participants") == "participants"


def test_the_window_is_painted_before_the_heavy_rooms_are_loaded() -> None:
    program = (
        "import sys, app.ui.application\n"
        "print(sorted({one.partition('.')[0] for one in sys.modules}"
        " & {'sqlmodel', 'sqlalchemy', 'reportlab', 'holidays', 'pydantic', 'ruamel', 'sqlcipher3'}))"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=UI.parents[1], timeout=60
    )
    assert found.stdout.strip() == "[]"
