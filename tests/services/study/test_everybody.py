"""The participants of a study some at a time: nobody twice, nobody forgotten, each reported."""

import pytest

from app.services.commands import enrol
from app.services.study import everybody
from tests.services.ward import TODAY, Ward


@pytest.mark.parametrize("at_once", [1, 2, 3, 200])
def test_everybody_comes_once_in_order_however_many_are_read_at_once(
    ward: Ward, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(everybody, "_AT_ONCE", at_once)
    enrol.screen(ward.study, {"protocol": "scanpan", "code": "LI-003", "on": TODAY, "outcome": "pending"}, TODAY, True)
    steps: list[tuple[int, int]] = []
    found = everybody.everybody(ward.study.store, lambda done, total: steps.append((done, total)))
    assert [case.code for case in found] == ["LI-001", "CJ-001", "LI-003"]
    assert steps == [(1, 3), (2, 3), (3, 3)]
    backwards = everybody.records_of(ward.study.store, [3, 1])
    assert [(case.subject, case.code) for case in backwards] == [(3, "LI-003"), (1, "LI-001")]
    assert [case.code for case in ward.study.each_case()] == ["LI-001", "CJ-001"]
    assert [case.code for case in ward.study.each_case(screened=True)] == ["LI-001", "CJ-001", "LI-003"]
    assert [case.code for case in ward.study.each_case({2, 3})] == ["CJ-001"]


def test_one_is_done_when_the_next_is_asked_for(ward: Ward) -> None:
    steps: list[int] = []
    found = everybody.everybody(ward.study.store, lambda done, _total: steps.append(done))
    next(found)
    assert steps == [], "the first one is still being worked on"
    next(found)
    assert steps == [1]
