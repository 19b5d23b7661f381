"""The window starts quickly: it is painted before heavy packages are loaded; the rest is loaded while it rests."""

import os
import subprocess
import sys
from pathlib import Path

UI = Path(__file__).parents[3] / "app" / "ui"
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

MADE_AHEAD = """
import os
import app.__main__ as program
program.bootstrap.startup.before_window()
from app.ui.shell import application
class Window(application.MainWindow):
    def _opened(self):
        print(*self.pages, flush=True)
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


def test_the_first_page_is_made_while_the_file_is_read(tmp_path: Path, study_path: Path) -> None:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(tmp_path),
        "PYTHONPATH": str(UI.parents[1]),
    }
    found = subprocess.run(
        [sys.executable, "-c", MADE_AHEAD, "-f", str(study_path), "--today", "2027-02-01"],
        capture_output=True, text=True, check=True, cwd=tmp_path, env=environment, timeout=60,
    )  # fmt: skip
    assert found.stdout.split() == ["start", "today"]


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
