"""The part of an agenda that is shown and printed."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.domain.calendar.agenda import Agenda
from app.domain.facts.records import provisional
from app.services.commands import print_documents
from app.services.queries.agenda import agenda
from app.services.queries.agenda_filter import CATEGORIES, Filter, checked_filter, filter_text, filtered
from app.wording.agenda import CATEGORIES as NAMES
from app.wording.fact_sentences import fact_text
from tests.services.ward import TODAY, Ward, refused


def codes(ward: Ward, chosen: Filter) -> set[str]:
    found = filtered(agenda(ward.study, ward.today), chosen)
    return {row.participant for rows in (found.pressing, found.now, found.coming, found.waiting) for row in rows}


def printed(ward: Ward, chosen: Filter) -> str:
    content = print_documents.visit_list(ward.study, ward.today, chosen=chosen).content
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@pytest.mark.parametrize(
    ("chosen", "wanted"),
    [
        (Filter(), {"LI-001", "CJ-001"}),
        (Filter(protocol="scanpan"), {"LI-001"}),
        (Filter(participant="CJ-001"), {"CJ-001"}),
        (Filter(text="LI-001"), {"LI-001"}),
        (Filter(protocol="scanpan", participant="CJ-001"), set()),
    ],
)
def test_only_the_chosen_visits_are_shown_and_printed(ward: Ward, chosen: Filter, wanted: set[str]) -> None:
    assert codes(ward, chosen) == wanted
    paper = printed(ward, chosen)
    assert {code for code in ("LI-001", "CJ-001") if f"\n{code}\n" in paper} == wanted


@pytest.mark.parametrize("chosen", [Filter(), Filter(participant="LI-001"), Filter(protocol="scanpan")])
def test_what_needs_rebooking_is_shown_as_well(ward: Ward, chosen: Filter) -> None:
    found = agenda(ward.study, ward.today)
    row = next(row for rows in (found.now, found.coming) for row in rows if row.participant == "LI-001")
    given = Agenda(ward.today, (), (), (), (), rebooking=(row,))
    assert filtered(given, chosen).rebooking == (row,)
    assert filtered(given, Filter(participant="CJ-001")).rebooking == ()


def test_visits_are_found_by_complete_words_of_their_activities_and_by_their_sort(ward: Ward) -> None:
    rows = agenda(ward.study, ward.today, last=ward.today.replace(year=2027)).by_time

    def names(chosen: Filter) -> set[str]:
        return {row.entry.key for row in rows if row.participant == "LI-001" and chosen.accepts(row)}

    # CT is an activity of the reassessment; a dose has CTCAE.
    assert "SP-R01" in names(Filter(text="CT"))
    assert "SP-C02#2" not in names(Filter(text="CT"))
    assert "SP-C02#2" in names(Filter(text="CTCAE"))
    assert "SP-C03#2.8" in names(Filter(text="C2D8"))
    assert "SP-C03#2.15" not in names(Filter(text="C2D8"))
    bloods = names(Filter(category="bloods"))
    assert "SP-C04#2.1" in bloods
    assert not bloods & names(Filter(category="dose"))
    assert names(Filter(category="surgery")) == {"SP-P03"}


def test_what_is_booked_is_chosen_apart_from_the_kind(ward: Ward) -> None:
    ward.do("booked", "LI-001", visit="SP-C02#2", on="2026-12-22", at="10:00")
    rows = agenda(ward.study, ward.today, last=ward.today.replace(year=2027)).by_time

    def names(booked: str) -> set[str]:
        chosen = Filter(participant="LI-001", category="dose", booked=booked)
        return {row.entry.key for row in rows if chosen.accepts(row)}

    assert names("yes") == {"SP-C02#2"}
    assert "SP-C02#3" in names("no")
    assert names("") == names("yes") | names("no")
    assert filter_text(ward.study, Filter(category="imaging", booked="no")) == "only Imaging, not booked"


def test_the_head_of_the_paper_names_the_choice(ward: Ward) -> None:
    assert filter_text(ward.study, Filter()) == ""
    assert "only" not in printed(ward, Filter())
    chosen = Filter(protocol="scanpan", category="dose", text="day 1")
    assert (
        filter_text(ward.study, chosen)
        == "only ScanPan, Chemotherapy, \N{LEFT DOUBLE QUOTATION MARK}day 1\N{RIGHT DOUBLE QUOTATION MARK}"
    )
    assert "only ScanPan, Chemotherapy" in printed(ward, chosen)


def test_what_the_study_does_not_have_is_refused(ward: Ward) -> None:
    refused("protocol_not_taken", checked_filter, ward.study, Filter(protocol="other"))
    refused("no_participant", checked_filter, ward.study, Filter(participant="XX-9"))


def test_every_category_has_a_name() -> None:
    assert CATEGORIES.keys() == NAMES.keys()


@pytest.mark.parametrize(
    ("chosen", "kept", "said"),
    [
        (Filter(), None, "agenda printed from Sun 20 Dec 2026 to Mon 21 Dec 2026; head"),
        (Filter(protocol="ScanPan"), {"protocol": "scanpan"}, "to Mon 21 Dec 2026, only protocol: scanpan; head"),
        (
            Filter(category="dose", participant="li-001"),
            {"participant": "LI-001", "kind": "dose"},
            "only participant: LI-001; kind: dose; head",
        ),
        (Filter(booked="yes"), {"booked": "yes"}, "only booked: yes; head"),
        (Filter(text=" bloods "), {"find": "bloods"}, "only find: bloods; head"),
        (
            Filter(people=("LI-001",), people_text="MFFX"),
            {"participants": "MFFX"},
            "only participants: MFFX; head",
        ),
    ],
)
def test_the_record_of_a_print_names_its_filter(ward: Ward, chosen: Filter, kept: object, said: str) -> None:
    printout = print_documents.visit_list(ward.study, TODAY, TODAY, date(2026, 12, 21), chosen)
    assert printout.fact.fields.get("filter") == kept
    assert said in fact_text(provisional(printout.fact, 0))
    pages = "".join(page.extract_text() for page in PdfReader(BytesIO(printout.content)).pages)
    assert ("only " in pages) is (kept is not None)
