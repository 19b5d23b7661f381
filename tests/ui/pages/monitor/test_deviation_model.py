"""The model of the deviations: where a row is, and that a cell does not look through all of them."""

import json

import pytest
from PySide6.QtCore import QModelIndex

from app.services.queries.rehearsal import rehearse
from app.ui.pages.monitor import deviation_model
from app.ui.pages.monitor.deviation_model import SIGNED, DeviationModel, identity

STORY = {
    "protocol": "scanpan",
    "today": "2026-12-20",
    "participant": {"code": "LI-001", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "AG"},
    "facts": [{"kind": "performed", "visit": "SP-C01", "on": "2026-12-16"}],
}


def test_no_cell_looks_for_its_row_among_all(monkeypatch: pytest.MonkeyPatch) -> None:
    rehearsal = rehearse(json.dumps(STORY))
    rows = rehearsal.deviations
    assert len(rows) > 1
    model = DeviationModel()
    model.show_deviations(rows, rehearsal.calendar.today)
    assert [model.place(identity(row)) for row in model.rows] == [*range(len(rows))]
    model.open_row(identity(model.rows[0]))
    assert (model.place(None), model.place_of_form, model.rowCount()) == (-1, 1, len(rows) + 1)

    def looked(_row: object) -> None:
        raise AssertionError("a cell looks through the rows")

    monkeypatch.setattr(deviation_model, "identity", looked)
    for place in range(model.rowCount(QModelIndex())):
        assert (model.index(place, 1).data() is None) is (place == 1)
        assert model.index(place, SIGNED).flags() is not None
    monkeypatch.undo()
    model.narrow("no such words", "all")
    assert (model.rowCount(), model.place_of_form) == (0, -1)
