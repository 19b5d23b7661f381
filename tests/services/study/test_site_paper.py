"""Every page of a study is on the paper of its site."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from app.domain.calendar.entries import OPEN
from app.services.commands.print_blanks import blank_printout
from app.services.commands.print_confirmation import confirmation_printout
from app.services.commands.print_day import day_sheets
from app.services.commands.print_documents import Printout, participant_calendar, sheets, visit_list
from app.services.commands.print_logs import log_printout
from app.services.study.site_paper import paper_of
from tests.services.ward import TODAY, Ward


def heights(printout: Printout) -> set[int]:
    return {round(float(page.mediabox.height)) for page in PdfReader(BytesIO(printout.content)).pages}


@pytest.mark.parametrize(("paper", "height"), [("letter", 792), ("a4", 842)])
def test_every_document_is_on_it(ward: Ward, paper: str, height: int) -> None:
    ward.site(name="Linköping", country="SE", paper=paper)
    study = ward.study
    case = study.enrolled("LI-001")
    on = next(entry.assumed for entry in study.calendar(case, TODAY).entries if entry.status in OPEN and entry.assumed)
    made = [
        sheets(study, "LI-001", ["SP-C02#2"], TODAY),
        participant_calendar(study, "LI-001", TODAY),
        visit_list(study, TODAY),
        day_sheets(study, TODAY, on),
        log_printout(study, "deviations", TODAY),
        log_printout(study, "adverse-events", TODAY, "LI-001"),
        confirmation_printout(study, TODAY, "scanpan"),
        blank_printout(study, "delegation", TODAY),
        blank_printout(study, "medication", TODAY, "LI-001"),
    ]
    assert [heights(one) for one in made] == [{height}] * len(made)


def test_sites_that_do_not_agree_share_the_usual_paper_and_each_has_its_own_for_its_people(ward: Ward) -> None:
    ward.site(name="Linköping", country="SE", paper="letter")
    ward.site(name="Beijing", country="CN")
    assert paper_of(ward.study) == ""
    assert paper_of(ward.study, ward.study.enrolled("LI-001")) == "letter"
    assert paper_of(ward.study, ward.study.enrolled("CJ-001")) == ""
    # another description of the site keeps what it does not name
    ward.site(name="Linköping", night_phone="013-1")
    assert ward.study.facts.sites["Linköping"].paper == "letter"
