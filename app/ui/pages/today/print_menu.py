"""The menu of what can be printed of the days to come, with their dates, their visits and the filter."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from app.domain.calendar.print_days import PrintDays
from app.services.queries.print_days import PrintChoice, PrintChoices
from app.ui.widgets.text import no_mnemonic
from app.wording.language import gettext as _
from app.wording.print_days import days_and_count, filter_line, sheets_title

Printing = Callable[[str, PrintDays | None], object]
"""Gets ``print_list`` or ``print_day``, and the days; None for days that are typed."""


def print_menu(found: PrintChoices, printing: Printing, sheet: Callable[[], object] | None, parent: QWidget) -> QMenu:
    """Return the menu. `sheet` prints the sheet of the chosen visit; None where none is chosen."""
    menu = QMenu(_("Print"), parent)
    by_word = {one.word: one for one in found.choices}
    today, tomorrow = by_word["today"], by_word["next-open"]

    def add(text: str, what: str, choice: PrintChoice) -> None:
        said = days_and_count(choice.first, choice.last, choice.visits, today.first)
        # What follows the tab is in a column of its own, where a key would be.
        action = menu.addAction(f"{no_mnemonic(text)}\t{said}")
        action.triggered.connect(lambda _on=False: printing(what, choice.word))

    add(_("Today's list"), "print_list", today)
    add(_("Today's sheets"), "print_day", today)
    add(sheets_title(tomorrow.first, today.first), "print_day", tomorrow)
    add(_("This week"), "print_list", by_word["this-week"])
    add(_("Next week"), "print_list", by_word["next-week"])
    menu.addAction(_("From – to…")).triggered.connect(lambda _on=False: printing("print_list", None))
    menu.addSeparator()
    chosen = menu.addAction(_("Sheet of the chosen visit…") + "\tP")
    chosen.setEnabled(sheet is not None)
    if sheet is not None:
        chosen.triggered.connect(lambda _on=False: sheet())
    menu.addSeparator()
    menu.addAction(no_mnemonic(filter_line(found.only))).setEnabled(False)
    return menu
