"""Which values may be redacted while their fact counts."""

import pytest

from app.domain.facts.kinds import KINDS
from app.domain.facts.redaction import chain_depends_on, may_be_redacted

EVERY = {field.name for kind in KINDS.values() for field in kind.fields}


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("performed", {"reason"}),
        ("moved", {"reason"}),
        ("decided", {"reason"}),
        ("withdrawn", {"reason"}),
        ("died", {"cause"}),
        (
            "adverse_event",
            {
                "ended",
                "related",
                "action",
                "detail",
                "criterion",
                "expected",
                "aware_on",
                "aware_at",
                "outcome",
            },
        ),
        ("contact", {"at", "how", "detail"}),
        ("note", set()),
        (
            "screened",
            {
                "reason",
                "criteria",
                "year_of_birth",
                "sex",
                "cohort",
                "metastases",
                "largest_mm",
                "liver",
                "ecog",
                "confirmed_by",
                "failed_for",
                "investigator",
            },
        ),
        ("enrolled", {"cohort", "year_of_birth", "sex"}),
        ("site_set", {"day_phone", "night_phone", "fever_rule"}),
        ("day_closed", {"reason"}),
        ("correction", {"reason"}),
        ("redaction", {"reason"}),
    ],
)
def test_words_and_details_may_go_and_what_a_calendar_needs_may_not(kind: str, names: set[str]) -> None:
    assert {name for name in EVERY if may_be_redacted(kind, name)} == names


def test_a_field_that_the_kind_does_not_have_may_not_go() -> None:
    assert not may_be_redacted("note", "reason")


@pytest.mark.parametrize(
    ("kind", "name", "depends"),
    [
        ("correction", "void", True),
        ("redaction", "names", True),
        ("correction", "reason", False),
        ("correction", "set.at", False),
        ("enrolled", "regimen", False),
    ],
)
def test_the_chain_depends_on_what_a_correction_voids_and_a_redaction_empties(
    kind: str, name: str, depends: bool
) -> None:
    assert chain_depends_on(kind, name) is depends
