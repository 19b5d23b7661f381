from pathlib import Path

from app.services.commands import configure_site
from app.services.commands.print_confirmation import confirmation_printout, print_confirmation
from app.services.queries.log_filter import LogFilter, checked_log_filter
from tests.documents.calendars import words_of
from tests.services.ward import TODAY, Ward, refused


def test_what_is_assumed_and_asked_is_on_paper(ward: Ward, tmp_path: Path) -> None:
    out = tmp_path / "c.pdf"
    assert print_confirmation(ward.study, out, TODAY, "ScanPan") > 5
    text = words_of(out.read_bytes())
    assert "SP-R01.after" in text
    assert "questions.regimens" in text
    assert "Which chemotherapy regimens are allowed" in text
    fact = ward.facts(1)[-1]
    assert (fact.kind, fact.fields["log"]) == ("log_printed", "confirmation")


def test_what_is_confirmed_says_by_whom(ward: Ward) -> None:
    assert "confirmed by" not in words_of(confirmation_printout(ward.study, TODAY).content)
    facts = configure_site.value_facts(ward.study, "scanpan", "SP-R01.after", "P21D", "letter", TODAY)
    configure_site.save_study(ward.study, configure_site.propose_study(ward.study, facts, TODAY))
    text = words_of(confirmation_printout(ward.study, TODAY).content)
    assert "21 days" in text
    assert "the site's own" in text


def test_a_value_that_was_changed_after_it_was_confirmed_is_to_be_confirmed_again(ward: Ward) -> None:
    ward.set_study(configure_site.confirm_facts(ward.study, "", ["questions.four_cycles"], "", TODAY, by="Dr Holm"))
    ward.value("CJ-R01.first", 3)
    text = words_of(confirmation_printout(ward.study, TODAY, "nct06873178").content)
    # the question, and the one value of it that was set
    assert text.count("changed after it was confirmed by Dr Holm on Sun 20 Dec 2026") == 2


def test_a_study_without_a_protocol_says_so(tmp_path: Path) -> None:
    empty = Ward(tmp_path)
    for name in ("", "scanpan"):
        refused("no_protocol", confirmation_printout, empty.study, TODAY, name)
    refused("no_protocol", checked_log_filter, empty.study, LogFilter("scanpan"))
    refused("no_protocol", empty.value, "SP-R01.after", "P21D", "scanpan")


def test_a_protocol_that_the_study_has_not(ward: Ward) -> None:
    refused("protocol_not_taken", confirmation_printout, ward.study, TODAY, "scanpam")
