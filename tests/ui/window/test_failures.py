"""A slow disk, a full one, a file that somebody else has, and a mistake of the program: the window goes on."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox

from app.bootstrap import report_bug
from app.domain.refusal import Refused
from app.services.commands import record, study_file
from app.services.queries.agenda import Morning, morning
from app.services.study.environment import Environment
from app.services.study.study import Study
from app.storage.sqlite.fact_store import SqliteStore
from app.ui.dialogs.print_dialog import PrintDialog
from app.ui.dialogs.settle_dialog import SettleDialog
from app.ui.dialogs.text_dialog import TextDialog
from app.ui.pages.page_base import LongPage
from app.ui.session.worker import Job
from tests.storage.study_files import tampering
from tests.ui.conftest import Make
from tests.ui.nurse import Key, Nurse, buttons, texts

CHOSEN = ("LI-001", "SP-C02#3")


class Gate:
    """A read that waits until it is let go, as from a disk that spins up."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.open = threading.Event()
        self.reading = threading.Event()
        real: Callable[..., Morning] = morning

        def slow(study: Study, today: Any, days: int, progress: Callable[[int, int], None]) -> Morning:
            self.reading.set()
            while not self.open.wait(0.02):
                progress(1, 3)
            return real(study, today, days, progress)

        monkeypatch.setattr("app.ui.pages.today.page.morning", slow)


