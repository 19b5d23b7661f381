"""Saving pages as a PDF: no file is replaced unasked, and nothing that is kept can be replaced at all."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, QSizeF, Qt, QUrl
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QFileDialog

from app.services.commands.backup import back_up
from app.ui.dialogs.print_dialog import LONGEST_NAME, PrintDialog, ask_print, file_name, on_paper, paint_pages
from tests.ui.conftest import Make
from tests.ui.nurse import Nurse, buttons

CODE, VISIT = "LI-001", "SP-C02#3"
DAY = "2027-02-15"
"""The day of the stories."""


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], list[str]]:
    """Types a name in the dialog that asks where to save; what was proposed there."""

    def type_name(path: Path) -> list[str]:
        proposed: list[str] = []

        def ask(_parent: object, _title: str, place: str, _kind: str) -> tuple[str, str]:
            proposed.append(Path(place).name)
            return str(path), "PDF (*.pdf)"

        monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
        return proposed

    return type_name


@pytest.fixture
def printing(nurse: Nurse) -> PrintDialog:
    """The dialog with the pages of one sheet."""
    return shown(nurse, "print", CODE, [VISIT])


def shown(nurse: Nurse, what: str, code: str, visits: list[str]) -> PrintDialog:
    dialog = ask_print(nurse.session, what, code, visits, nurse.window)
    nurse.wait(lambda: dialog.printout is not None)
    return dialog


def study_of(nurse: Nurse) -> Path:
    assert nurse.session.path is not None
    return nurse.session.path


def is_saved(nurse: Nurse, path: Path) -> bool:
    return nurse.window.status_bar.done.text() == f"Saved: {path}"


def asked(nurse: Nurse, printing: PrintDialog, path: Path) -> None:
    """Wait until it is asked whether the file is to be replaced."""
    nurse.wait(printing.banner.isVisible)
    assert printing.banner.text.text() == f"{path} exists already. Replace it?"
    assert [name for name in buttons(printing.banner) if name] == ["Replace it", "Choose another name…"]
    assert nurse.facts("printed") == []


@pytest.mark.parametrize("content", [b"%PDF-1.4 somebody's", b"", b"Dear Eva"])
def test_a_name_without_its_ending_replaces_nothing_unasked(
    nurse: Nurse, printing: PrintDialog, tmp_path: Path, typed: Callable[[Path], list[str]], content: bytes
) -> None:
    there = tmp_path / "sheet.pdf"
    there.write_bytes(content)
    typed(tmp_path / "sheet")
    nurse.click(printing.save_button)
    asked(nurse, printing, there)
    assert there.read_bytes() == content
    nurse.click(buttons(printing.banner)["Replace it"])
    nurse.wait(lambda: is_saved(nurse, there))
    assert there.read_bytes().startswith(b"%PDF-1.3")
    assert len(nurse.facts("printed")) == 1


def test_even_a_pdf_of_this_program_is_asked_about(nurse: Nurse, tmp_path: Path) -> None:
    there = tmp_path / "a.pdf"
    shown(nurse, "print_list", "", []).save_to(there)
    nurse.wait(lambda: is_saved(nurse, there))
    before = there.read_bytes()
    second = shown(nurse, "print", CODE, [VISIT])
    second.save_to(tmp_path / "a")
    asked(nurse, second, there)
    assert there.read_bytes() == before
    nurse.leave(second)


def test_another_name_is_chosen_instead(
    nurse: Nurse, printing: PrintDialog, tmp_path: Path, typed: Callable[[Path], list[str]]
) -> None:
    (tmp_path / "sheet.pdf").write_bytes(b"mine")
    printing.save_to(tmp_path / "sheet.pdf")
    asked(nurse, printing, tmp_path / "sheet.pdf")
    typed(tmp_path / "other.PDF")
    nurse.click(buttons(printing.banner)["Choose another name…"])
    nurse.wait(lambda: is_saved(nurse, tmp_path / "other.PDF"))
    assert (tmp_path / "sheet.pdf").read_bytes() == b"mine"


def test_a_name_that_the_save_dialog_has_asked_about_is_not_asked_about_again(
    nurse: Nurse, printing: PrintDialog, tmp_path: Path, typed: Callable[[Path], list[str]]
) -> None:
    there = tmp_path / "sheet.pdf"
    there.write_bytes(b"old")
    typed(there)
    nurse.click(printing.save_button)
    nurse.wait(lambda: is_saved(nurse, there))
    assert there.read_bytes().startswith(b"%PDF")


def the_study(nurse: Nurse, path: Path) -> None:
    path.symlink_to(study_of(nurse))


def a_hard_link_to_the_study(nurse: Nurse, path: Path) -> None:
    os.link(study_of(nurse), path)


def a_backup(nurse: Nurse, path: Path) -> None:
    found: list[Path] = []
    nurse.change(lambda study: found.append(back_up(study, None).path))
    os.link(found[0], path)


def the_note_of_a_backup(nurse: Nurse, path: Path) -> None:
    found: list[Path] = []
    nurse.change(lambda study: found.append(back_up(study, None).path))
    os.link(f"{found[0]}.json", path)


def the_note_about_who_has_it_open(nurse: Nurse, path: Path) -> None:
    os.link(f"{study_of(nurse)}.open", path)


def another_sqlite_file(nurse: Nurse, path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + bytes(4080))


def a_pipe(nurse: Nurse, path: Path) -> None:
    os.mkfifo(path)


def a_folder(nurse: Nurse, path: Path) -> None:
    path.mkdir()


KEPT = (
    the_study, a_hard_link_to_the_study, a_backup, the_note_of_a_backup, the_note_about_who_has_it_open,
    another_sqlite_file, a_pipe, a_folder,
)  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of another kind")
@pytest.mark.parametrize("made", KEPT, ids=lambda one: one.__name__)
@pytest.mark.parametrize("name", ["out.pdf", "out"])
def test_what_is_kept_is_refused_whatever_the_dialog_has_asked(
    nurse: Nurse, tmp_path: Path, typed: Callable[[Path], list[str]], made: Callable[[Nurse, Path], None], name: str
) -> None:
    path = tmp_path / "out.pdf"
    made(nurse, path)
    before = path.stat()
    whole = study_of(nurse).read_bytes() if made is another_sqlite_file else b""
    printing = shown(nurse, "print", CODE, [VISIT])
    typed(tmp_path / name)
    nurse.click(printing.save_button)
    nurse.wait(printing.banner.isVisible)
    assert str(path) in printing.banner.text.text()
    assert "--force" not in printing.banner.text.text()
    assert "Replace it" not in buttons(printing.banner)
    now = path.stat()
    assert (now.st_ino, now.st_size, now.st_mode) == (before.st_ino, before.st_size, before.st_mode)
    assert whole == b"" or study_of(nurse).read_bytes() == whole
    assert nurse.facts("printed") == []
    nurse.leave(printing)


def to_file(path: Path, size: QPageSize.PageSizeId = QPageSize.PageSizeId.A4) -> QPrinter:
    """A printer of the system's dialog that only writes a file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setPageSize(QPageSize(size))
    printer.setOutputFileName(str(path))
    return printer


