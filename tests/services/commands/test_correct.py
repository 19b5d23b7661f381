"""Undo, redo, correction and redaction: what they bring back, what hangs on what, and what stays for good.

LI-001 was enrolled on Monday 23 November 2026 with nab-paclitaxel + gemcitabine (cycles of 28 days, doses on days 1, 8
and 15). The first dose is planned for 30 November (enrolment + 7 days), so cycle 2 begins on 28 December.
"""

from collections.abc import Callable
from datetime import date

import pytest

from app.domain.calendar.entries import Status
from app.domain.facts.records import Recorded
from app.domain.refusal import Refused
from app.services.commands import enrol, print_documents
from app.services.commands.correct import propose_correction, propose_undo, save_correction
from app.services.commands.record import Asked, propose, save
from app.services.queries import logs
from app.services.queries.agenda import agenda
from app.services.queries.history import history
from tests.services.ward import TODAY, Ward, refused

OPERATED = {"visit": "SP-P03", "on": "2026-12-18", "pancreas": "other", "liver": "none"}


def dose(ward: Ward, **more: object) -> int:
    """The first dose, on its day; the fact's number."""
    ward.do("performed", visit="SP-C01", on="2026-11-30", **more)
    return ward.last


def enrolled(ward: Ward, code: str = "LI-001") -> int:
    """The number of somebody's enrolment."""
    return next(one.seq for one in ward.facts() if one.kind == "enrolled" and one.fields["code"] == code)


def stands(ward: Ward, seq: int) -> bool:
    return next(row.stands for row in history(ward.study) if row.record.seq == seq)


def fact(ward: Ward, seq: int) -> Recorded:
    """A fact as it counts now."""
    subject = ward.facts(seq - 1)[0].subject
    return next(one for one in ward.study.case(subject).records if one.seq == seq)


# Undo


def test_the_last_command_is_taken_back_and_the_calendar_is_the_one_before(ward: Ward) -> None:
    before = ward.document()
    dose(ward)
    ward.undo()
    assert ward.document() == before
    ward.check_cached_visits()


def test_a_command_is_taken_back_by_its_number_with_all_its_facts(ward: Ward) -> None:
    before = ward.document()
    saved = ward.do("operation", **OPERATED)
    performed, operation = ward.last - 1, ward.last
    ward.do("note", text="x")
    ward.undo(saved.command)
    assert (stands(ward, performed), stands(ward, operation), stands(ward, operation + 1)) == (False, False, True)
    assert ward.document() == before
    assert logs.log(ward.study, "operations") == []


def test_a_visit_that_was_recorded_before_stays_when_its_dose_is_taken_back(ward: Ward) -> None:
    done = dose(ward)
    ward.do("treatment", visit="SP-C01", on="2026-11-30", given="full")
    ward.undo()
    assert stands(ward, done)
    assert ward.calendar().by_key["SP-C01"].status is Status.PERFORMED


def test_two_facts_of_one_command_go_together(ward: Ward) -> None:
    asked = [
        Asked("performed", {"visit": "SP-C01", "on": "2026-11-30"}),
        Asked("booked", {"visit": "SP-C02#2", "on": "2026-12-29"}),
    ]
    before = ward.document()
    saved = save(ward.study, propose(ward.study, "LI-001", asked, TODAY))
    assert {one.command for one in ward.facts(ward.last - 2)} == {saved.command}
    ward.undo()
    assert ward.document() == before


def test_the_enrolment_of_somebody_without_later_facts_is_taken_back(ward: Ward) -> None:
    ward.undo()
    assert ward.study.subjects() == {"LI-001": 1}
    assert {row[0] for row in ward.table()} == {1}
    ward.check_cached_visits()
    assert {row.participant for row in agenda(ward.study, TODAY).pressing} == {"LI-001"}
    ward.redo()
    assert ward.study.subjects() == {"LI-001": 1, "CJ-001": 2}
    ward.check_cached_visits()


def hangs(first: Callable[[Ward], object], then: Callable[[Ward], object], named: str) -> object:
    return pytest.param(first, then, named, id=named.replace("{}", "").strip(" ()"))


