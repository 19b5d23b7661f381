"""Opens the dialogs that lists, the timeline and the menu ask for."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.bounded_read import read_file
from app.domain.facts.kinds import KINDS
from app.domain.facts.visit_kinds import CLASS_KIND
from app.domain.refusal import Doubted
from app.ui.session.session import StudySession
from app.ui.session.worker import Answer, Job
from app.ui.visit.mends import ANSWERED, MENDS, POSTPONED, REASSIGN, REDACT, TAKE_BACK
from app.ui.widgets.question import ask_doubted
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.domain.calendar.print_days import PrintDays
    from app.services.commands.record import Saved
    from app.services.queries.agenda_filter import Filter
    from app.services.queries.deviation_row import Deviation
    from app.services.queries.history import HistoryRow
    from app.services.queries.log_filter import LogFilter
    from app.services.queries.participant import ParticipantView
    from app.services.study.study import Study
    from app.wording.protocol_names import Names

_LARGEST_REPORT = 1_000_000
A_WEEK_LATER = "p+7"
_AS_FACT = {"rebooked": "booked"}


class DialogOpener(QObject):
    """Opens the dialog of a change, or of printing."""

    saved = Signal(object, str)
    """The `Saved`, and the participant's code."""

    def __init__(self, session: StudySession, window: QWidget) -> None:
        """`window` is the parent of every dialog."""
        super().__init__(window)
        self._session, self._window = session, window
        self._job: Job | None = None
        session.worker.answered.connect(self._answered)

    def open(self, kind: str, code: str, visit: str = "", given: Mapping[str, object] | None = None) -> None:
        """Open the dialog for a kind of fact, or (``print``, ``print_calendar``) for printing.

        With ``correct`` or ``take_back``, `visit` is the number of the fact.
        """
        if kind.startswith("print"):
            self._print(kind, code, visit)
            return
        if self._job is not None:
            # A second Enter or click before the dialog is there means the same dialog.
            return
        today = self._session.today

        def read(study: "Study", _job: Job) -> "ParticipantView":
            from app.services.queries.participant import participant_view, view_to_mend

            return (view_to_mend if kind in MENDS else participant_view)(study, code, today)

        self._job = self._session.ask(
            read, lambda found: self._open(found, _AS_FACT.get(kind, kind), visit, given or {}), owner=self
        )  # fmt: skip

    def ask_doubted(self, doubted: Doubted, do_it: Callable[[], object]) -> None:
        """Ask whether something is meant that the services doubt; `do_it` is called when it is."""
        ask_doubted(self._window, doubted, do_it)

    def _answered(self, answer: Answer) -> None:
        if answer.job is self._job:
            self._job = None

    def _open(self, view: "ParticipantView", kind: str, visit: str, given: Mapping[str, object]) -> None:
        from app.ui.dialogs.change.dialog import ask_change

        if kind in MENDS:
            self._mend(view, kind, visit)
            return
        kind, _sign, answer = kind.partition(ANSWERED)
        if answer:
            given = {KINDS[kind].fields[0].name: answer, **given}
        if kind == POSTPONED:
            kind, given = "moved", {"to": A_WEEK_LATER, **given}
        entry = view.calendar.by_key.get(visit)
        if kind == CLASS_KIND and not given and entry is not None and entry.unclassed:
            given = {"deviation": entry.unclassed[0]}
        if kind == "performed" and visit == view.protocol.enrolment_visit:
            # The enrolment of somebody in screening is recorded by its day.
            kind, visit = "included", ""
        if (form := KINDS.get(kind)) is not None and form.field("visit") is None:
            # Such as a death, which the next step of a suspended visit asks for.
            visit = ""
        dialog = ask_change(self._session, view, kind, visit, given, self._window)
        dialog.saved.connect(lambda saved: self._saved(saved, view.code))

    def _mend(self, view: "ParticipantView", kind: str, number: str) -> None:
        """Change a recorded fact; one that has been taken back since can only be redacted."""
        from app.ui.dialogs.change.hand_over_dialog import ask_hand_over
        from app.ui.dialogs.change.mend_dialog import MendDialog, ask_mend
        from app.ui.dialogs.change.redact_dialog import RedactDialog, ask_redact

        row = next((one for one in view.history if str(one.record.seq) == number), None)
        if row is None or not (row.stands or kind == REDACT):
            return
        dialog: MendDialog | RedactDialog
        if kind == REASSIGN:
            dialog = ask_hand_over(self._session, view, row, self._window)
        elif kind == REDACT:
            dialog = ask_redact(self._session, view, row, self._window)
        else:
            dialog = ask_mend(self._session, view, row, kind == TAKE_BACK, self._window)
        dialog.saved.connect(lambda saved: self._saved(saved, view.code))

    def redact_of_study(self, seq: int) -> None:
        """Open the dialog that takes values out of a fact of the study."""
        today = self._session.today

        def read(study: "Study", _job: object) -> "tuple[HistoryRow | None, Names]":
            from app.services.queries.fact_names import FactNames
            from app.services.queries.history import history_of_fact

            row = history_of_fact(study, seq)
            return row, FactNames(study, today, [row.record] if row is not None else []).of(0)

        def show(found: "tuple[HistoryRow | None, Names]") -> None:
            from app.ui.dialogs.change.redact_dialog import ask_redact

            row, names = found
            if row is not None and row.may_be_redacted:
                ask_redact(self._session, None, row, self._window, names)

        self._session.ask(read, show, owner=self)

    def _saved(self, saved: "Saved", code: str) -> None:
        self.saved.emit(saved, code)

    def _print(self, kind: str, code: str, visit: str) -> None:
        from app.ui.dialogs.print_dialog import ask_print

        ask_print(self._session, kind, code, [visit] if visit else [], self._window)

    def print_log(self, name: str, code: str = "", chosen: "LogFilter | None" = None) -> None:
        """Open the dialog for printing a log, of one participant or of all; `chosen`: the part of it."""
        from app.ui.dialogs.print_dialog import ask_print

        ask_print(self._session, "print_log", code, [name], self._window, part=chosen)

    def sign(self, chosen: "Deviation | None", lines: "Sequence[Deviation]") -> None:
        """Open the dialog that signs deviations: the chosen one, or all of these."""
        from app.ui.dialogs.sign_dialog import SignDialog

        dialog = SignDialog(self._session, chosen, lines, self._window)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.open()

    def show_report(self, path: Path) -> None:
        """Show the report of a mistake or a crash, to be read and copied."""
        from app.ui.dialogs.text_dialog import TextDialog

        try:
            text = read_file(path, _LARGEST_REPORT).decode("utf-8", "replace")
        except OSError as error:
            text = f"{path}: {error.strerror}"
        TextDialog(_("Report"), _("This is in {path}.").format(path=path), text.splitlines(), self._window).open()

    def older_visits(self, page: QWidget | None = None) -> None:
        """Open the dialog that goes through the older visits; those that `page` shows, where it has a filter."""
        from app.ui.dialogs.older_visits_dialog import OlderVisitsDialog

        asked: Callable[[], Filter] | None = getattr(page, "chosen_filter", None)
        dialog = OlderVisitsDialog(self._session, asked() if asked is not None else None, self._window)
        dialog.open()

    def identified(self) -> None:
        """Open the dialog for those who were identified and not screened."""
        from app.ui.dialogs.identified_dialog import IdentifiedDialog

        dialog = IdentifiedDialog(self._session, self._window)
        dialog.open_over_window()

    def print_list(
        self,
        page: QWidget | None = None,
        what: str = "print_list",
        days: "PrintDays | tuple[date, date] | None" = "today",
    ) -> None:
        """Open the dialog for printing the list of visits; of those that `page` shows, where it has a filter
        and days.

        `what`: ``print_list``, or ``print_day`` for the sheets of a day. `days`: by a word, or the first and the
        last one; None for days that are typed.
        """
        from app.ui.dialogs.print_dialog import ask_print

        asked: Callable[[], Filter] | None = getattr(page, "chosen_filter", None)
        chosen = asked() if asked is not None else None
        shown: Callable[[], tuple[date, date]] | None = getattr(page, "chosen_days", None)
        of_page = shown() if shown is not None and what == "print_list" else None
        ask_print(self._session, what, "", [], self._window, chosen, days=of_page or days)