def test_a_printer_that_writes_a_file_writes_over_nothing_that_is_kept(
    nurse: Nurse, printing: PrintDialog, tmp_path: Path
) -> None:
    kept, other = study_of(nurse), tmp_path / "letter.pdf"
    other.write_bytes(b"Dear Eva")
    before = kept.stat()
    (tmp_path / "link.pdf").symlink_to(kept)
    printing.send_to(to_file(tmp_path / "link.pdf"))
    nurse.wait(printing.banner.isVisible)
    assert "is never written over" in printing.banner.text.text()
    assert (kept.stat().st_ino, kept.stat().st_size) == (before.st_ino, before.st_size)
    nurse.wait(printing.save_button.isEnabled)
    printing.banner.hide()
    printing.send_to(to_file(other))
    asked(nurse, printing, other)
    assert other.read_bytes() == b"Dear Eva"
    nurse.leave(printing)


def test_without_a_printer_it_is_said_what_to_do(
    nurse: Nurse, printing: PrintDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    nurse.click(printing.send_button)
    nurse.wait(printing.banner.isVisible)
    assert printing.banner.text.text() == (
        "This computer has no printer. Save the pages as a PDF, or add a printer and try again."
    )
    assert nurse.facts("printed") == []
    nurse.leave(printing)


@pytest.mark.parametrize(
    ("page", "paper", "width", "height"),
    [
        # in points: A4 is 595 x 842, Letter 612 x 792
        ((595, 842), QPageSize.PageSizeId.A4, 595, 842),
        ((612, 792), QPageSize.PageSizeId.Letter, 612, 792),
        ((595, 842), QPageSize.PageSizeId.A3, 595, 842),
        # 842 : 792 smaller, so 595 : 792 / 842 = 560 wide
        ((595, 842), QPageSize.PageSizeId.Letter, 560, 792),
        # 612 : 595 smaller
        ((612, 792), QPageSize.PageSizeId.A4, 595, 770),
    ],
)
def test_a_page_on_paper_is_never_stretched(
    qapp: QApplication, tmp_path: Path, page: tuple[int, int], paper: QPageSize.PageSizeId, width: int, height: int
) -> None:
    printer = to_file(tmp_path / "x.pdf", paper)
    printer.setFullPage(True)
    found = on_paper(QSizeF(*page), printer)
    points = 72 / printer.resolution()
    assert (round(found.width() * points), round(found.height() * points)) == (width, height)
    centre = printer.paperRect(QPrinter.Unit.DevicePixel).center()
    assert abs(found.center().x() - centre.x()) < 2
    assert abs(found.center().y() - centre.y()) < 2


def inked(document: QPdfDocument) -> list[int]:
    """The first and last line and column, in points, with ink on the first page."""
    image = document.render(0, QSize(595, 842)).convertToFormat(QImage.Format.Format_ARGB32)
    paper = QImage(image.size(), QImage.Format.Format_Grayscale8)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    dark = re.compile(rb"[\x00-\xb0]")
    stored = QByteArray()
    buffer = QBuffer(stored)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    paper.save(buffer, "PGM")  # type: ignore[call-overload]
    grey = stored.data()[-595 * 842 :]
    lines = [grey[595 * y : 595 * (y + 1)] for y in range(842)]
    found = [(y, [one.start() for one in dark.finditer(line)]) for y, line in enumerate(lines) if dark.search(line)]
    columns = [x for _y, xs in found for x in xs]
    return [found[0][0], found[-1][0], min(columns), max(columns)]


def test_what_is_printed_is_where_it_is_on_the_page(nurse: Nurse, printing: PrintDialog, tmp_path: Path) -> None:
    path = tmp_path / "printed.pdf"
    document = printing.findChild(QPdfDocument)
    assert isinstance(document, QPdfDocument)
    assert paint_pages(document, to_file(path))
    printed = QPdfDocument()
    printed.load(str(path))
    assert inked(printed) == pytest.approx(inked(document), abs=2)
    nurse.leave(printing)


def test_the_study_is_still_locked_after_a_refusal(nurse: Nurse, printing: PrintDialog, tmp_path: Path) -> None:
    """To look into a file and close it would drop the locks that this process has on it."""
    path = study_of(nurse)
    (tmp_path / "link.pdf").symlink_to(path)
    os.link(path, tmp_path / "hard.pdf")
    for name in ("link.pdf", "hard.pdf"):
        printing.save_to(tmp_path / name, asked=True)
        nurse.wait(printing.save_button.isEnabled)
        assert "is never written over" in printing.banner.text.text()
    program = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('SELECT * FROM fact')"
    ended = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False)
    assert "database is locked" in ended.stderr
    nurse.leave(printing)