def reassessed(ward: Ward) -> None:
    ward.go_to("2027-02-02")
    ward.do("decided", visit="SP-R01", outcome="continue", on="2027-02-02")


def reassessed_again(ward: Ward) -> None:
    # Two months after the first one, which is proposed for Monday 1 February, the open day nearest to 30 January.
    assert ward.target("SP-R03#1") == "2027-04-01"
    ward.go_to("2027-04-01")
    ward.do("performed", visit="SP-R03#1", on="2027-04-01")


@pytest.mark.parametrize(
    ("first", "then", "named"),
    [
        hangs(lambda ward: ward.enrol(code="LI-002"), lambda ward: ward.do("note", "LI-002", text="x"), "{} (note)"),
        hangs(
            lambda ward: ward.enrol(code="LI-003"),
            lambda ward: ward.do("booked", "LI-003", visit="SP-C01", on="2026-12-21"),
            "{} (booked, Preoperative cycle 1 day 1 (SP-C01))",
        ),
        hangs(reassessed, reassessed_again, "{} (visit done, Repeat reassessment 1 (SP-R03#1))"),
        hangs(
            reassessed,
            lambda ward: ward.do("booked", visit="SP-R03#1", on="2027-04-06"),
            "{} (booked, Repeat reassessment 1 (SP-R03#1))",
        ),
        hangs(
            lambda ward: ward.do("unscheduled", reason="fever", on="2026-12-18"),
            lambda ward: ward.do("note", visit="U#1", text="38.5"),
            "{} (note, Unscheduled visit 1 (U#1))",
        ),
        hangs(
            lambda ward: ward.do("chosen", choice="staged", value=True, on="2026-12-18"),
            lambda ward: ward.do("moved", visit="SP-P04", to="2027-06-01", reason="planned"),
            "{} (moved, Second-stage operation (SP-P04))",
        ),
        hangs(
            lambda ward: ward.do("lost", on="2026-12-18", reason="x"),
            lambda ward: ward.do("found_again", on="2026-12-19"),
            "{} (found again)",
        ),
        hangs(dose, lambda ward: ward.correct(ward.last, on="2026-12-01"), "{} (correction)"),
    ],
)
def test_what_later_facts_depend_on_is_not_taken_back(
    ward: Ward, first: Callable[[Ward], object], then: Callable[[Ward], object], named: str
) -> None:
    first(ward)
    command = ward.study.store.last()[0]
    then(ward)
    state = ward.state()
    found = refused("facts_depend", ward.undo, command)
    assert (found.values["what"], found.values["count"]) == (named.format(ward.last), 1)
    assert ward.state() == state
    ward.undo()
    ward.undo(command)
    ward.check_cached_visits()


def test_of_many_facts_that_depend_on_one_the_first_are_named_and_the_others_counted(ward: Ward) -> None:
    command = next(one.command for one in ward.facts() if one.kind == "enrolled")
    visits = ("SP-S05", "SP-S01", "SP-S08", "SP-S07", "SP-S02", "SP-S03", "SP-C01")
    for visit in visits:
        ward.do("performed", visit=visit, on="2026-11-30")
    found = refused("facts_depend", ward.undo, command)
    what = str(found.values["what"])
    assert [visit for visit in visits if f"({visit})" in what] == list(visits[:5])
    assert what.endswith(" and 2 more")
    assert found.values["count"] == 7


def test_a_protocol_on_which_somebody_is_enrolled_is_not_taken_back(ward: Ward) -> None:
    assert refused("facts_depend", ward.undo, 2).values["what"] == "LI-001"


def test_what_is_for_good_is_skipped_by_a_plain_undo(file_ward: Ward) -> None:
    note = file_ward.do("note", text="x")
    moved = file_ward.do("moved", visit="SP-C02#2", to="2026-12-29", reason="with Eva")
    redaction = file_ward.redact(file_ward.last, "reason")
    print_documents.print_calendar(file_ward.study, "LI-001", file_ward.folder / "c.pdf", TODAY)
    print_documents.print_agenda(file_ward.study, file_ward.folder / "a.pdf", TODAY)
    printed = file_ward.study.store.last()[0]
    for command in (printed, printed - 1, redaction.command):
        refused("for_good", file_ward.undo, command)
    file_ward.undo()
    assert file_ward.dates()["SP-C02#2"] == "2026-12-28"
    file_ward.undo()
    undone = [row.record.command for row in history(file_ward.study, "LI-001") if not row.stands]
    assert undone == [note.command, moved.command]


