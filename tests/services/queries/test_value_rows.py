"""Values and questions in words, as the window lists them."""

from app.services.commands.configure_site import confirm_facts
from app.services.queries.value_rows import ValueRow, value_rows
from tests.services.ward import Ward


def row(ward: Ward, key: str, protocol: str = "scanpan") -> ValueRow:
    return next(one for one in value_rows(ward.study) if (one.protocol, one.key) == (protocol, key))


def test_a_value_has_its_words_its_value_and_its_source(ward: Ward) -> None:
    found = row(ward, "SP-R01.after")
    assert (found.title, found.what) == ("ScanPan", "Reassessment 1: window, after the target")
    assert (found.now, found.value, found.source, found.mark) == ("14 days", "P14D", "R2", "assumed")
    assert found.more == "asked in questions.reassessment_window"
    ward.value("SP-R01.after", "P21D")
    found = row(ward, "SP-R01.after")
    assert (found.now, found.source, found.mark, found.own) == ("21 days", "the site's own", "set by the site", True)


def test_a_question_says_what_it_concerns_and_whose_answer_was_overtaken(ward: Ward) -> None:
    key = "questions.four_cycles"
    assert (row(ward, key, "nct06873178").mark, row(ward, key, "nct06873178").value) == ("to be answered", None)
    ward.set_study(confirm_facts(ward.study, "", [key], "letter", ward.today, by="Dr Holm"))
    found = row(ward, key, "nct06873178")
    assert (found.is_confirmed, found.mark) == (True, "confirmed by Dr Holm on Sun 20 Dec 2026, letter")
    assert found.more.endswith("concerns CJ-R01.every, CJ-R01.first, choices.interim_scan")
    ward.value("CJ-R01.first", 3)
    found = row(ward, key, "nct06873178")
    assert (found.is_confirmed, found.is_overtaken) == (False, True)
    assert found.mark == "changed after it was confirmed by Dr Holm on Sun 20 Dec 2026"


def test_what_is_public_and_what_is_the_sites_to_say_is_listed_and_nobody_is_asked(ward: Ward) -> None:
    public = row(ward, "CJ-R01.every", "nct06873178")
    assert (public.is_asked, public.mark) == (False, "public")
    ward.value("SP-C01.bring", "the diary")
    words = row(ward, "SP-C01.bring")
    assert (words.what, words.now, words.is_asked) == (
        "Preoperative cycle 1 day 1: what they bring", "the diary", False,
    )  # fmt: skip
    assert row(ward, "SP-R01.after").is_asked


def test_what_cannot_be_set_has_words_and_no_value(ward: Ward) -> None:
    held, written = row(ward, "visits.SP-S08"), row(ward, "forms.SP-RE")
    assert (held.what, held.now, held.value, held.mark) == ("Baseline EQ-5D: that it is held", "yes", None, "assumed")
    assert (written.what, written.now, written.value) == (
        "Reassessment: what its form has a place for", "version 1", None,
    )  # fmt: skip
    assert held.is_asked
    assert written.is_asked