@pytest.mark.parametrize(
    ("what", "code", "visits", "name"),
    [
        ("print", CODE, [VISIT], f"LI-001-SP-C02_3-{DAY}.pdf"),
        ("print", CODE, [], f"LI-001-sheets-{DAY}.pdf"),
        ("print_calendar", "LI-002", [], f"LI-002-calendar-{DAY}.pdf"),
        ("print_list", "", [], f"visits-{DAY}.pdf"),
    ],
)
def test_the_proposed_name_says_who_what_and_when(
    nurse: Nurse, tmp_path: Path, typed: Callable[[Path], list[str]], what: str, code: str, visits: list[str], name: str
) -> None:
    proposed = typed(tmp_path / name)
    printing = shown(nurse, what, code, visits)
    nurse.click(printing.save_button)
    nurse.wait(lambda: is_saved(nurse, tmp_path / name))
    assert proposed == [name]


def test_a_saved_file_is_opened_from_the_message_until_the_next_one(
    nurse: Nurse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr("app.ui.shell.status_bar.QDesktopServices.openUrl", opened.append)
    bar = nurse.window.status_bar
    assert not bar.open_button.isVisible()
    shown(nurse, "print", CODE, [VISIT]).save_to(tmp_path / "sheet of a visit.pdf")
    nurse.wait(bar.open_button.isVisible)
    nurse.click(bar.open_button)
    assert [url.toLocalFile() for url in opened] == [str(tmp_path / "sheet of a visit.pdf")]
    bar.tell("something else", undoable=False)
    assert not bar.open_button.isVisible()


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("ÅÄÖ-中-1", "ÅÄÖ-中-1"),
        ("A/B\\C:D", "A_B_C_D"),
        ("../x", "_x"),
        ("\u202eLI\x1b", "_LI_"),
        ("中" * 60 + "-calendar", "中" * 60 + "-calendar"),
        ("\U00020000" * 60, "\U00020000" * (LONGEST_NAME // 4)),
    ],
)
def test_a_code_becomes_part_of_a_name_that_every_disk_takes(code: str, name: str) -> None:
    assert file_name(code) == name
    assert len(f".{file_name(code)}-{date(2027, 2, 15)}.pdf.12345678.part".encode()) <= 255


def test_a_reader_of_the_study_cannot_print(make_nurse: Make, study_path: Path, tmp_path: Path) -> None:
    reader = make_nurse(study_path, writing=False)
    dialog = ask_print(reader.session, "print", CODE, [VISIT], reader.window)
    reader.wait(dialog.banner.isVisible)
    assert not dialog.save_button.isEnabled()
    reader.leave(dialog)


def test_large_type_is_chosen_for_a_calendar_alone(nurse: Nurse, printing: PrintDialog) -> None:
    assert not printing.large_box.isVisibleTo(printing)
    printing.reject()
    dialog = shown(nurse, "print_calendar", CODE, [])
    assert dialog.large_box.isVisibleTo(dialog)
    usual = dialog.printout
    dialog.large_box.setChecked(True)
    nurse.wait(lambda: dialog.printout is not usual)
    assert usual is not None
    assert dialog.printout is not None
    assert dialog.printout.content != usual.content


def test_the_language_is_chosen_for_a_calendar_alone(nurse: Nurse, printing: PrintDialog) -> None:
    assert not printing.language_box.isVisibleTo(printing)
    printing.reject()
    dialog = shown(nurse, "print_calendar", CODE, [])
    assert dialog.language_box.isVisibleTo(dialog)
    usual = dialog.printout
    dialog.language_box.setCurrentText("Swedish")
    nurse.wait(lambda: dialog.printout is not usual and dialog.printout is not None)
    assert usual is not None
    assert dialog.printout is not None
    assert b"/Lang (sv)" in dialog.printout.content
    assert b"/Lang (en)" in usual.content


def test_an_empty_log_of_the_participant(nurse: Nurse) -> None:
    dialog = shown(nurse, "print_medication", CODE, [])
    assert dialog.printout is not None
    assert dialog.printout.pages == 1
    assert dialog.proposed_name() == f"LI-001-medication-{DAY}.pdf"
