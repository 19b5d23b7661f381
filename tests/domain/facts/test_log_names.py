"""The names of the logs."""

import pytest

from app.domain.facts.log_names import log_name, log_names
from app.domain.refusal import Refused


def test_the_log_of_deviations_is_known_as_the_others_are() -> None:
    assert log_name("Deviations") == "deviations"
    assert log_name("adverse events") == "adverse-events"
    assert len(set(log_names())) == len(log_names())


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refused) as caught:
        log_name("deviatons")
    assert (caught.value.place, caught.value.values["near"]) == ("log", "deviations")


def test_the_enrolment_is_a_part_of_the_log_of_screening() -> None:
    assert log_name("Enrolment") == "screening"
    assert "enrolment" not in log_names()