@pytest.fixture
def gate(nurse: Nurse, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """From now on Today is read slowly."""
    return Gate(monkeypatch)


def test_while_a_read_is_slow_the_window_answers_and_says_so_after_a_second(nurse: Nurse, gate: Gate) -> None:
    bottom, ticks = nurse.window.status_bar, []
    ticker = QTimer()
    ticker.setInterval(20)
    # The time that this thread has worked, not that of the clock, which goes on while others have the processor.
    ticker.timeout.connect(lambda: ticks.append(time.thread_time()))
    nurse.today.refresh()
    ticker.start()
    nurse.wait(bottom._later.isActive)
    assert (bottom._later.interval(), bottom.busy.isVisible()) == (1000, False)
    nurse.wait(bottom.busy.isVisible)
    assert bottom.busy.text() == "Looking what is due…"
    assert bottom.stop_button.isVisible()
    nurse.type_in(nurse.today.search, "LI-006")
    assert nurse.rows("rebooking") == [("LI-006", "SP-C02#2")]
    assert nurse.rows("pressing") == [("LI-006", "SP-C03#1.3")]
    # The read still waits, and the event loop was never held up: between two ticks less than a quarter of a second.
    nurse.wait(lambda: len(ticks) >= 20)
    assert max(later - earlier for earlier, later in pairwise(ticks)) < 0.25
    gate.open.set()
    nurse.settle()
    nurse.wait(lambda: not bottom.busy.isVisible())
    assert not bottom.stop_button.isVisible()
    ticker.stop()


def test_stop_ends_it_and_nothing_is_lost(nurse: Nurse, gate: Gate) -> None:
    bottom, before = nurse.window.status_bar, nurse.headings()
    nurse.today.refresh()
    nurse.wait(lambda: bottom.stop_button.isVisible())
    nurse.click(bottom.stop_button)
    nurse.wait(lambda: not bottom.busy.isVisible())
    assert nurse.headings() == before
    assert not nurse.window.banner.isVisible()
    gate.open.set()
    nurse.press(Key.Key_F5, nurse.today.list)
    nurse.settle()
    assert nurse.headings() == before


def test_what_is_done_within_a_second_is_not_shown(nurse: Nurse) -> None:
    shown: list[bool] = []
    nurse.today.refresh()
    nurse.settle()
    shown.append(nurse.window.status_bar.busy.isVisible())
    assert shown == [False]
    assert not nurse.window.status_bar._later.isActive()


def test_a_save_cannot_be_stopped(nurse: Nurse) -> None:
    let_go = threading.Event()
    done: list[object] = []
    nurse.session.change(lambda _study, _job: let_go.wait(10), done.append, label="Saving")
    nurse.wait(lambda: nurse.window.status_bar.busy.isVisible())
    assert not nurse.window.status_bar.stop_button.isVisible()
    let_go.set()
    nurse.wait(lambda: bool(done))
    assert done == [True]


def test_on_a_full_disk_it_says_so_and_what_was_typed_stays(nurse: Nurse, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: SqliteStore, *_given: object) -> None:
        raise Refused("disk_full", path=str(self.path))

    before = len(nurse.facts())
    nurse.choose(*CHOSEN)
    nurse.press(Key.Key_Return)
    dialog = nurse.dialog()
    with monkeypatch.context() as patch:
        patch.setattr(SqliteStore, "append", full)
        nurse.click(dialog.frame.primary)
        nurse.wait(dialog.frame.banner.isVisible)
    said = dialog.frame.banner.text.text()
    assert said == f"Not saved: the disk is full ({nurse.session.path}). Free some space, then do it again."
    assert dialog.isVisible()
    assert len(nurse.facts()) == before
    # With room on the disk again the same click saves it.
    nurse.dialog()
    nurse.click(dialog.frame.primary)
    nurse.wait(nurse.no_dialog)
    assert len(nurse.facts()) == before + 1


def test_a_mistake_of_the_program_is_shown_and_reported_without_values(nurse: Nurse, tmp_path: Path) -> None:
    nurse.session._report = report_bug

    def mistake(_study: Study, _job: Job) -> None:
        secret = "LI-001 has a secret"
        raise RuntimeError(secret)

    nurse.session.ask(mistake, lambda _found: None)
    nurse.wait(nurse.window.banner.isVisible)
    said = nurse.window.banner.text.text()
    assert said.startswith("The program made a mistake; what is in the file is as it was.")
    reports = list((tmp_path / "own" / "state_dir").glob("studyday-bug-*.txt"))
    assert len(reports) == 1
    assert str(reports[0]) in said
    report = reports[0].read_text("utf-8")
    assert "RuntimeError" in report
    assert "secret" not in report.replace("RuntimeError", "")
    nurse.click(buttons(nurse.window.banner)["Show the report"])
    dialog = nurse.window.findChildren(TextDialog)[0]
    nurse.click(dialog.copy_button)
    assert QGuiApplication.clipboard().text().splitlines() == report.splitlines()
    nurse.leave(dialog)
    # The window goes on.
    nurse.choose("LI-003", "SP-S08")
    nurse.press(Key.Key_Return)
    nurse.leave(nurse.dialog())


def test_a_mistake_while_saving_keeps_what_was_typed(nurse: Nurse, monkeypatch: pytest.MonkeyPatch) -> None:
    nurse.choose(*CHOSEN)
    nurse.press(Key.Key_Return)
    dialog = nurse.dialog()

    def mistake(*_given: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(record, "save", mistake)
        nurse.click(dialog.frame.primary)
        nurse.wait(dialog.frame.banner.isVisible)
    assert "What you typed is still here" in dialog.frame.banner.text.text()
    nurse.wait(dialog.frame.primary.isEnabled)
    nurse.leave(dialog)


def test_a_study_that_another_process_has_open(make_nurse: Make, study_path: Path) -> None:
    nurse = make_nurse()
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(study_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        nurse.files.open(study_path)
        nurse.wait(nurse.window.start.banner.isVisible)
        said = nurse.window.start.banner.text.text()
        assert "Another Nurse" in said
        assert "DESK-9" in said
        assert nurse.window.stack.currentWidget() is nurse.window.start
        assert list(buttons(nurse.window.start.banner)) == ["Try again", "Open another study file…"]
    finally:
        holder.communicate("\n", timeout=60)
    nurse.click(buttons(nurse.window.start.banner)["Try again"])
    nurse.wait_for_today()
    assert nurse.session.can_write
    assert not nurse.window.start.banner.isVisible()


_HOLDER = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from app.services.commands import study_file
from app.services.study.environment import Environment
now = lambda: datetime(2027, 2, 15, 8, tzinfo=UTC)
study = study_file.open_file(Path(sys.argv[1]), Environment("Another Nurse", "DESK-9", "UTC", now), date(2027, 2, 15))
print("open", flush=True)
sys.stdin.readline()
study.close()
"""


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "empty"), (b"not a study" * 400, "no study"), (None, "gone")],
    ids=lambda one: str(one)[:8],
)
def test_a_file_that_is_no_study(make_nurse: Make, tmp_path: Path, content: bytes | None, why: str) -> None:
    path = tmp_path / "broken.studyday"
    if content is not None:
        path.write_bytes(content)
    nurse = make_nurse()
    nurse.files.open(path)
    nurse.wait(nurse.window.start.banner.isVisible)
    assert str(path) in nurse.window.start.banner.text.text(), why
    assert "The study is not open" in texts(nurse.window.start)
    assert not nurse.window.side_bar.isEnabled()
    if content is not None:
        assert path.read_bytes() == content


def test_a_damaged_study_is_rescued_from_its_banner(
    make_nurse: Make, study_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tampering(study_path) as file:
        file.execute("UPDATE fact SET who = 'somebody' WHERE seq = 40")
    damaged = study_path.read_bytes()
    target = study_path.with_name("again.studyday")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    nurse = make_nurse(study_path)
    nurse.wait_for_today()
    nurse.click(buttons(nurse.window.banner)["Rescue what can be read…"])
    nurse.wait(lambda: bool(nurse.window.findChildren(QMessageBox)))
    box = nurse.window.findChildren(QMessageBox)[0]
    assert "again.studyday is a new study" in box.text()
    assert "fact 40" in box.detailedText()
    box.close()
    assert study_path.read_bytes() == damaged
    assert target.exists()


def test_lists_sheets_and_logs_of_a_damaged_study_are_printed_all_the_same(
    make_nurse: Make, study_path: Path, tmp_path: Path
) -> None:
    with tampering(study_path) as file:
        file.execute("UPDATE fact SET who = 'somebody' WHERE seq = 40")
    nurse = make_nurse(study_path)
    nurse.wait_for_today()
    assert not nurse.session.can_write
    assert nurse.action("print_list").isEnabled()
    assert nurse.action("print_deviations").isEnabled()
    assert not nurse.action("back_up").isEnabled()
    nurse.wait(lambda: "Print sheet…" in buttons(nurse.today.inspector))
    found = buttons(nurse.today.inspector)
    assert found["Print sheet…"].isEnabled()
    assert [name for name, one in found.items() if name in ("Mark done…", "Move…", "Note…") and one.isEnabled()] == []
    nurse.action("print_list").trigger()
    nurse.wait(lambda: bool(nurse.window.findChildren(PrintDialog)))
    dialog = nurse.window.findChildren(PrintDialog)[0]
    nurse.wait(lambda: dialog.printout is not None)
    out = tmp_path / "list.pdf"
    dialog.save_to(out)
    nurse.wait(out.exists)
    text = " ".join("".join(page.extract_text() for page in pypdf.PdfReader(out).pages).split())
    assert "damaged study file: days are uncertain" in text


def test_a_rescued_study_says_what_it_misses_until_that_is_settled(
    make_nurse: Make, study_path: Path, environment: Environment
) -> None:
    with tampering(study_path) as file:
        file.execute("UPDATE fact SET who = 'somebody' WHERE seq = 40")
    target = study_path.with_name("rescued.studyday")
    study_file.rescue(study_path, target, environment, environment.today())
    nurse = make_nurse(target)
    nurse.wait_for_today()
    banner = nurse.window.banner
    assert "This study was rescued from a damaged file" in banner.text.text()
    assert "fact 40" in banner.text.text()
    assert "`" not in banner.text.text()
    assert nurse.session.can_write
    nurse.click(buttons(banner)["What was lost is settled…"])
    nurse.wait(lambda: bool(nurse.window.findChildren(SettleDialog)))
    nurse.click(nurse.window.findChildren(SettleDialog)[0].settle_button)
    nurse.wait(lambda: nurse.session.view is not None and not nurse.session.view.losses)
    nurse.wait(lambda: not banner.isVisible())


def test_a_damaged_study_opens_to_read_only_and_says_where(make_nurse: Make, study_path: Path) -> None:
    with tampering(study_path) as file:
        file.execute("UPDATE fact SET digest = zeroblob(32) WHERE seq = 40")
    nurse = make_nurse(study_path)
    nurse.wait_for_today()
    assert not nurse.session.can_write
    said = nurse.window.banner.text.text()
    assert said.startswith("To read only: ")
    assert "40" in said


def test_who_cannot_be_planned_is_missed_and_shows_nobody_else(make_nurse: Make, study_path: Path) -> None:
    with tampering(study_path) as file:
        query = "SELECT seq FROM fact WHERE kind = 'protocol_taken' AND lines LIKE '%nct06873178%'"
        ((taken,),) = file.execute(query).fetchall()
        file.execute("UPDATE fact SET digest = zeroblob(32), lines = '[]' WHERE seq = ?", (taken,))
    nurse = make_nurse(study_path)
    nurse.wait_for_today()
    view = nurse.session.view
    assert view is not None
    assert view.left_out
    code = view.left_out[0]
    for name in ("today", "calendar", "monitor", "participants"):
        nurse.window.go(name)
        page = nurse.window.page(name)
        assert isinstance(page, LongPage)
        nurse.wait(page.banner.isVisible)
        assert "cannot be planned" in page.banner.text.text()
        assert "what they need is missing here." in page.banner.text.text()
    nurse.open_participant(next(one for one in view.participants if one not in view.left_out))
    nurse.window.open_participant(code)
    assert nurse.window.stack.currentWidget() is nurse.people
    assert nurse.people.banner.text.text().startswith(f"{code} cannot be planned")


def test_after_a_file_that_cannot_be_opened_the_study_before_is_closed(nurse: Nurse, tmp_path: Path) -> None:
    nurse.files.open(tmp_path / "nothing.studyday")
    nurse.wait(nurse.window.start.banner.isVisible)
    assert nurse.window.windowTitle() == "Studyday"
    assert not nurse.action("find").isEnabled()
    assert not nurse.window.side_bar.isEnabled()
    seen = " ".join(texts(nurse.window))
    assert "ScanPan" not in seen
    assert "10 participants" not in seen
    nurse.open(tmp_path / "study" / "study.studyday")
    nurse.wait_for_today()
