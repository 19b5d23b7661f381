"""What is said of a participant in the list, and how it is sorted."""

from datetime import date

from PySide6.QtWidgets import QApplication

from app.domain.facts.participant_record import Stage
from app.services.queries.people import PersonRow
from app.services.queries.standing import Standing, Standings
from app.ui.pages.participants.people_model import COLUMNS, ENTERING, PeopleModel, PersonLine, person_line, phases

EPOCHS = {"screening": "Screening", "chemo": "Chemotherapy", "later": "Follow-up"}
ROWS = {
    "P-1": (Stage.ENROLLED, Standing("chemo", overdue=2)),
    "P-2": (Stage.ENROLLED, Standing("later", overdue=11)),
    "P-3": (Stage.IN_SCREENING, Standing("screening")),
    "P-4": (Stage.SCREENED, Standing()),
    "P-5": (Stage.OFF_TREATMENT, Standing("chemo")),
    "P-6": (Stage.ENROLLED, Standing("screening", registered=True)),
    "P-7": (Stage.ENROLLED, Standing("screening")),
}


def lines() -> tuple[list[PersonLine], Standings]:
    of = {code: one for code, (_stage, one) in ROWS.items()}
    found = Standings(date(2026, 12, 20), of, EPOCHS, frozenset({"screening"}))
    rows = [PersonRow(code, "p", stage, None, "R", "") for code, (stage, _standing) in ROWS.items()]
    return [person_line(row, found, {"p": "Protocol"}, {"R": "Regimen (with more)"}) for row in rows], found


def test_the_phase_is_the_epoch_of_those_in_the_trial_and_else_the_stage() -> None:
    found, standing = lines()
    assert [one.texts["phase"] for one in found] == [
        "Chemotherapy", "Follow-up", "In screening", "Screened", "Off treatment, in follow-up", "Registered",
        "Included, not begun",
    ]  # fmt: skip
    assert [one.phase for one in found[2:5]] == [ENTERING, ENTERING, "off_treatment"]
    assert phases(found, standing) == [
        (ENTERING, "In screening", 2),
        ("screening", "Included, not begun", 2),
        ("chemo", "Chemotherapy", 1),
        ("later", "Follow-up", 1),
        ("off_treatment", "Off treatment, in follow-up", 1),
    ]
    assert found[0].texts["regimen"] == "Regimen"


def test_the_most_overdue_come_first_and_who_enters_comes_before_the_epochs() -> None:
    found, _standing = lines()
    assert [one.sorted_by["overdue"] for one in found[:2]] == [-2, -11]
    assert [one.sorted_by["phase"] for one in found[:3]] == [(1, "chemo"), (2, "later"), (-1, ENTERING)]


def codes(model: PeopleModel) -> list[str]:
    return [one.row.code for one in model.rows]


def test_rows_are_narrowed_by_text_and_phase_and_keep_the_order(qapp: QApplication) -> None:
    found, _standing = lines()
    model = PeopleModel()
    model.show_people(found)
    everybody = codes(model)
    model.narrow("protocol")
    assert codes(model) == everybody
    model.show_phase(ENTERING)
    assert codes(model) == [one.row.code for one in found if one.phase == ENTERING]
    assert len(codes(model)) == 2
    model.narrow("no such word")
    assert codes(model) == []
    model.narrow("")
    model.show_phase("")
    model.sort(COLUMNS.index("overdue"))
    assert codes(model)[:2] == [found[1].row.code, found[0].row.code], "11 visits before 2"
    model.narrow("chemo")
    assert codes(model) == [found[0].row.code]
    model.show_people(found[1:])
    assert codes(model) == []
