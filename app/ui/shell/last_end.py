"""What the window says first when the one before has ended without being closed."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from app.run_marks import UncleanEnd
from app.ui.shell.main_window import MainWindow
from app.ui.widgets.notes import Banner, Remedy
from app.wording.language import gettext as _
from app.wording.reports import unclean_end_text


def tell_of_unclean_ends(window: MainWindow, ends: Sequence[UncleanEnd]) -> Banner | None:
    """Say it in a banner of its own, which stays until it is closed; None where there is nothing to say."""
    around = window.banner.parentWidget()
    inside = around.layout() if around is not None else None
    if not ends or not isinstance(inside, QVBoxLayout):
        return None
    reports = [one.report for one in ends if one.report is not None]
    remedies: list[Remedy] = []
    if reports:
        remedies.append((_("Show the report"), lambda: window.dialogs.show_report(reports[-1])))
    banner = Banner()
    inside.insertWidget(inside.indexOf(window.banner), banner)
    banner.tell(unclean_end_text(bool(reports)), "notice", remedies)
    return banner
