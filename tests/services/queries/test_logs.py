"""The logs of a study."""

from app.domain.facts.log_names import log_name
from app.services.queries.log_table import Cell
from app.services.queries.logs import log, log_fields, log_table
from tests.services.ward import Ward, refused


def test_a_log_has_the_facts_of_all_participants_as_they_count(ward: Ward) -> None:
    ward.do("adverse_event", term="Nausea", grade=2, on="2026-12-02", serious=False)
    nausea = ward.last
    ward.do("adverse_event", "CJ-001", term="Fever", grade=1, on="2026-12-03", serious=False)
    ward.do("adverse_event", term="Cough", grade=1, on="2026-12-04", serious=False)
    ward.undo()
    ward.correct(nausea, grade=3)
    rows = log(ward.study, "adverse events")
    assert [(code, record.text("term"), record.fields["grade"]) for code, record in rows] == [
        ("LI-001", "Nausea", 3),
        ("CJ-001", "Fever", 1),
    ]


def test_a_log_is_known_in_any_letter_case_with_any_dash(ward: Ward) -> None:
    assert log_name("Adverse-Events") == log_name("adverse_events") == log_name("ADVERSE EVENTS")


def test_an_unknown_log_is_refused_with_those_there_are() -> None:
    found = refused("one_of", log_name, "advers events")
    assert found.place == "log"
    assert log_name(str(found.values["near"])) in str(found.values["known"])


def test_the_columns_of_a_log_are_named_once_and_without_the_code() -> None:
    columns = [field.name for field, _kind in log_fields(log_name("adverse events"))]
    assert {"on", "grade"} <= set(columns)
    assert len(columns) == len(set(columns))
    assert "code" not in columns


def test_a_log_may_be_of_one_participant(ward: Ward) -> None:
    ward.do("adverse_event", term="Nausea", grade=2, on="2026-12-02", serious=False)
    ward.do("adverse_event", "CJ-001", term="Fever", grade=1, on="2026-12-03", serious=False)
    table = log_table(ward.study, "adverse-events", ward.today, "CJ-001")
    assert [row.cell("term").text for row in table.rows] == ["Fever"]
    assert refused("no_participant", lambda: log_table(ward.study, "notes", ward.today, "XX-9")) is not None


def test_a_row_has_days_and_numbers_for_programs_and_words_for_people(ward: Ward) -> None:
    ward.do("adverse_event", term="Nausea", grade=2, on="2026-12-02", serious=False, related="unlikely")
    [row] = log_table(ward.study, "adverse-events", ward.today).rows
    assert row.cell("on") == Cell("Wed 2 Dec 2026", "2026-12-02", True)
    assert row.cell("grade") == Cell("2", 2, True)
    assert row.cell("serious") == Cell("no", False)
    assert (row.cell("fact").value, row.cell("by").text) == (ward.last, "nurse")
    assert row.cell("ended").text == ""


def test_a_redacted_field_says_so(ward: Ward) -> None:
    ward.do("adverse_event", term="Nausea", grade=2, on="2026-12-02", serious=False, detail="a name")
    ward.redact(ward.last, "detail", reason="a name")
    [row] = log_table(ward.study, "adverse-events", ward.today).rows
    assert (row.cell("detail").text, row.cell("detail").value) == ("(redacted)", None)


def test_a_log_of_several_kinds_says_which(ward: Ward) -> None:
    """A loss and a death both have a day and no more."""
    ward.do("lost", on="2026-12-07", reason="no answer")
    ward.do("found_again", on="2026-12-14")
    table = log_table(ward.study, "withdrawals", ward.today)
    assert [column.name for column in table.columns][:3] == ["fact", "participant", "kind"]
    kinds = [(row.cell("kind").text, row.cell("kind").value) for row in table.rows]
    assert kinds == [("lost to follow-up", "lost"), ("found again", "found_again")]
    assert "kind" not in [column.name for column in log_table(ward.study, "contacts", ward.today).columns]
