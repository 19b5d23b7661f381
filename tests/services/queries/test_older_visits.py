"""The older visits that nobody has recorded, one at a time."""

from app.services.queries.agenda import agenda
from app.services.queries.agenda_filter import Filter
from app.services.queries.older_visits import VisitName, kind_of_answer, older_visit
from tests.services.ward import Ward


def names(ward: Ward, chosen: Filter | None = None) -> list[VisitName]:
    """Every older visit, each passed after it was seen."""
    found: list[VisitName] = []
    while one := older_visit(ward.study, ward.today, found, chosen or Filter()):
        found.append(one.name)
    return found


def test_they_come_by_day_and_each_says_how_many_are_left(ward: Ward) -> None:
    first = older_visit(ward.study, ward.today)
    assert first is not None
    every = names(ward)
    assert first.left == len(every)
    days = {(row.participant, row.entry.key): row.entry.assumed for row in agenda(ward.study, ward.today).unrecorded}
    assert [days[one] for one in every] == sorted(day for day in days.values() if day is not None)
    assert all(day is not None and day < ward.today for day in days.values())
    last = older_visit(ward.study, ward.today, every[:-1])
    assert last is not None
    assert (last.left, last.name) == (1, every[-1])


def test_what_was_answered_leaves_them_and_one_is_wanted_again(ward: Ward) -> None:
    every = names(ward)
    code, visit = every[0]
    entry = next(one for one in ward.calendar(code).entries if one.key == visit)
    ward.do("performed", code, visit=visit, on=str(entry.assumed))
    assert every[0] not in names(ward)
    ward.undo()
    wanted = older_visit(ward.study, ward.today, [], wanted=every[3])
    assert wanted is not None
    assert wanted.name == every[3]


def test_the_filter_of_the_list_holds_for_them(ward: Ward) -> None:
    assert {code for code, _visit in names(ward, Filter(participant="CJ-001"))} == {"CJ-001"}
    assert set(names(ward, Filter(category="dose"))) < set(names(ward))


def test_a_dose_names_what_is_counted_from_it(ward: Ward) -> None:
    one = older_visit(ward.study, ward.today, wanted=("LI-001", "SP-C01"))
    assert one is not None
    assert (one.name, one.row.entry.key) == (("LI-001", "SP-C01"), "SP-C01")
    # days 8 and 15 of the cycle, and the next cycle
    counted = {entry.key for entry in one.dependents}
    assert {"SP-C03#1.8", "SP-C03#1.15"} <= counted
    kinds = [kind_of_answer(answer, one.row.entry) for answer in ("planned", "other_day", "not_come", "not_needed")]
    assert kinds == ["performed", "performed", "missed", "omitted"]
    bloods = ward.calendar("LI-001").by_key["SP-C04#1.8"]
    assert kind_of_answer("not_needed", bloods) == "missed"
