"""The pictures of the rows of a participant's visits."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.paths import resources
from app.services.queries.rehearsal import rehearse
from app.ui.pages.participant.calendar_model import CalendarModel, Column
from app.ui.pages.participant.row_painter import RowForm, RowPainter
from app.ui.style import theme, tokens

WIDE = RowForm(((Column.VISIT, 0, 200), (Column.STATUS, 200, 150)), 350, 30, 1.0, narrow=False)


@pytest.fixture
def rows(light: None) -> RowPainter:
    """Those of the shipped example."""
    model = CalendarModel()
    story = rehearse((resources() / "examples" / "scanpan.json").read_text(encoding="utf-8"))
    model.show_calendar(story.calendar, with_cancelled=True)
    return RowPainter(model)


def colors(picture: QImage) -> set[str]:
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}


def test_a_row_is_painted_once_and_again_after_it_is_forgotten(rows: RowPainter) -> None:
    first = rows.picture(0, False, WIDE)
    assert rows.picture(0, False, WIDE) is first
    rows.forget()
    again = rows.picture(0, False, WIDE)
    assert again is not first
    assert again.toImage() == first.toImage()


def test_the_chosen_row_has_another_ground_and_a_bar_at_its_left(rows: RowPainter) -> None:
    plain, chosen = (rows.picture(0, selected, WIDE).toImage() for selected in (False, True))
    assert plain.pixelColor(5, 5) == tokens.color("surface")
    assert chosen.pixelColor(5, 5) == tokens.color("selection")
    assert [chosen.pixelColor(x, 15) == tokens.color("accent") for x in range(4)] == [True, True, True, False]
    assert plain.pixelColor(340, 29) == chosen.pixelColor(340, 29) == tokens.color("line")


def test_other_colours_paint_the_row_again(rows: RowPainter, qapp: QApplication) -> None:
    light = rows.picture(0, False, WIDE).toImage()
    theme.apply(qapp, dark=True)
    dark = rows.picture(0, False, WIDE).toImage()
    theme.apply(qapp, dark=False)
    assert light.pixelColor(5, 5) == tokens.LIGHT.color("surface")
    assert dark.pixelColor(5, 5) == tokens.DARK.color("surface")
    assert rows.picture(0, False, WIDE).toImage() == light


def test_a_narrow_row_has_the_day_below_the_name(rows: RowPainter) -> None:
    narrow = RowForm(((Column.VISIT, 0, 350),), 350, 60, 1.0, narrow=True)
    below = rows.picture(0, False, narrow).toImage().copy(0, 35, 350, 20)
    wide = RowForm(((Column.VISIT, 0, 350),), 350, 60, 1.0, narrow=False)
    assert len(colors(below)) > len(colors(rows.picture(0, False, wide).toImage().copy(0, 42, 350, 13)))
