"""The strands of a calendar: one for each epoch."""

from dataclasses import replace

from app.services.queries.rehearsal import Rehearsal
from app.ui.timeline.strands import keys_in_time_order, strands_of
from tests.ui.timeline import stories
from tests.ui.timeline.stories import BOOKED


def test_strands_are_the_epochs_that_have_visits_in_the_order_of_the_protocol(story: Rehearsal) -> None:
    entries = [entry for entry in story.calendar.entries if entry.visit.epoch in ("surgery", "screening", "follow_up")]
    strands = strands_of(story.protocol, stories.with_entries(story, reversed(entries)))
    assert [strand.name for strand in strands] == ["Screening", "Surgery", "Follow-up"]


def test_an_epoch_that_the_protocol_does_not_know_is_the_last_strand(story: Rehearsal) -> None:
    entry = story.calendar.by_key[BOOKED]
    strange = replace(entry, visit=replace(entry.visit, epoch="elsewhere"))
    strands = strands_of(story.protocol, stories.with_entries(story, [strange, *story.calendar.entries[:3]]))
    assert [strand.name for strand in strands] == ["Screening", "elsewhere"]


def test_the_order_is_that_of_the_days(story: Rehearsal) -> None:
    order = keys_in_time_order(strands_of(story.protocol, story.calendar))
    days = [story.calendar.by_key[key].assumed for key in order]
    assert days == sorted(day for day in days if day is not None)
    assert len(order) == len(set(order)) == len(story.calendar.entries)