def test_everything_is_taken_back_in_the_opposite_order(empty_ward: Ward) -> None:
    empty_ward.enrol()
    empty_ward.do("note", text="x")
    for _ in range(3):  # the note, the enrolment, the protocol with its holidays
        empty_ward.undo()
    assert empty_ward.study.subjects() == {}
    assert empty_ward.study.facts.protocols == {}
    refused("nothing_to_undo", empty_ward.undo)


def test_a_site_value_is_taken_back(ward: Ward) -> None:
    before = ward.document()
    ward.value("SP-C01.offset", "P10D")
    assert ward.target("SP-C01") == "2026-12-03"
    ward.undo()
    assert ward.document() == before
    ward.check_cached_visits()


def test_closed_days_are_taken_back_together(ward: Ward) -> None:
    ward.close_day("2026-12-28", "2026-12-30")
    # New Year's Eve and New Year's Day are closed as well, and so is the weekend after them: Monday 4 January.
    assert ward.dates()["SP-C02#2"] == "2027-01-04"
    ward.undo()
    assert ward.study.facts.days == ()
    assert ward.dates()["SP-C02#2"] == "2026-12-28"
    ward.check_cached_visits()


# Redo


def test_undone_twice_and_brought_back_twice_everything_is_as_before(ward: Ward) -> None:
    dose(ward)
    first = ward.document()
    ward.do("booked", visit="SP-C02#2", on="2026-12-29")
    second = ward.document()
    ward.undo()
    assert ward.document() == first
    ward.undo()
    assert ward.calendar().by_key["SP-C01"].performed is None
    ward.redo()
    assert ward.document() == first
    ward.redo()
    assert ward.document() == second
    refused("nothing_to_redo", ward.redo)
    ward.undo()
    assert ward.document() == first
    ward.check_cached_visits()


def test_after_something_new_nothing_is_brought_back_but_by_its_number(ward: Ward) -> None:
    booked = ward.do("booked", visit="SP-C02#2", on="2026-12-29")
    ward.undo()
    ward.do("note", text="x")
    refused("nothing_to_redo", ward.redo)
    ward.redo(booked.command)
    assert ward.dates()["SP-C02#2"] == "2026-12-29"


def test_what_was_printed_between_does_not_keep_an_undo_from_being_undone(file_ward: Ward) -> None:
    file_ward.do("booked", visit="SP-C02#2", on="2026-12-29")
    file_ward.undo()
    print_documents.print_calendar(file_ward.study, "LI-001", file_ward.folder / "c.pdf", TODAY)
    file_ward.redo()
    assert file_ward.dates()["SP-C02#2"] == "2026-12-29"


def test_a_fact_is_not_brought_back_beside_one_that_contradicts_it(ward: Ward) -> None:
    done = ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.undo()
    ward.do("missed", visit="SP-C01", on="2026-11-30", reason="fever")
    ward.do("performed", visit="SP-C01", on="2026-12-01")
    state = ward.state()
    refused("facts_depend", ward.redo, done.command)
    assert ward.state() == state


def test_an_enrolment_is_not_brought_back_when_its_code_has_been_given_anew(ward: Ward) -> None:
    saved = ward.enrol(code="LI-009")
    ward.undo()
    ward.enrol(code="li-009")
    assert refused("code_alike", ward.redo, saved.command).values["known"] == "li-009"
    assert list(ward.study.subjects()) == ["LI-001", "CJ-001", "li-009"]


def test_a_corrected_code_is_not_brought_back_when_it_has_been_given_anew(ward: Ward) -> None:
    saved = ward.correct(enrolled(ward), code="LI-101")
    ward.enrol()
    refused("code_alike", ward.undo, saved.command)
    assert set(ward.study.subjects()) == {"LI-101", "CJ-001", "LI-001"}


