"""Names of a protocol as people type them."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.facts.planner_facts import Chosen, Decided, Died, Fact, Participant, Performed, RegimenChanged, Stopped
from app.domain.planning.known_names import (
    fact_as_known,
    known_answers,
    known_name,
    known_visit,
    listed_name,
    participant_as_known,
    visit_fact_as_known,
)
from app.domain.refusal import Refused
from tests.domain.scanpan import SCANPAN

DAY = date(2026, 12, 1)
KEYS = frozenset({"SP-C01", "SP-C02#2", "SP-C02#3", "SP-C03#1.3", "SP-R01"})

LISTING = replace(
    SCANPAN,
    about={
        "questionnaires": (
            {"id": "EQ-5D-5L"},
            {"name": "EORTC QLQ-C30", "version": "3.0"},
            {"id": "qol", "name": "Quality of Life", "version": "2"},
        )
    },
)
"""A protocol with a list of questionnaires and none of specimens."""


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("mffx", "MFFX"),
        ("  MFFX ", "MFFX"),
        ("\uff2dFF\uff38", "MFFX"),
        ("MFF\u0425", "MFFX"),
        ("M\u200bFFX", "MFFX"),
        ("MFF", "MFF"),
        ("", ""),
    ],
)
def test_a_name_of_the_protocol_is_known_and_another_stays(typed: str, known: str) -> None:
    assert known_name(typed, ["MFFX", "AG"]) == known


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("sp-c02#3", "SP-C02#3"),
        ("SP\u2011C02#3", "SP-C02#3"),
        ("sp_c03#1.3", "SP-C03#1.3"),
        ("\u0405P-C01", "SP-C01"),
        ("SP-C02\uff032", "SP-C02#2"),
        ("SP-R01\u200f", "SP-R01"),
        ("u#7", "U#7"),
        ("U#0", "U#0"),
        ("SP-C2#3", "SP-C2#3"),
        ("", ""),
    ],
)
def test_a_visit_is_known_by_its_key_however_it_is_typed(typed: str, key: str) -> None:
    assert known_visit(typed, KEYS) == key


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        (Decided("sp-r01", DAY, "Response"), Decided("sp-r01", DAY, "response")),
        (Decided("SP-R01", DAY, "sugery"), Decided("SP-R01", DAY, "sugery")),
        (Decided("SP-X01", DAY, "Surgery"), Decided("SP-X01", DAY, "Surgery")),
        (RegimenChanged(DAY, "ag"), RegimenChanged(DAY, "AG")),
        (Stopped("Preop-Chemo", DAY, "x"), Stopped("preop_chemo", DAY, "x")),
        (Chosen("STAGED", True, DAY), Chosen("staged", True, DAY)),
        (Died(DAY), Died(DAY)),
    ],
)
def test_a_fact_gets_the_names_of_the_protocol(typed: Fact, known: Fact) -> None:
    assert fact_as_known(SCANPAN, typed) == known


def test_a_fact_about_a_visit_gets_its_key() -> None:
    assert visit_fact_as_known(Performed("sp-c01", DAY), KEYS) == Performed("SP-C01", DAY)
    assert visit_fact_as_known(Performed("SP-X", DAY), KEYS) == Performed("SP-X", DAY)


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        ("eq\u20115d_5l ", "EQ-5D-5L"),
        ("eortc qlq-c30 3.0", "EORTC QLQ-C30 3.0"),
        ("Quality  of Life", "qol"),
        ("quality of life 2", "qol"),
        ("QOL", "qol"),
    ],
)
def test_what_the_protocol_lists_gets_its_name(typed: str, listed: str) -> None:
    assert listed_name(LISTING, "questionnaire", typed) == listed
    assert listed_name(LISTING, "specimen", typed) == typed


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("EQ-5D", "EQ-5D-5L"),
        ("qoll", "qol"),
        ("Quality of Lif", "qol"),
        ("EORTC QLQ-C30 2.0", "EORTC QLQ-C30 3.0"),
        ("zz", ""),
    ],
)
def test_what_is_not_on_the_list_is_refused_with_what_is_near(typed: str, near: str) -> None:
    with pytest.raises(Refused) as caught:
        listed_name(LISTING, "questionnaire", typed)
    assert (caught.value.kind, caught.value.place, caught.value.values["near"]) == ("one_of", "questionnaire", near)
    assert caught.value.values["known"] == "EQ-5D-5L, EORTC QLQ-C30 3.0, qol"


def test_a_choice_in_two_spellings_is_not_answered_twice() -> None:
    assert known_answers(SCANPAN, {"staged": True, "Staged": False}) == {"staged": True, "Staged": False}


def test_a_participant_gets_the_names_of_the_protocol() -> None:
    typed = Participant("LI-001", DAY, "SE", "mffx", {"Staged": True})
    assert participant_as_known(SCANPAN, typed) == Participant("LI-001", DAY, "SE", "MFFX", {"staged": True})
