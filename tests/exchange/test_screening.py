"""The screening in a story: what is read, and what is refused with its place."""

import json
from typing import Any

import pytest

from app.domain.refusal import Refused
from app.exchange.scenario import Scenario, read_scenario


def story(screening: object, **person: object) -> Scenario:
    document: dict[str, Any] = {
        "protocol": "scanpan",
        "today": "2026-12-20",
        "participant": {"code": "LI-001", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "AG", **person},
        "facts": [],
        "screening": screening,
    }
    return read_scenario(json.dumps(document))


def test_every_field_is_read_as_at_the_terminal() -> None:
    found = story(
        {
            "on": "16 nov",
            "outcome": "Eligible",
            "reason": " the sponsor agreed ",
            "criteria": {"I03": True, "E02": False, "I09": "Unknown"},
            "year_of_birth": 1960,
            "sex": "female",
        }
    ).screening
    assert found is not None
    assert not found.kept
    assert dict(found.fields) == {
        "code": "LI-001",
        "protocol": "scanpan",
        "on": "2026-11-16",
        "outcome": "eligible",
        "reason": "the sponsor agreed",
        "criteria": {"I03": True, "E02": False, "I09": "unknown"},
        "year_of_birth": 1960,
        "sex": "female",
    }


def test_a_story_may_tell_of_no_screening_and_of_a_year_of_birth() -> None:
    document = {
        "protocol": "scanpan",
        "today": "2026-12-20",
        "participant": {"code": "LI-001", "enrolled_on": "2026-11-23", "country": "SE", "year_of_birth": 1960},
        "facts": [],
    }
    found = read_scenario(json.dumps(document))
    assert (found.screening, found.year_of_birth) == (None, 1960)


SCREENED = {"on": "2026-11-16", "outcome": "eligible"}


@pytest.mark.parametrize(
    ("screening", "kind", "place"),
    [
        ([], "not_object", "screening"),
        ({"outcome": "eligible"}, "field_missing", "screening"),
        ({"on": "2026-11-16"}, "field_missing", "screening"),
        ({**SCREENED, "outcom": "x"}, "field_unknown", "screening"),
        ({**SCREENED, "code": "LI-002"}, "field_unknown", "screening"),
        ({**SCREENED, "outcome": "perhaps"}, "one_of", "screening.outcome"),
        ({**SCREENED, "on": "2026-12-21"}, "future", "screening.on"),
        ({**SCREENED, "on": "31 nov"}, "date_impossible", "screening.on"),
        ({**SCREENED, "criteria": ["I03"]}, "not_object", "screening.criteria"),
        ({**SCREENED, "criteria": {"I03": "yes"}}, "yes_no_unknown", "screening.criteria.I03"),
        ({**SCREENED, "criteria": {"I03": 1}}, "yes_no_unknown", "screening.criteria.I03"),
        ({**SCREENED, "year_of_birth": "1960"}, "number", "screening.year_of_birth"),
        ({**SCREENED, "sex": "f"}, "one_of", "screening.sex"),
        ({**SCREENED, "outcome": "failure"}, "field_missing", "screening"),
        ({**SCREENED, "unchecked": "yes"}, "yes_no", "screening.unchecked"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(screening: object, kind: str, place: str) -> None:
    with pytest.raises(Refused) as refused:
        story(screening)
    assert (refused.value.kind, refused.value.place) == (kind, place)


@pytest.mark.parametrize(("born", "kind"), [("1960", "number"), (60, "number_range"), (True, "number")])
def test_a_year_of_birth_is_a_number_of_four_digits(born: object, kind: str) -> None:
    with pytest.raises(Refused) as refused:
        story(SCREENED, year_of_birth=born)
    assert (refused.value.kind, refused.value.place) == (kind, "participant.year_of_birth")