# Correction


def test_a_day_is_corrected_and_what_is_counted_from_it_moves(ward: Ward) -> None:
    seq = dose(ward)
    ward.correct(seq, on="2026-12-02")
    # 2 December + 28 days is Wednesday 30 December.
    assert (ward.dates()["SP-C01"], ward.target("SP-C02#2")) == ("2026-12-02", "2026-12-30")
    assert ward.told(seq - 1)[0][1]["on"] == "2026-11-30"
    ward.check_cached_visits()
    ward.undo()
    assert (ward.dates()["SP-C01"], ward.target("SP-C02#2")) == ("2026-11-30", "2026-12-28")
    ward.redo()
    assert ward.target("SP-C02#2") == "2026-12-30"
    ward.check_cached_visits()


def test_a_correction_is_corrected_by_the_next_one(ward: Ward) -> None:
    seq = dose(ward)
    ward.correct(seq, on="2026-12-02", at="10:00")
    ward.correct(seq, on="2026-12-03")
    assert (fact(ward, seq).fields["on"], fact(ward, seq).fields["at"]) == ("2026-12-03", "10:00")
    ward.undo()
    assert fact(ward, seq).fields["on"] == "2026-12-02"
    ward.undo()
    assert dict(fact(ward, seq).fields) == {
        "visit": "SP-C01", "on": "2026-11-30", "judged": ["2026-11-23", "2026-12-14"],
    }  # fmt: skip


def test_a_time_is_set_and_taken_away(ward: Ward) -> None:
    seq = dose(ward, at="10:00")
    ward.correct(seq, at="11:30")
    assert ward.calendar().by_key["SP-C01"].performed_at == "11:30"
    ward.correct(seq, at=None)
    assert ward.calendar().by_key["SP-C01"].performed_at == ""
    assert "at" not in fact(ward, seq).fields
    ward.check_cached_visits()


@pytest.mark.parametrize("too_long", ["x" * 2001, " " + "no chair " * 250])
def test_a_reason_of_a_correction_or_an_undo_is_as_short_as_every_text(ward: Ward, too_long: str) -> None:
    command = ward.do("performed", visit="SP-S01", on="2026-12-18").command
    seq = ward.last
    with pytest.raises(Refused) as caught:
        propose_undo(ward.study, command, ward.today, too_long)
    assert (caught.value.kind, caught.value.place) == ("text_too_long", "reason")
    with pytest.raises(Refused) as caught:
        propose_correction(ward.study, seq, {"on": "2026-12-17"}, too_long, ward.today)
    assert (caught.value.kind, caught.value.place) == ("text_too_long", "reason")
    assert ward.last == seq


def test_a_reason_is_corrected(ward: Ward) -> None:
    ward.do("moved", visit="SP-C02#2", to="2026-12-29", reason="holyday")
    ward.correct(ward.last, reason="holiday")
    assert fact(ward, ward.last - 1).text("reason") == "holiday"


def test_a_code_is_corrected_and_the_history_keeps_the_old_one(ward: Ward) -> None:
    seq = enrolled(ward)
    dose(ward)
    ward.correct(seq, code="LI-011")
    refused("no_participant", ward.calendar)
    assert ward.calendar("LI-011").participant == "LI-011"
    rows = [row for row in history(ward.study, "LI-011") if row.record.kind == "enrolled"]
    assert [(row.record.fields["code"], row.corrected_by) for row in rows] == [("LI-001", (ward.last,))]
    assert {row.participant for row in agenda(ward.study, TODAY).pressing} == {"LI-011", "CJ-001"}
    ward.check_cached_visits()


