"""What the window does with the study file itself: go on with it, make one from a backup."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.ui.shell.main_window import MainWindow
from app.ui.widgets.chosen_files import YAML
from app.ui.widgets.question import ask_whether
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.study.study import Study
    from app.ui.session.worker import Job


def go_on(window: MainWindow) -> None:
    """Ask, then record that the study goes on without what backups have and it lacks."""

    def work(study: "Study", _job: "Job") -> str:
        from app.services.commands.go_on import go_on as accept

        return str(accept(study, "", study.today()))

    def accepted() -> None:
        window.session.change(
            work, lambda _head: None, codes=None, undoable=False,
            text=lambda head: _("The study goes on from {head}").format(head=head),
        )  # fmt: skip

    question = _("Is this file the right one? What the backups have and it lacks stays in the backups alone.")
    ask_whether(window, question, _("Go on with this file"), accepted)


def settle_loss(window: MainWindow) -> None:
    """Ask whose, then record that what could not be read when the study was rescued is settled."""
    from app.ui.dialogs.settle_dialog import SettleDialog

    def settle(code: str, reason: str) -> None:
        def work(study: "Study", _job: "Job") -> str:
            from app.services.commands.settle_loss import settle_loss as settle
            from app.wording.damage import settled_text

            done = settle(study, code, reason, study.today())
            return settled_text(done.numbers, done.participants)

        window.session.change(work, lambda _said: None, codes=None, undoable=False, text=lambda said: said)

    if window.session.view is not None:
        SettleDialog(window.session.view.losses_of, settle, window).open()


def restore_lacking(window: MainWindow) -> None:
    """Ask for a name, make a study of that name from the backup with what the file lacks, and open it."""
    view = window.session.view
    if view is None or not view.lacking_backups:
        return
    _restore(window, Path(view.lacking_backups[0]))


def restore(window: MainWindow) -> None:
    """Ask which backup, and for a name; make a study of that name from it, and open it."""
    path = window.session.path
    folder = path.with_name(f"{path.stem}-backups") if path is not None else Path.home()
    typed, _kind = QFileDialog.getOpenFileName(window, _("Which backup"), str(folder), "Studyday (*.studyday)")
    if typed:
        _restore(window, Path(typed))


def _restore(window: MainWindow, backup: Path) -> None:
    near = window.session.path or backup
    typed, _kind = QFileDialog.getSaveFileName(
        window, _("New study from a backup"), str(near.with_name(f"{near.stem}-restored.studyday")),
        "Studyday (*.studyday)",
    )  # fmt: skip
    if not typed:
        return
    target = Path(typed) if Path(typed).suffix else Path(typed).with_suffix(".studyday")

    def work(study: "Study", _job: "Job") -> Path:
        from app.services.commands.study_file import restore

        restore(backup, target, study.environment, study.today())
        return target

    window.lose_drafts(lambda: window.session.ask(work, window.session.open, label=_("Restoring")))


def add_protocol(window: MainWindow) -> None:
    """Ask for a protocol file, and show what is found in it and what it would plan before it is added."""
    from app.ui.dialogs.protocol_dialog import ProtocolDialog

    folder = window.session.path.parent if window.session.path is not None else Path.home()
    typed, _kind = QFileDialog.getOpenFileName(window, _("Protocol file"), str(folder), YAML)
    if typed:
        dialog = ProtocolDialog(window.session, Path(typed), window)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.open()


def planning(window: MainWindow) -> None:
    """Show what the planning rules of this program would move, to be accepted."""
    from app.services.queries.planning import Planning, planning
    from app.ui.dialogs.planning_dialog import PlanningDialog

    today = window.session.today

    def accept(found: Planning) -> None:
        def work(study: "Study", job: "Job") -> str:
            from app.services.commands.accept_planning import accept_planning

            # The person has seen the list.
            return str(accept_planning(study, found.proposal, sure=True, progress=job.progress))

        window.session.change(
            work, lambda _head: None, codes=None, undoable=False, text=_("Other planning rules accepted"),
            label=_("Planning"),
        )  # fmt: skip

    def show(found: Planning) -> None:
        dialog = PlanningDialog(found, window.session.can_write, lambda: accept(found), window)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.open()

    window.session.ask(lambda study, job: planning(study, today, job.progress), show, label=_("Planning"))
