"""The words of the log of survival."""

from datetime import date

import pytest

from app.domain.calendar.survival import Survival
from app.domain.protocol.endpoints import TimeCount
from app.wording.survival import counted_text, end_text, months_text
from tests.domain.scanpan import SCANPAN

COUNT = TimeCount("dfs", "Disease-free survival", ("SP-P03", "SP-P04"), ("death", "recurrence"), "assumed")
OVERALL = TimeCount("os", "Overall survival", ("SP-P03",), ("death",), "assumed")
DAY = date(2027, 4, 12)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (Survival(COUNT), "not started"),
        (Survival(COUNT, "SP-P03", DAY, None, DAY), "censored at the start: no imaging since"),
        (Survival(COUNT, "SP-P03", DAY, None, date(2027, 7, 12)), "censored: last imaging"),
        (Survival(OVERALL, "SP-P03", DAY, None, date(2027, 7, 12)), "censored: last known alive"),
        (Survival(COUNT, "SP-P03", DAY, "recurrence", DAY), "recurrence"),
    ],
)
def test_how_a_count_ended(found: Survival, text: str) -> None:
    assert end_text(found) == text


def test_what_a_count_is() -> None:
    first, second = (SCANPAN.visits[one].name for one in COUNT.starts)
    assert counted_text(COUNT, SCANPAN) == (
        f"{SCANPAN.short_title}, DFS (Disease-free survival): from {first} (SP-P03) or, where performed, {second} "
        "(SP-P04) to death or recurrence; assumed."
    )
    assert "30.4375" in months_text()
