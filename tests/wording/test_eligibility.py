"""What speaks against eligibility, in words."""

from app.domain.planning.eligibility import Contradiction, Criterion, Limit
from app.wording.eligibility import contradictions_text, limits_text

ADULT = Criterion("I1", "Age 18 to 75 years", least=18, most=75)
LONG = Criterion("E1", "Pregnant, or breast-feeding, or of childbearing potential and without contraception", True)


def test_each_contradiction_names_its_criterion() -> None:
    assert contradictions_text([Contradiction("inclusion_no", ADULT)]) == "I1 (Age 18 to 75 years) is answered no"
    assert contradictions_text([Contradiction("unknown", ADULT)]) == "I1 (Age 18 to 75 years) is unknown"
    assert contradictions_text(
        [Contradiction("too_young", ADULT, 16, 18), Contradiction("too_old", ADULT, 80, 75)]
    ) == (
        "I1 asks for 18 years or more, and the participant is at most 16; "
        "I1 asks for 75 years or less, and the participant is at least 80"
    )


def test_a_long_text_is_cut() -> None:
    text = contradictions_text([Contradiction("exclusion_yes", LONG)])
    assert text == "E1 (Pregnant, or breast-feeding, or of childbearing potential a…) is answered yes"


def test_the_limits_of_a_number_are_said_by_criterion() -> None:
    size = Criterion("I06", "Size", limits=(Limit("largest_mm", most=50), Limit("largest_mm", 3, 20, "ablation")))
    age = Criterion("I01", "Age", least=18, most=75)
    assert limits_text((size, age), "largest_mm") == "I06: at most 50, at least 3 at most 20 (ablation)"
    assert limits_text((size, age), "year_of_birth") == "I01: 18 years or more, 75 years or less"
    assert limits_text((size,), "ecog") == ""
