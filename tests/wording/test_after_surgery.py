"""The words for what followed an operation."""

from app.domain.calendar.after_surgery import after_surgery
from app.domain.facts.records import NewFact, provisional
from app.wording.after_surgery import after_surgery_text, index_text
from tests.domain.stories import calendar, done


def test_the_index_is_said_with_its_events() -> None:
    found = calendar(done("SP-P03", "2027-04-05"), today="2027-05-05")
    rows = (("2027-04-12", "Bile leak", "IIIa"), ("2027-04-08", "Wound infection", "II"))
    records = [
        provisional(NewFact("complication", {"on": on, "what": what, "grade": grade}, 1), seq)
        for seq, (on, what, grade) in enumerate(rows, start=1)
    ]
    (outcome,) = after_surgery(found, records, None)
    assert after_surgery_text(outcome) == (
        "complications to day 90 (Sun 4 Jul 2027): worst grade IIIa, CCI 33.5 – "
        "Wound infection II (Thu 8 Apr 2027); Bile leak IIIa (Mon 12 Apr 2027)"
    )
    (none,) = after_surgery(found, [], None)
    assert after_surgery_text(none) == "complications to day 90 (Sun 4 Jul 2027): none recorded, CCI 0"


def test_an_index_has_one_decimal() -> None:
    assert [index_text(one) for one in (0.0, 8.66, 33.54, 100.0)] == ["0", "8.7", "33.5", "100"]
