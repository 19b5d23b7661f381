"""A calendar at the terminal."""

from app.wording.calendar_text import calendar_text
from tests.domain.scanpan import SCANPAN
from tests.domain.stories import calendar, decided, done


def test_visits_that_wait_or_are_cancelled_are_folded_where_it_is_asked_for() -> None:
    facts = [done("SP-C01", "2026-11-30"), done("SP-R01", "2027-02-01"), decided("SP-R01", "2027-02-01", "palliative")]
    found = calendar(*facts, today="2027-02-01")
    cancelled = sum(one.status.value == "cancelled" for one in found.entries)
    folded, each = calendar_text(SCANPAN, found, folded=True), calendar_text(SCANPAN, found)
    assert f"and {cancelled - 1} other visits are cancelled (SP-P03; each with --all)" in folded
    assert "SP-F24" not in folded
    assert "SP-F24" in each
    # the totals and what goes on are the same
    assert folded.splitlines()[1] == each.splitlines()[1]
    assert "SP-N01#6" in folded


def test_what_else_is_to_be_looked_at_is_said_below_with_what_it_is_about() -> None:
    found = calendar_text(SCANPAN, calendar(today="2026-11-24"), noticed=[("SP-P03", "the screening says 4")])
    assert found.split("\n")[-2:] == ["To look at:", "  ! SP-P03: the screening says 4"]
