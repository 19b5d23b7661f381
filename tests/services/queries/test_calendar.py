"""A participant's calendar, and one visit in it."""

import pytest

from app.services.queries.calendar import calendar_of, entry_for
from tests.domain.scanpan import SCANPAN
from tests.services.ward import Ward, refused


def test_a_calendar_comes_with_the_protocol_that_it_follows(ward: Ward) -> None:
    protocol, calendar = calendar_of(ward.study, "LI-001", ward.today)
    assert (protocol.id, calendar.protocol, calendar.participant) == ("scanpan", "scanpan", "LI-001")
    assert calendar.today == ward.today


@pytest.mark.parametrize("typed", ["SP-C02#2", "sp-c02#2", "SP\u2013C02#2", "SP C02#2"])
def test_a_visit_is_found_however_it_is_typed(ward: Ward, typed: str) -> None:
    assert entry_for(ward.calendar(), typed, SCANPAN.visits).key == "SP-C02#2"


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("SP-C02#99", "off_path"), ("SP-C02#", "off_path"), ("SP-C02", "off_path"), ("", "unknown_visit"),
        ("SP-X9", "unknown_visit"), ("x" * 5000, "unknown_visit"),
        # The protocol has them, and this participant's path does not: the operation in two stages, the long follow-up.
        ("SP-P04", "off_path"), ("sp-p04", "off_path"), ("SP-L01#36", "off_path"),
    ],
)  # fmt: skip
def test_a_visit_that_the_calendar_lacks_is_refused(ward: Ward, typed: str, kind: str) -> None:
    found = refused(kind, entry_for, ward.calendar(), typed, SCANPAN.visits)
    assert len(str(found.values["visit"])) <= 60


def test_a_participant_who_is_not_enrolled_has_no_calendar(ward: Ward) -> None:
    refused("no_participant", calendar_of, ward.study, "LI-777", ward.today)
