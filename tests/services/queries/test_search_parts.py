"""What a search finds of each participant."""

import pytest

from app.domain.search_index import SearchIndex
from app.services.queries.search_parts import searched, searched_settings
from app.services.study.visit_cache import VERSION
from tests.services.ward import Ward


def test_every_visit_that_may_be_is_found_with_its_name_and_activities(ward: Ward) -> None:
    found = searched(ward.study, ward.today)
    assert list(found) == ["CJ-001", "LI-001"]
    own = {one.key: one for one in found["LI-001"].visits}
    entry = ward.calendar("LI-001").by_key["SP-C03#3.8"]
    assert (own["SP-C03#3.8"].on, own["SP-C03#3.8"].settled) == (entry.assumed, "")
    assert "C3D8" in own["SP-C03#3.8"].title.also
    assert own["SP-P02"].title.name == "EQ-5D before surgery"
    assert found["LI-001"].note == "ScanPan"


def test_a_changed_participant_alone_is_read_again(ward: Ward) -> None:
    assert list(searched(ward.study, ward.today, ["LI-001", "nobody"])) == ["LI-001"]
    assert searched(ward.study, ward.today, []) == {}


def test_events_are_found_by_their_kind_and_words_and_name_the_visit(ward: Ward) -> None:
    ward.do("note", "LI-001", visit="SP-C01", text="port painful")
    ward.do("contact", "LI-001", on=ward.today, reached=True)
    ward.do("performed", "LI-001", visit="SP-S07", on=ward.today)
    index = SearchIndex(searched(ward.study, ward.today).values())
    (note,) = index.found("port painful", ward.today).events
    assert (note.participant, note.visit) == ("LI-001", "SP-C01")
    assert "SP-C01" not in note.text
    assert [one.participant for one in index.found("contact li-001", ward.today).events] == ["LI-001"]
    (done,) = index.found("li-001 baseline bloods", ward.today, 1).visits
    assert (done.key, done.settled) == ("SP-S07", "performed")


def test_what_is_to_be_confirmed_is_found_in_words(ward: Ward) -> None:
    found = {one.key: one for one in searched_settings(ward.study)}
    assert "Reassessment 1" in found["SP-R01.after"].text
    assert found["SP-R01.after"].text.endswith("(ScanPan)")
    assert found["SP-R01.after"].now


def test_the_visits_are_the_same_whether_they_are_cached_or_planned(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached = searched(ward.study, ward.today)
    assert {len(one.visits) > 60 for one in cached.values()} == {True}
    ward.study.store.visits.restart("", "", "")
    monkeypatch.setattr(type(ward.memory), "read_only", True)
    planned = searched(ward.study, ward.today)
    assert {code: set(one.visits) for code, one in planned.items()} == {
        code: set(one.visits) for code, one in cached.items()
    }


def test_of_some_participants_no_more_than_theirs_is_planned_and_of_everybody_it_is_kept(ward: Ward) -> None:
    ward.study.forget()
    with ward.study.store.transaction():
        ward.study.store.visits.restart("", "", "")
    some = searched(ward.study, ward.today, ["CJ-001"])
    assert ward.study.store.visits.made_by() == ("", "", "")
    assert ward.study._calendars == {}, "nor are the calendars of thousands kept"
    steps: list[tuple[int, int]] = []
    everybody = searched(ward.study, ward.today, None, lambda done, total: steps.append((done, total)))
    assert ward.study.store.visits.made_by()[0] == VERSION
    assert steps[:2] == [(1, 2), (2, 2)], "also while they are planned"
    assert set(some["CJ-001"].visits) == set(everybody["CJ-001"].visits)
    assert some["CJ-001"].events == everybody["CJ-001"].events
