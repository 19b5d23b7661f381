"""Changes at the terminal."""

from app.cli.tables import changes_document, changes_text
from app.domain.calendar.difference import Change, ChangeKind, difference
from app.domain.calendar.entries import Status
from tests.domain.stories import died, done, moved
from tests.protocols.shipped.stories import calendar

TODAY = "2026-12-02"


def changes(*new: object) -> tuple[Change, ...]:
    """What new facts do after a death on 1 December."""
    before = [died("2026-12-01")]
    return difference(calendar(*before, today=TODAY), calendar(*before, *new, today=TODAY))  # type: ignore[arg-type]


def test_a_visit_that_stays_cancelled_is_for_other_programs_only() -> None:
    """Cycle 1 given on the day of death, a day late, would have carried the cancelled cycle 2 along."""
    found = changes(done("SP-C01", "2026-12-01"))
    moving = next(change for change in found if change.key == "SP-C02#2")
    assert (moving.kind, moving.shift) == (ChangeKind.MOVES, 1)
    assert moving.new is not None
    assert moving.new.status is Status.CANCELLED
    shown = "\n".join(changes_text({"LI-001": found}, True))
    assert "SP-C01" in shown
    assert "SP-C02#2" not in shown
    document = changes_document([], {"LI-001": found}, 0, "")
    assert "SP-C02#2" in {row["visit"] for row in document["changes"]}


def test_nothing_that_changes_is_said_so() -> None:
    assert changes_text({"LI-001": ()}, True) == ["No visit changes."]


def test_a_long_list_is_cut_after_a_command_and_whole_in_a_preview() -> None:
    before, after = calendar(today="2026-11-23"), calendar(moved("SP-C02#2", "2026-12-21"), today="2026-11-23")
    found = difference(before, after)
    assert len(found) > 20
    short, whole = (changes_text({"LI-001": found}, every) for every in (False, True))
    assert len(whole) == len(found) + 1
    assert len(short) == 14 + 2
    assert short[-1].strip() == f"and {len(found) - 14} more; `calendar` shows them"
    assert "+7 d" in whole[2]
