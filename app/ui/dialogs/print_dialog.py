"""The print dialog shows the real pages; the printing is recorded once they are saved or sent."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, QSizeF, QStandardPaths, Qt
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.calendar.print_days import PrintDays
from app.domain.facts.blank_pages import BLANK_PAGES
from app.domain.facts.study_kinds import LANGUAGES
from app.domain.refusal import Refused
from app.services.commands import print_blanks, print_confirmation, print_day, print_documents, print_logs, print_visits
from app.services.commands.print_documents import Printout
from app.services.queries.agenda_filter import EVERYTHING, Filter
from app.services.queries.log_filter import COMPLETE, LogFilter, log_filter_name
from app.services.queries.print_days import print_choices, print_days
from app.services.study.output_path import Replace
from app.services.study.study import Study
from app.ui.dialogs.print_days_bar import PrintDaysBar
from app.ui.forms.choice_editors import Combo
from app.ui.session.error_text import error_text
from app.ui.session.session import StudySession
from app.ui.session.worker import Job
from app.ui.style import tokens
from app.ui.widgets.buttons import Button, dialog_foot
from app.ui.widgets.chosen_files import named_file
from app.ui.widgets.job_bar import JobBar
from app.ui.widgets.notes import Banner
from app.ui.widgets.text import Elided, Label
from app.wording.field_catalogue import OPTION_WORDS
from app.wording.language import counted
from app.wording.language import gettext as _
from app.wording.log_words import log_title

_OF_DAYS = ("print_list", "print_day")
LONGEST_NAME = 200
"""Bytes of a proposed name before the day; file systems take 255, and a file that is being written has a longer one."""
_DPI = 300
_POINTS = 72


def language_box(changed: Callable[[], None]) -> Combo:
    """Return the choice of the language of a participant's calendar: the site's, or another one."""
    box = Combo(_("Language"))
    for code, name in (("", _("The site's")), *((code, _(OPTION_WORDS[code])) for code in LANGUAGES)):
        box.add(name)
        box.setItemData(box.count() - 1, code)
    box.currentIndexChanged.connect(lambda _number: changed())
    return box


class PrintDialog(QDialog):
    """Shows the pages of a printout, saves them as a PDF file or sends them to a printer."""

    def __init__(
        self,
        session: StudySession,
        what: str,
        code: str,
        visits: Sequence[str],
        parent: QWidget | None = None,
        chosen: Filter | None = None,
        part: LogFilter | None = None,
        days: PrintDays | tuple[date, date] | None = "today",
    ) -> None:
        """`what`: ``print`` (sheets), ``print_`` and calendar, log, list, or day (its list and sheets).

        `visits`: those of the sheets, or the name of the log; `chosen`: the visits of a list; `part`: that of a log.
        `days`: those of a list, by a word or the first and the last one; None for days that are typed.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self._what, self._code, self._visits = session, what, code, tuple(visits)
        self._chosen, self._part = chosen or EVERYTHING, part or COMPLETE
        self.printout: Printout | None = None
        # Days that are typed have the keyboard until there are pages of them.
        self._is_first = days is not None
        titles = {
            "print": _("Visit sheets"),
            "print_calendar": _("The participant's calendar"),
            "print_adverse-events": _("Empty adverse event log"),
            "print_medication": _("Empty medication log"),
            "print_confirmation": _("What is to be confirmed"),
            "print_day": _("Sheets of a day"),
            "print_delegation": _("Empty delegation log"),
            "print_log": log_title(visits[0]) if visits else "",
        }
        title = titles.get(what, _("Visit list"))
        self.setWindowTitle(f"{_('Print')} – {code}, {title}" if code else f"{_('Print')} – {title}")
        self.job_bar = JobBar(session.worker, self)
        word = None if isinstance(days, tuple) else days
        self.days_bar = PrintDaysBar(session.today, what == "print_day", self, word) if what in _OF_DAYS else None
        if self.days_bar is not None and isinstance(days, tuple):
            self.days_bar.show_days(*days)
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._view = QPdfView(self)
        self._view.setDocument(self._document)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._view.setAccessibleName(_("The pages as they are printed"))
        self.banner = Banner()
        self._pages = Label("", "muted")
        self._build(title)
        self._ask()

    def _build(self, title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        if self._code:
            head.addWidget(Label(self._code, "code"))
        self._title = Elided(title, "heading")
        head.addWidget(self._title, 1)
        head.addWidget(self._pages)
        column.addLayout(head)
        if self.days_bar is not None:
            self._about = Elided("", "muted")
            column.addWidget(self.days_bar)
            column.addWidget(self._about)
            self.days_bar.begun.connect(self._begin)
            self.days_bar.chosen.connect(self._ask)
            self._ask_choices(self.days_bar)
        column.addWidget(self.banner)
        column.addWidget(self._view, 1)
        self.large_box = QCheckBox(_("&Large type"))
        self.large_box.toggled.connect(lambda _large: self._ask())
        self.language_box = language_box(self._ask)
        calendars = QWidget()
        of_calendars = QHBoxLayout(calendars)
        of_calendars.setContentsMargins(0, 0, 0, 0)
        language = QLabel(_("L&anguage"))
        language.setBuddy(self.language_box)
        for one in (self.large_box, language, self.language_box):
            of_calendars.addWidget(one)
        of_calendars.addStretch()
        calendars.setVisible(self._what == "print_calendar")
        column.addWidget(calendars)
        self.cancel_button = Button(_("Cancel"), self.reject)
        self.save_button = Button(_("Save as &PDF…"), self._save)
        self.send_button = Button(_("Print…"), self._send, "primary", "printer")
        foot = dialog_foot(self.cancel_button, self.save_button, self.send_button)
        foot.insertWidget(0, self.job_bar, 1)
        column.addLayout(foot)
        self.finished.connect(lambda _result: self.job_bar.leave())
        self._ready(False)
        self.setMinimumHeight(320)
        self.resize(tokens.px(680), 470)

    def _ask_choices(self, bar: PrintDaysBar) -> None:
        """Ask how many visits are on the days that can be chosen."""
        today, chosen = self._session.today, self._chosen
        job = self._session.ask(
            lambda study, job: print_choices(study, today, chosen, job.progress),
            lambda found: bar.show_choices(found.choices),
            lambda _error: None,
            bar,
        )
        self.finished.connect(lambda _result: job.stop())

    def _ready(self, ready: bool) -> None:
        self.save_button.setEnabled(ready)
        self.send_button.setEnabled(ready)

    def _begin(self) -> None:
        """Take back the pages of an earlier choice, so that nobody prints them for another."""
        self.job_bar.leave()
        self.printout = None
        self._ready(False)
        self._pages.setText("")

    def _list_of_days(self) -> Callable[[Study, Job], Printout]:
        """Return what lays out the list of the days that are chosen in the bar, or the sheets of such a day."""
        bar, today, chosen = self.days_bar, self._session.today, self._chosen
        word, typed = (bar.word, bar.typed_days()) if bar is not None else ("today", None)
        with_sheets = bar is not None and bar.sheets_wanted()
        with_done = bar is not None and bar.done_wanted()

        def lay_out(study: Study, job: Job) -> Printout:
            first, last = print_days(study, word, today) if word is not None else typed or (today, today)
            if with_sheets:
                return print_day.day_sheets(study, today, first, chosen, job.progress)
            if with_done:
                return print_visits.visits_printout(study, today, first, last, chosen, job.progress)
            return print_documents.visit_list(study, today, first, last, chosen, job.progress)

        return lay_out

    def _ask(self) -> None:
        what, code, visits, today = self._what, self._code, self._visits, self._session.today
        self.job_bar.leave()
        large, language = self.large_box.isChecked(), str(self.language_box.currentData())
        list_of_days, part = self._list_of_days(), self._part

        def lay_out(study: Study, job: Job) -> Printout:
            if what == "print":
                return print_documents.sheets(study, code, visits, today)
            if what == "print_confirmation":
                return print_confirmation.confirmation_printout(study, today)
            if what == "print_calendar":
                return print_documents.participant_calendar(study, code, today, large, language)
            if (page := what.removeprefix("print_")) in BLANK_PAGES:
                return print_blanks.blank_printout(study, page, today, code)
            if what == "print_log":
                return print_logs.log_printout(study, visits[0], today, code, job.progress, part)
            return list_of_days(study, job)

        self._pages.setText("")
        job = self._session.ask(lay_out, self._show, self._refused, self)
        self.job_bar.follow(job, _("Laying out the pages…"))

    def _refused(self, error: BaseException) -> None:
        self._pages.setText("")
        self._document.close()
        self.banner.tell(error_text(error))

    def _show(self, printout: Printout) -> None:
        self.printout = printout
        self.banner.hide()
        if self.days_bar is not None:
            self._about.setText(printout.about)
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(printout.content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._pages.setText(counted("{n} page", "{n} pages", printout.pages))
        self._ready(True)
        if self._is_first or self.days_bar is None or not self.days_bar.has_keyboard():
            self.send_button.setFocus()
        self._is_first = False

    # Saving and printing

    def _save(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Save as PDF"), str(Path(folder) / self.proposed_name()), "PDF (*.pdf)"
        )
        if name:
            self.save_to(Path(name), asked=True)

    def proposed_name(self) -> str:
        """Return the name that is proposed for the PDF: the code, the visit or what it is, and the day or the days."""
        if self.days_bar is not None:
            what = "sheets" if self.printout is not None and self.printout.others else "visits"
            days = self.printout.fact.fields if self.printout is not None else {}
            first, last = (str(days.get(name, self._session.today.isoformat())) for name in ("first", "last"))
            return f"{what}-{'-to-'.join(dict.fromkeys((first, last)))}.pdf"
        if self._what.startswith("print_") and self._what != "print_log":
            what = self._what.removeprefix("print_")
        else:
            what = self._visits[0] if len(self._visits) == 1 else "sheets"
        words = (self._code, what, log_filter_name(self._part))
        on = (self.printout.on if self.printout is not None else None) or self._session.today
        return f"{file_name('-'.join(filter(None, words)))}-{on.isoformat()}.pdf"

    def save_to(self, path: Path, asked: bool = False) -> None:
        """Save the pages as a PDF file, and record that they were printed.

        `asked`: somebody has agreed that a file of that name is replaced; else, and where the ending has to be added to
        the name, an existing file is asked about.
        """
        self._keep(*named_file(path, "pdf", asked))

    def _send(self) -> None:
        if not QPrinterInfo.availablePrinterNames():
            self.banner.tell(
                _("This computer has no printer. Save the pages as a PDF, or add a printer and try again.")
            )
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(self._document.pagePointSize(0), QPageSize.Unit.Point))
        dialog = QPrintDialog(printer, self)
        # The pages are saved as a file by “Save as PDF…”, which never writes over a study.
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.send_to(printer)

    def send_to(self, printer: QPrinter) -> None:
        """Send the pages to a printer, and record that they were printed; one that only writes a file is not used."""
        if printer.outputFileName():
            self.save_to(Path(printer.outputFileName()))
            return
        if not paint_pages(self._document, printer):
            self.banner.tell(
                _("The printer did not take the pages; nothing was recorded. See to the printer and try again.")
            )
            return
        self._keep(None)

    def _keep(self, path: Path | None, replace: Replace = "never") -> None:
        printout, today = self.printout, self._session.today
        if printout is None:
            return
        self._ready(False)

        def keep(study: Study, _job: Job) -> int:
            return print_documents.keep_print(study, printout, today, path, replace)

        text = _("Saved: {path}").format(path=path) if path is not None else _("Sent to the printer")
        codes = None if printout.others else [self._code] if self._code else []
        self._session.change(
            keep, lambda _pages: self.accept(), lambda error: self._not_kept(error, path), self, codes, text, saved=path
        )

    def _not_kept(self, error: BaseException, path: Path | None) -> None:
        self._ready(True)
        if path is None or not isinstance(error, Refused) or error.kind != "over_file":
            self.banner.tell(error_text(error))
            return
        remedies = (
            (_("Replace it"), lambda: self._replace(path)),
            (_("Choose another name…"), self._save),
        )
        self.banner.tell(_("{path} exists already. Replace it?").format(path=path), "notice", remedies)

    def _replace(self, path: Path) -> None:
        self.banner.hide()
        self._keep(path, "any")


def paint_pages(document: QPdfDocument, printer: QPrinter) -> bool:
    """Paint every page on the printer, and return whether the printer accepted all of them.

    A page has its own size, in the middle of the paper; on smaller paper it is as large as it can be. It is never
    stretched, so that 10 mm on a sheet are 10 mm.
    """
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    for number in range(document.pageCount()):
        if number and not printer.newPage():
            painter.end()
            return False
        size = document.pagePointSize(number)
        pixels = QSize(round(size.width() * _DPI / _POINTS), round(size.height() * _DPI / _POINTS))
        image = document.render(number, pixels)
        painter.drawImage(on_paper(size, printer), image)
    return painter.end()


def on_paper(size: QSizeF, printer: QPrinter) -> QRectF:
    """Return where a page of a size in points is on the printer's paper, in its dots."""
    paper = QRectF(QPointF(), printer.paperRect(QPrinter.Unit.DevicePixel).size())
    wanted = size * (printer.resolution() / _POINTS)
    if wanted.width() > paper.width() or wanted.height() > paper.height():
        wanted = wanted.scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
    found = QRectF(QPointF(), wanted)
    found.moveCenter(paper.center())
    return found


def file_name(text: str) -> str:
    """Return the text as the beginning of a file's name; it leaves room for a day and an ending."""
    plain = "".join(one if one.isalnum() or one in "-_." else "_" for one in text)
    return plain.encode("utf-8", "replace")[:LONGEST_NAME].decode("utf-8", "ignore").lstrip(".")


def ask_print(
    session: StudySession,
    what: str,
    code: str,
    visits: Sequence[str],
    parent: QWidget | None = None,
    chosen: Filter | None = None,
    part: LogFilter | None = None,
    days: PrintDays | tuple[date, date] | None = "today",
) -> PrintDialog:
    """Open the print dialog over the window."""
    dialog = PrintDialog(session, what, code, visits, parent, chosen, part, days)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.open()
    return dialog
