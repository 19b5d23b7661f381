"""What undo would take back."""

from app.services.commands import print_documents
from app.services.queries.overview import study_view
from tests.services.ward import TODAY, Ward


def test_undo_is_named_also_behind_many_prints(ward: Ward) -> None:
    """What cannot be undone may fill more than the end of the chain that is looked at first."""
    ward.do("booked", visit="SP-C01", on="2026-12-21")
    printout = print_documents.participant_calendar(ward.study, "LI-001", TODAY)
    for _each in range(420):
        print_documents.keep_print(ward.study, printout, TODAY)
    assert study_view(ward.study, TODAY).undo == "LI-001, Preoperative cycle 1 day 1 (SP-C01): booked, Mon 21 Dec 2026"
