"""The agenda of a study in the morning."""

from app.services.queries.agenda import morning
from tests.services.ward import TODAY, Ward


def test_the_morning_names_the_visits_at_which_something_is_decided(ward: Ward) -> None:
    found = morning(ward.study, TODAY, 14)
    assert ("scanpan", "SP-R01") in found.deciding
    assert ("scanpan", "SP-C01") not in found.deciding
    assert any(row.participant == "LI-001" for row in (*found.agenda.pressing, *found.agenda.now))
