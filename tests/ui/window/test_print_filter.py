"""The printed list of visits follows the filter of the page that it is printed from, and its record names it."""

from app.services.queries.agenda_filter import Filter
from app.ui.dialogs.print_dialog import PrintDialog
from tests.ui.nurse import Nurse


def printed(nurse: Nurse) -> str:
    """The text of the list that the menu prints."""
    nurse.action("print_list").trigger()
    found: list[PrintDialog] = []

    def is_laid_out() -> bool:
        found[:] = [one for one in nurse.window.findChildren(PrintDialog) if one.printout is not None]
        return bool(found)

    nurse.wait(is_laid_out)
    (dialog,) = found
    document = dialog._document
    text = "\n".join(document.getAllText(page).text() for page in range(document.pageCount()))
    nurse.leave(dialog)
    return text


def test_the_list_of_today_is_printed_as_it_is_filtered(nurse: Nurse) -> None:
    everything = printed(nurse)
    assert "LI-001" in everything
    assert "LI-002" in everything
    nurse.today.search.setText("LI-001")
    chosen = printed(nurse)
    assert "LI-001" in chosen
    assert "LI-002" not in chosen
    assert "only" in chosen
    nurse.today.search.clear()
    nurse.today._choose_filter(Filter(protocol="scanpan"))
    assert "only ScanPan" in printed(nurse)


def test_a_page_without_a_filter_of_its_own_prints_everything(nurse: Nurse) -> None:
    nurse.today.search.setText("LI-001")
    nurse.go("participants")
    assert "LI-002" in printed(nurse)


def test_the_participants_that_are_shown_limit_the_list(nurse: Nurse) -> None:
    nurse.go("participants")
    nurse.wait(lambda: nurse.people.list.model().rowCount() > 0)
    nurse.people.search.setText("LI-002")
    chosen = printed(nurse)
    assert "LI-002" in chosen
    assert "LI-001" not in chosen
    assert "only participants “LI-002”" in chosen