def test_the_day_of_enrolment_is_corrected_and_the_whole_calendar_moves(ward: Ward) -> None:
    before = {entry.key: entry.target for entry in ward.calendar().entries}
    ward.correct(enrolled(ward), on="2026-11-16")
    after = {entry.key: entry.target for entry in ward.calendar().entries}
    for key in ("SP-S06", "SP-S01", "SP-C01", "SP-C02#2", "SP-C03#4.15", "SP-P03"):
        was, now = before[key], after[key]
        assert was is not None
        assert now is not None
        assert (was - now).days == 7, key
    # Two months after the first dose, now on 23 November.
    assert after["SP-R01"] == date(2027, 1, 23)
    ward.check_cached_visits()


def test_a_regimen_is_corrected_at_enrolment(ward: Ward) -> None:
    ward.correct(enrolled(ward), regimen="MFFX")
    # Cycles of 14 days: the second begins two weeks after 30 November, and eight fill four months.
    assert ward.target("SP-C02#2") == "2026-12-14"
    assert "SP-C02#8" in ward.dates()
    assert "SP-C02#9" not in ward.dates()
    refused("regimen", ward.correct, enrolled(ward), regimen="S1")


def test_a_site_value_is_corrected(ward: Ward) -> None:
    ward.value("SP-C01.offset", "P10D")
    ward.correct(ward.last, value="P3D")
    assert ward.target("SP-C01") == "2026-11-26"
    ward.check_cached_visits()


def test_a_cohort_that_shapes_the_path_is_corrected_with_its_choice(ward: Ward) -> None:
    ward.correct(enrolled(ward, "CJ-001"), cohort="retrospective")
    # Only what is recorded is shown of a retrospective participant: consent and enrolment.
    assert [entry.key for entry in ward.calendar("CJ-001").entries] == ["CJ-S00", "CJ-S01"]
    ward.check_cached_visits()


@pytest.mark.parametrize(
    ("before", "kind", "changes", "refusal"),
    [
        (lambda ward: ward.site(), "site_set", {"country": "XX"}, "country"),
        (lambda ward: ward.site(name="Uppsala"), "site_set", {"time_zone": "Mars/X"}, "time_zone"),
        (lambda ward: ward.close_day("2026-12-29"), "day_closed", {"site": "Uppsala"}, "one_of"),
        (lambda ward: ward.value("SP-R01.after", "P21D"), "value_set", {"value": "soon"}, "value"),
        (lambda ward: ward.value("SP-R01.after", "P21D"), "value_set", {"key": "SP-X.after"}, "value_key"),
        (lambda ward: None, "protocol_taken", {"files": []}, "not_correctable"),
        (lambda ward: None, "protocol_taken", {"hash": "00"}, "not_correctable"),
        (lambda ward: None, "holidays_taken", {"closed": "none"}, "not_correctable"),
        (lambda ward: None, "enrolled", {"cohort": "banana"}, "one_of"),
        (lambda ward: None, "enrolled", {"choices": {"pet": True}}, "choice"),
    ],
)
def test_a_correction_is_refused_that_would_be_refused_when_recorded(
    ward: Ward, before: Callable[[Ward], object], kind: str, changes: dict[str, object], refusal: str
) -> None:
    before(ward)
    state = ward.state()
    refused(refusal, lambda: ward.correct(ward.seq(kind), **changes))  # type: ignore[arg-type]
    assert ward.state() == state


def test_an_unknown_criterion_is_not_corrected_into_a_screening(ward: Ward) -> None:
    fields = {"code": "LI-2", "protocol": "scanpan", "on": "2026-12-01", "outcome": "eligible"}
    enrol.screen(ward.study, fields, TODAY)
    refused("criterion", lambda: ward.correct(ward.last, criteria={"I99": True}))
    ward.correct(ward.last, criteria={"I08": True})
    assert ward.study.case(3).records[0].fields["criteria"] == {"I08": True}


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [({"on": "2026-12-12"}, "end_before_visit"), ({"visit": "SP-S02"}, "two_results")],
)
def test_a_correction_that_contradicts_another_fact_is_refused(
    ward: Ward, changes: dict[str, object], refusal: str
) -> None:
    seq = dose(ward)
    ward.do("performed", visit="SP-S02", on="2026-11-10")
    ward.do("died", on="2026-12-10")
    refused(refusal, lambda: ward.correct(seq, **changes))  # type: ignore[arg-type]


