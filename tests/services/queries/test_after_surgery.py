"""The outcome of surgery as a log, at a review, on paper and in a story."""

import json

from app.exchange.calendar_json import after_surgery_document
from app.services.queries.after_surgery import review_text, surgery_table, with_outcomes
from app.services.queries.participant import visit_view
from app.services.queries.rehearsal import rehearse
from app.services.queries.scenario import scenario
from tests.services.ward import Ward

OPERATION = {"visit": "SP-P03", "on": "2026-12-10", "pancreas": "other", "liver": "none"}


def operated(ward: Ward) -> None:
    ward.do("operation", **OPERATION)
    ward.do("complication", what="Leak", grade="IIIa", popf="B", on="2026-12-12")
    ward.do("complication", what="Fever", grade="II", on="2026-12-11")


def test_the_log_has_a_row_for_each_operation(ward: Ward) -> None:
    assert surgery_table(ward.study, ward.today).rows == ()
    operated(ward)
    table = surgery_table(ward.study, ward.today)
    (row,) = table.rows
    shown = {name: row.cell(name).value for name in ("participant", "visit", "on", "worst_grade", "cci_90", "until")}
    # 10 December + 90 days is 10 March
    assert shown == {
        "participant": "LI-001", "visit": "SP-P03", "on": "2026-12-10", "worst_grade": "IIIa", "cci_90": 33.5,
        "until": "2027-03-10",
    }  # fmt: skip
    assert (row.cell("popf").value, row.cell("state").value) == ("B", "open")
    assert row.cell("events").text == "Fever II (Fri 11 Dec 2026); Leak IIIa (Sat 12 Dec 2026)"
    assert surgery_table(ward.study, ward.today, "CJ-001").rows == ()


def test_a_review_shows_what_followed_its_operation_and_other_visits_do_not(ward: Ward) -> None:
    operated(ward)
    case, calendar = ward.study.enrolled("LI-001"), ward.calendar()
    said = {key: review_text(calendar, case, entry) for key, entry in calendar.by_key.items()}
    assert {key for key, text in said.items() if text} == {"SP-O07", "SP-O08"}
    assert "worst grade IIIa, CCI 33.5" in said["SP-O08"]
    assert visit_view(ward.study, "LI-001", "SP-O08", ward.today).outcome == said["SP-O08"]
    assert visit_view(ward.study, "LI-001", "SP-O06", ward.today).outcome == ""
    on_paper = with_outcomes({"SP-O07": ["By taxi"]}, calendar, case, [calendar.by_key["SP-O07"]])
    assert on_paper == {"SP-O07": ["By taxi", "C" + said["SP-O07"][1:]]}


def test_a_story_tells_the_same_outcome(ward: Ward) -> None:
    operated(ward)
    (found,) = rehearse(json.dumps(scenario(ward.study, "LI-001", ward.today))).after_surgery
    document = after_surgery_document(found)
    assert (document["operation"], document["worst_grade"], document["cci"], document["popf"]) == (
        "SP-P03", "IIIa", 33.5, "B",
    )  # fmt: skip
    assert [one["what"] for one in document["events"]] == ["Fever", "Leak"]


def test_an_index_that_was_typed_stays_as_it_was_and_is_not_asked_any_more(ward: Ward) -> None:
    ward.do("operation", **OPERATION)
    ward.do("complication", what="Leak", grade="IIIa", cci=26.2, on="2026-12-12")
    assert ward.facts()[-1].fields["cci"] == 26.2
    (row,) = surgery_table(ward.study, ward.today).rows
    assert row.cell("cci_90").value == 26.2
    told = scenario(ward.study, "LI-001", ward.today)["facts"][-1]
    assert "cci" not in told
