import pytest

from app.domain.facts.blank_pages import BLANK_PAGES, blank_page
from app.domain.refusal import Refused


@pytest.mark.parametrize(
    ("typed", "name"),
    [("adverse-events", "adverse-events"), ("Adverse Events", "adverse-events"), ("MEDICATION", "medication")],
)
def test_a_page_is_known_however_it_is_typed(typed: str, name: str) -> None:
    assert blank_page(typed) == name


def test_an_unknown_page_has_the_known_ones_and_the_nearest() -> None:
    with pytest.raises(Refused) as refused:
        blank_page("delegaton")
    assert refused.value.kind == "one_of"
    assert refused.value.values["near"] == "delegation"
    assert all(name in str(refused.value.values["known"]) for name in BLANK_PAGES)