def test_facts_that_a_correction_takes_off_the_path_stay_as_problems_and_can_be_corrected(ward: Ward) -> None:
    reassessed(ward)
    decided = ward.last
    reassessed_again(ward)
    done = ward.last
    ward.do("note", visit="SP-R03#1", text="scan late")
    note = ward.last
    ward.correct(decided, outcome="response")
    assert stands(ward, done)
    assert [(one.key, one.kind) for one in ward.calendar().problems] == [("SP-R03#1", "off_path")]
    assert "SP-R02" in ward.dates()
    ward.check_cached_visits()
    ward.correct(done, on="2027-03-31")
    ward.correct(note, text="scanner down")
    assert (fact(ward, done).fields["on"], fact(ward, note).fields["text"]) == ("2027-03-31", "scanner down")
    refused("off_path", lambda: ward.correct(done, visit="SP-R03#2"))
    ward.check_cached_visits()


def test_the_window_by_which_a_visit_was_judged_never_changes(ward: Ward) -> None:
    seq = dose(ward)
    # Recorded in the window of 23 November to 14 December; then the site's own value narrows it to 2 December.
    ward.value("SP-C01.offset", "P3D")
    ward.value("SP-C01.after", "P0D")
    entry = ward.calendar().by_key["SP-C01"]
    assert (str(entry.latest), entry.window_result) == ("2026-11-26", 0)
    assert fact(ward, seq).fields["judged"] == ["2026-11-23", "2026-12-14"]
    ward.correct(enrolled(ward), on="2026-11-10")
    ward.correct(seq, on="2026-12-16")
    entry = ward.calendar().by_key["SP-C01"]
    assert entry.judged is not None
    assert (str(entry.judged.earliest), str(entry.judged.latest)) == ("2026-11-23", "2026-12-14")
    assert entry.window_result == 2
    ward.check_cached_visits()


def test_a_visit_that_becomes_another_one_is_judged_anew(ward: Ward) -> None:
    seq = dose(ward)
    ward.correct(seq, visit="SP-S08")
    # The baseline form: 14 days before to 7 days after enrolment.
    assert fact(ward, seq).fields["judged"] == ["2026-11-09", "2026-11-30"]
    assert ward.calendar().by_key["SP-C01"].performed is None
    ward.check_cached_visits()


# Redaction


@pytest.mark.parametrize(
    ("kind", "fields", "name"),
    [
        ("moved", {"visit": "SP-C02#2", "to": "2026-12-29"}, "reason"),
        ("missed", {"visit": "SP-S02", "on": "2026-11-20"}, "reason"),
        ("lost", {"on": "2026-12-18"}, "reason"),
        ("operation", OPERATED, "detail"),
        ("adverse_event", {"term": "Nausea", "grade": 1, "on": "2026-12-01", "serious": False}, "detail"),
        ("died", {"on": "2026-12-18"}, "cause"),
        ("contact", {"on": "2026-12-18", "reached": True}, "detail"),
    ],
)
def test_words_are_taken_out_while_they_count(file_ward: Ward, kind: str, fields: dict[str, object], name: str) -> None:
    file_ward.do(kind, **fields, **{name: "Eva Ek told it"})
    before = file_ward.document()
    seq = file_ward.last
    file_ward.redact(seq, name)
    assert b"Eva Ek" not in file_ward.path.read_bytes()
    assert fact(file_ward, seq).redacted == {name}
    assert {**file_ward.document(), "entries": []} == {**before, "entries": []}
    assert file_ward.study.store.verify() == file_ward.study.head()
    refused("redacted_already", file_ward.redact, seq, name)
    file_ward.check_cached_visits()
    file_ward.reopen()
    assert file_ward.study.store.verify() == file_ward.study.head()


