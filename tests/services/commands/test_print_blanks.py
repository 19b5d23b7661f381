from pathlib import Path

from app.services.commands.print_blanks import blank_printout, print_blank
from tests.documents.calendars import words_of
from tests.services.ward import TODAY, Ward, refused


def test_a_page_of_a_participant_is_recorded_with_her(ward: Ward, tmp_path: Path) -> None:
    out = tmp_path / "ae.pdf"
    assert print_blank(ward.study, "Adverse Events", out, TODAY, "li-001") == 1
    text = words_of(out.read_bytes())
    assert "LI-001" in text
    assert "NCT05271110" in text
    fact = ward.facts(1)[-1]
    assert (fact.kind, fact.fields["what"], fact.fields["log"]) == ("printed", "log", "adverse-events (blank)")
    assert fact.subject == ward.study.subject("LI-001")


def test_a_page_of_the_study_is_recorded_with_the_study(ward: Ward, tmp_path: Path) -> None:
    assert print_blank(ward.study, "delegation", tmp_path / "d.pdf", TODAY) == 1
    fact = ward.facts(1)[-1]
    assert (fact.kind, fact.fields["log"], fact.subject) == ("log_printed", "delegation (blank)", 0)


def test_a_page_without_participant_is_for_anybody(ward: Ward) -> None:
    printout = blank_printout(ward.study, "medication", TODAY)
    assert "LI-001" not in words_of(printout.content)
    assert "ScanPan" in words_of(printout.content)


def test_what_is_no_page_or_nobody_is_refused(ward: Ward) -> None:
    before = ward.study.head()
    refused("one_of", blank_printout, ward.study, "screening", TODAY)
    refused("page_of_study", blank_printout, ward.study, "delegation", TODAY, "LI-001")
    refused("no_participant", blank_printout, ward.study, "medication", TODAY, "LI-099")
    assert ward.study.head() == before
