"""How the window's program is put together: small, pages apart, and quick to start."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

UI = Path(__file__).parents[3] / "app" / "ui"
BASE = "page_base"
"""What every page is built on."""


def page_of(module: str) -> str:
    """The page that a module of the pages belongs to: its folder, or the module itself."""
    return module.partition(".")[0]


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


@pytest.mark.parametrize(
    "path", sorted((UI / "pages").glob("*/*.py")), ids=lambda path: f"{path.parent.name}.{path.stem}"
)
def test_a_page_knows_no_other_page(path: Path) -> None:
    mine = path.parent.name
    assert {page_of(name) for name in imported(path)} <= {mine, BASE}


def test_the_reading_of_imports_finds_them() -> None:
    assert imported(UI / "pages" / "today" / "page.py") >= {"today.agenda_model", "today.agenda_view"}
    assert page_of("enrolment.columns") == "enrolment"
    assert page_of("page_base") == BASE


HEAVY = {"sqlmodel", "sqlalchemy", "reportlab", "holidays", "pydantic", "ruamel", "sqlcipher3"}
PAINTED = f"""
import os, sys
import app.__main__ as program
program.bootstrap.startup.before_window()
from app.ui.shell import application
class Window(application.MainWindow):
    def paintEvent(self, event):
        rooms = {{one.partition('.')[0] for one in sys.modules}} & {HEAVY!r}
        print(sorted(rooms | ({{'app.domain.protocol.version', 'app.cli.parser'}} & set(sys.modules))), flush=True)
        os._exit(0)
application.MainWindow = Window
program.main()
"""


def test_the_window_is_painted_before_the_heavy_rooms_are_loaded(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(tmp_path),
        "PYTHONPATH": str(UI.parents[1]),
    }
    found = subprocess.run(
        [sys.executable, "-c", PAINTED, "-f", str(tmp_path / "none.studyday"), "--today", "2027-02-01"],
        capture_output=True, text=True, check=True, cwd=tmp_path, env=environment, timeout=60,
    )  # fmt: skip
    assert found.stdout.strip() == "[]"


def test_what_is_wanted_next_is_loaded_in_the_rests() -> None:
    program = (
        "import sys, importlib, app.ui.shell.application, app.services.queries.overview\n"
        "import app.services.queries.participant, app.ui.pages.today.page\n"
        "from app.startup import PRELOADED\n"
        "[importlib.import_module(one) for one in PRELOADED]\n"
        "before = set(sys.modules)\n"
        "import app.ui.dialogs.change.dialog, app.ui.forms.fact_form, app.ui.pages.participant.page\n"
        "import app.ui.timeline.timeline, app.ui.shell.commands\n"
        "print(sorted(set(sys.modules) - before))"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=UI.parents[1], timeout=60,
        env=environment,
    )  # fmt: skip
    assert found.stdout.strip() == "[]"