@pytest.mark.parametrize(
    ("kind", "fields", "name", "new"),
    [
        ("note", {"text": "Eva Ek"}, "text", "the nurse"),
        ("complication", {"what": "leak, Eva Ek", "grade": "II", "on": "2026-12-18"}, "what", "leak"),
        ("performed", {"visit": "SP-C01", "on": "2026-11-30"}, "on", "2026-12-01"),
    ],
)
def test_a_needed_value_is_taken_out_only_after_it_was_corrected(
    file_ward: Ward, kind: str, fields: dict[str, object], name: str, new: str
) -> None:
    file_ward.do(kind, **fields)
    seq = file_ward.last
    refused("still_needed", file_ward.redact, seq, name)
    file_ward.correct(seq, **{name: new})
    file_ward.redact(seq, name)
    assert fact(file_ward, seq).fields[name] == new
    assert b"Eva Ek" not in file_ward.path.read_bytes()
    # What the correction says counts now, so it cannot go either; nor can the empty value be brought back.
    refused("still_needed", file_ward.redact, seq + 1, f"set.{name}")
    refused("redacted_already", file_ward.undo)
    file_ward.check_cached_visits()


def test_a_corrected_reason_is_taken_out_of_the_correction(file_ward: Ward) -> None:
    file_ward.do("moved", visit="SP-C02#2", to="2026-12-29", reason="x")
    seq = file_ward.last
    file_ward.correct(seq, reason="Eva Ek is ill", why="Eva Ek said so")
    file_ward.redact(seq + 1, "set.reason", "reason")
    assert b"Eva Ek" not in file_ward.path.read_bytes()
    assert fact(file_ward, seq).text("reason") == ""
    assert fact(file_ward, seq).redacted == {"reason"}
    assert file_ward.dates()["SP-C02#2"] == "2026-12-29"


def test_a_fact_without_a_needed_value_is_not_brought_back(ward: Ward) -> None:
    saved = ward.do("performed", visit="SP-C01", on="2026-11-30")
    seq = ward.last
    ward.undo()
    ward.redact(seq, "on")
    refused("redacted_already", ward.redo, saved.command)
    refused("redacted_already", ward.redo)
    assert ward.calendar().by_key["SP-C01"].performed is None


@pytest.mark.parametrize(
    ("before", "kind", "name"),
    [
        (lambda ward: None, "enrolled", "regimen"),
        (lambda ward: None, "enrolled", "code"),
        (lambda ward: ward.enrol(code="LI-2", choices={"staged": True}), "enrolled", "choices"),
        (lambda ward: ward.enrol(code="LI-2", centre="Oulu"), "enrolled", "centre"),
        (lambda ward: ward.site(time_zone="Europe/Stockholm"), "site_set", "time_zone"),
        (lambda ward: ward.site(closed_weekdays=[6]), "site_set", "closed_weekdays"),
        (lambda ward: (ward.site(), ward.close_day("2026-12-29", site="Linköping")), "day_closed", "site"),
        (lambda ward: ward.do("booked", visit="SP-C02#2", on="2026-12-29", at="10:00"), "booked", "at"),
        (dose, "performed", "judged"),
        (lambda ward: (ward.do("note", text="x"), ward.undo()), "correction", "void"),
        (
            lambda ward: (ward.do("lost", on="2026-12-18", reason="x"), ward.redact(ward.last, "reason")),
            "redaction",
            "names",
        ),
    ],
)
def test_what_calendars_or_the_chain_stand_on_is_not_taken_out(
    ward: Ward, before: Callable[[Ward], object], kind: str, name: str
) -> None:
    before(ward)
    state = ward.state()
    refused("still_needed", ward.redact, ward.seq(kind), name)
    assert ward.state() == state


def test_a_reason_of_the_study_is_taken_out(file_ward: Ward) -> None:
    file_ward.close_day("2026-12-29", reason="Eva Ek marries")
    file_ward.redact(file_ward.last, "reason")
    assert [(str(row.on), row.reason) for row in file_ward.study.facts.days] == [("2026-12-29", "")]
    assert b"marries" not in file_ward.path.read_bytes()


# Ends


def test_a_withdrawal_is_not_corrected_to_a_day_before_a_visit_that_it_ends(ward: Ward) -> None:
    dose(ward)
    ward.do("withdrawn", scope="all", on="2026-12-10", reason="wish")
    seq = ward.last
    refused("end_before_visit", lambda: ward.correct(seq, on="2026-11-29"))
    ward.correct(seq, on="2026-11-30")
    refused("after_withdrawal", lambda: ward.do("booked", visit="SP-R01", on="2027-02-01"))


def test_a_visit_is_not_corrected_to_a_day_after_an_end(ward: Ward) -> None:
    seq = dose(ward)
    ward.go_to(date(2026, 12, 9))
    ward.do("booked", visit="SP-R01", on="2026-12-09")
    booked = ward.last
    ward.go_to(date(2026, 12, 20))
    ward.do("lost", on="2026-12-10", reason="no answer")
    refused("end_before_visit", lambda: ward.correct(seq, on="2026-12-11"))
    ward.correct(booked, on="2026-12-10")
    ward.correct(ward.seq("lost"), on="2026-12-12")
    ward.correct(seq, on="2026-12-12")


def test_an_end_that_is_taken_back_rules_nothing_out_any_more(ward: Ward) -> None:
    ward.do("withdrawn", scope="treatment", on="2026-12-01", reason="wish")
    refused("after_treatment", lambda: ward.do("booked", visit="SP-C01", on="2026-12-21"))
    ward.undo()
    ward.do("booked", visit="SP-C01", on="2026-12-21")


def test_what_was_recorded_since_somebody_was_found_again_keeps_that_fact(ward: Ward) -> None:
    ward.do("lost", on="2026-12-01", reason="no answer")
    ward.do("found_again", on="2026-12-10")
    found = ward.facts()[-1].command
    ward.do("performed", visit="SP-S02", on="2026-12-11")
    refused("facts_depend", lambda: ward.undo(found))


def test_an_enrolment_is_not_corrected_to_a_day_after_an_end(ward: Ward) -> None:
    ward.do("died", on="2026-12-01")
    refused("end_before_enrolment", lambda: ward.correct(enrolled(ward), on="2026-12-02"))
    ward.correct(enrolled(ward), on="2026-12-01")


def test_a_corrected_operation_is_asked_about_when_a_visit_after_it_comes_before_it(ward: Ward) -> None:
    ward.do("performed", visit="SP-P03", on="2026-12-10")
    operated = ward.last
    ward.do("performed", visit="SP-O01", on="2026-12-11")
    change = propose_correction(ward.study, operated, {"on": "2026-12-14"}, "typing error", ward.today)
    found = refused("out_of_order", save_correction, ward.study, change)
    assert (found.values["visit"], found.values["held"]) == ("SP-O01", date(2026, 12, 14))
    save_correction(ward.study, change, True)
    assert "performed_before" in [one.kind for one in ward.calendar().by_key["SP-O01"].problems]


def test_an_enrolment_is_not_corrected_to_a_day_after_an_adverse_event(ward: Ward) -> None:
    ward.do("adverse_event", term="Fever", grade=1, serious=False, on="2026-11-25")
    refused("before_enrolment", lambda: ward.correct(enrolled(ward), on="2026-11-26"))
    # it counts from the consent on
    ward.correct(enrolled(ward), on="2026-11-26", consented="2026-11-25")
    refused("before_consent", lambda: ward.correct(enrolled(ward), consented="2026-11-26", on="2026-11-27"))
    ward.correct(enrolled(ward), on="2026-11-25", consented=None)


def test_an_inclusion_is_not_corrected_to_a_day_that_contradicts_what_was_recorded(ward: Ward) -> None:
    ward.not_included()
    enrol.screen(
        ward.study,
        {"code": "LI-001", "protocol": "scanpan", "on": "2026-11-27", "outcome": "eligible"},
        ward.today,
        True,
    )
    ward.do("included", on="2026-12-01")
    included = ward.last
    ward.do("performed", visit="SP-C01", on="2026-12-08")
    # the first dose is treatment, and needs the inclusion
    refused("before_enrolment", lambda: ward.correct(included, on="2026-12-09"))
    refused("screened_after", lambda: ward.correct(included, on="2026-11-26"))
    ward.correct(included, on="2026-12-08")
    assert ward.calendar().by_key["SP-S06"].performed == date(2026, 12, 8)
