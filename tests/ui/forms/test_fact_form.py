"""A form for every kind of fact about a participant: what it gives, where errors are shown, and how it is reached."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.facts.fields import read_fields
from app.domain.facts.kind import Field, Subject, Type
from app.domain.facts.kinds import KINDS
from app.domain.protocol.decisions import Choice
from app.domain.refusal import Refused
from app.services.queries.participant import ParticipantView
from app.ui.forms.answer_editors import AnswersEditor
from app.ui.forms.choice_editors import ChoiceEditor, RadioEditor
from app.ui.forms.fact_form import FactForm
from app.ui.forms.questions import Question, questions_of
from app.ui.style import theme
from tests.ui.forms.conftest import TODAY
from tests.ui.forms.filling import fill
from tests.ui.forms.showing import editor, error_of, made

PARTICIPANT = [kind.id for kind in KINDS.values() if kind.subject is Subject.PARTICIPANT]
HOSTILE = ("<img src=x><b>&", "a" * 300, "中文 名字 &amp;")


@pytest.mark.parametrize("kind", PARTICIPANT)
def test_every_kind_filled_in_is_what_its_fields_take(kind: str, look: ParticipantView, qtbot: QtBot) -> None:
    questions = questions_of(kind, None if kind in ("screened", "enrolled") else look, "")
    form = FactForm(questions, TODAY)
    qtbot.addWidget(form)
    fill(form, questions)
    given = form.fields()
    assert not form.missing()
    again = FactForm(questions, TODAY)
    qtbot.addWidget(again)
    again.set_fields({name: one.isoformat() if isinstance(one, date) else one for name, one in given.items()})
    assert again.fields() == given
    if kind == "unscheduled":
        assert read_fields(KINDS["booked"], {"visit": "U#1", "on": given.pop("on"), "at": given.pop("at")}, TODAY)
        given["visit"] = "U#1"
    found = read_fields(KINDS[kind], given, TODAY)
    assert set(found) == set(given)
    required = {field.name for field in KINDS[kind].fields if field.required and not field.internal}
    assert required <= set(found)


@pytest.mark.parametrize("kind", PARTICIPANT)
def test_an_empty_form_gives_nothing_and_its_controls_have_names(
    kind: str, look: ParticipantView, qtbot: QtBot
) -> None:
    form = made(qtbot, kind, look)
    # Nothing is answered beforehand but the day.
    assert set(form.fields()) <= {"on"}
    questions = questions_of(kind, look)
    for question in questions:
        one = editor(form, question.field.name)
        assert one.accessibleName() == question.label
        names = [control.accessibleName() for control in one.inputs()]
        assert names
        assert all(names)
        if not isinstance(one, AnswersEditor | RadioEditor) and question.field.type is not Type.TICKS:
            assert names == [question.label]
    buddies = [label.buddy() for label in form.findChildren(QLabel) if label.buddy() is not None]
    assert set(buddies) == {form.editor(question.field.name) for question in questions}


def reached(form: FactForm) -> Iterator[QWidget]:
    """What Tab reaches, in its order."""
    first: QWidget = form
    one = first.nextInFocusChain()
    while one is not first and one is not None:
        takes_tab = bool(one.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
        if form.isAncestorOf(one) and takes_tab and one.isVisible() and one.focusProxy() is None:
            yield one
        one = one.nextInFocusChain()


@pytest.mark.parametrize("kind", ["operation", "complication", "specimen", "enrolled"])
def test_tab_goes_as_one_reads(kind: str, look: ParticipantView, qtbot: QtBot) -> None:
    form = made(qtbot, kind, look)
    form._unfold()
    for width in (320, 640):
        form.resize(width, 1200)
        QApplication.processEvents()
        check_order(form, len(questions_of(kind, look)))


def check_order(form: FactForm, questions: int) -> None:
    places = [(one.mapTo(form, one.rect().center()).y(), one.mapTo(form, one.rect().topLeft()).x(), one)
              for one in reached(form)]  # fmt: skip
    assert len(places) >= questions - 4
    for (y, x, one), (next_y, next_x, after) in pairwise(places):
        beside = abs(next_y - y) <= 12 and next_x > x
        assert next_y > y + 12 or beside, (one.accessibleName(), after.accessibleName())


def test_questions_follow_the_answers(look: ParticipantView, qtbot: QtBot) -> None:
    form = made(qtbot, "specimen", look, "SP-P03")

    def asked() -> set[str]:
        return {name for name, row in form._rows.items() if row.cell.isVisible()}

    assert asked() == {"on", "specimen", "taken"}
    form.set_fields({"taken": True, "mg": 100, "kept": "freezer 3"})
    assert asked() == {"on", "specimen", "taken", "mg", "label", "kept"}
    form.set_fields({"taken": False})
    assert asked() == {"on", "specimen", "taken", "reason"}
    assert not form.fields().keys() & {"mg", "kept"}
    form.set_fields({"taken": True})
    assert form.fields()["mg"] == 100


def test_an_unreadable_value_is_left_as_its_text(look: ParticipantView, qtbot: QtBot) -> None:
    form = made(qtbot, "booked", look, "SP-C02#2")
    form.set_fields({"on": "32 foo", "at": "half nine"})
    assert form.fields() == {"on": "32 foo", "at": "half nine"}
    with pytest.raises(Refused) as caught:
        read_fields(KINDS["booked"], {"visit": "SP-C02#2", **form.fields()}, TODAY)
    assert (caught.value.kind, caught.value.place) == ("date_form", "on")


CASES = [
    ("booked", {"on": "32 foo"}, "on", "“32 foo” is no date. Write it as 2026-11-23."),
    ("booked", {"on": "+2", "at": "25:00"}, "at", "“25:00” is no time. Write it as 09:30."),
    ("performed", {"on": "+2"}, "on", "Tue 22 Dec 2026 lies after today (Sun 20 Dec 2026)"),
    ("moved", {"to": "+2"}, "reason", "Fill in the reason."),
    ("specimen", {"specimen": "x", "taken": True, "mg": "much"}, "mg", "“much” is no number. Write it in digits."),
    ("specimen", {"specimen": "x", "taken": True, "mg": 999999}, "mg", "999999 lies outside 0.001 to 100000."),
    ("specimen", {"specimen": "x", "taken": False}, "reason", "Fill in the reason."),
    ("operation", {"pancreas": "none", "liver": "none"}, "pancreas", "An operation has a procedure on the pancreas"),
    ("complication", {"what": "leak", "grade": "II", "on": "-1", "ended": "-3"}, "ended", "lies before"),
    ("treatment", {"given": "reduced"}, "reason", "Fill in the reason."),
]


@pytest.mark.parametrize(("kind", "given", "place", "words"), CASES)
def test_a_refusal_stands_at_its_field_and_what_was_typed_stays(
    kind: str, given: dict[str, object], place: str, words: str, look: ParticipantView, qtbot: QtBot
) -> None:
    visit = "SP-P03" if KINDS[kind].field("visit") else ""
    form = made(qtbot, kind, look, visit)
    form.set_fields(given)
    typed = form.fields()
    with pytest.raises(Refused) as caught:
        read_fields(KINDS[kind], {**({"visit": visit} if visit else {}), **typed}, TODAY)
    assert form.show_refusal(caught.value)
    assert list(error_of(form)) == [place]
    assert words in error_of(form)[place]
    assert form.editor(place).isVisible()
    keyboard = form.focusWidget()
    assert keyboard is not None
    assert form.editor(place).isAncestorOf(keyboard)
    controls = editor(form, place).inputs()
    assert controls[0].property("wrong") == "true"
    assert words in controls[0].accessibleDescription()
    assert form.fields() == typed
    form.clear_refusals()
    assert error_of(form) == {}
    assert controls[0].property("wrong") != "true"


def test_an_error_goes_when_the_field_is_changed(look: ParticipantView, qtbot: QtBot) -> None:
    form = made(qtbot, "booked", look, "SP-C02#2")
    form.show_refusal(Refused("field_missing", "booked", name="on"))
    assert error_of(form)
    form.set_fields({"at": "9:30"})
    assert error_of(form)
    form.set_fields({"on": "+1"})
    assert not error_of(form)


def test_all_that_is_missing_is_said_at_once(look: ParticipantView, qtbot: QtBot) -> None:
    form = made(qtbot, "operation", look, "SP-P03")
    assert form.missing() == ["Procedure on the pancreas", "Procedure on the liver"]
    assert form.refuse_missing()
    assert set(error_of(form)) == {"pancreas", "liver"}
    form.set_fields({"pancreas": "other", "liver": "none"})
    form.clear_refusals()
    assert not form.refuse_missing()
    assert not error_of(form)


def test_what_is_rarely_needed_stands_behind_more(look: ParticipantView, qtbot: QtBot) -> None:
    form = made(qtbot, "complication", look)
    assert not form.editor("popf").isVisible()
    assert form._more is not None
    form._more.click()
    assert form.editor("popf").isVisible()
    assert not form._more.isVisible()
    filled = made(qtbot, "complication", look)
    filled.set_fields({"dge": "A"})
    assert filled.editor("dge").isVisible()
    wrong = made(qtbot, "complication", look)
    wrong.show_refusal(Refused("one_of", "dge", value="x", known="A, B, C", near=""))
    assert wrong.editor("dge").isVisible()


def test_the_keyboard_begins_at_the_first_that_is_empty(look: ParticipantView, qtbot: QtBot) -> None:
    form = made(qtbot, "performed", look, "SP-C02#2")
    with qtbot.waitActive(form):
        form.activateWindow()
    form.focus_first()
    assert editor(form, "on").has_keyboard()
    moved = made(qtbot, "decided", look, "SP-R01")
    with qtbot.waitActive(moved):
        moved.activateWindow()
    moved.set_fields({"outcome": "response"})
    moved.focus_first()
    assert editor(moved, "outcome").has_keyboard()
    moved.set_fields({"on": None})
    moved.focus_first()
    assert editor(moved, "on").has_keyboard()


def test_nothing_can_be_filled_in_while_it_is_off(look: ParticipantView, qtbot: QtBot) -> None:
    form = made(qtbot, "performed", look, "SP-C02#2")
    form.set_enabled(False)
    assert not any(form.editor(name).isEnabled() for name in ("on", "at", "reason"))
    form.set_enabled(True)
    assert form.editor("on").isEnabled()


def hostile_questions() -> tuple[Question, ...]:
    options = tuple((text, text) for text in HOSTILE)
    one_of = Field("outcome", Type.ONE_OF, options=HOSTILE)
    choices = tuple((Choice(text, text, False), text) for text in HOSTILE)
    return (
        Question(one_of, HOSTILE[0], options),
        Question(replace(one_of, name="reason"), HOSTILE[1], options, free=True),
        Question(Field("detail", Type.TEXT), HOSTILE[2]),
        Question(Field("choices", Type.ANSWERS), "Questions", choices),
        Question(Field("taken", Type.YES_NO), "Taken", ((True, HOSTILE[0]), (False, HOSTILE[2]))),
    )


def test_hostile_words_are_shown_as_they_are(qtbot: QtBot) -> None:
    form = FactForm(hostile_questions(), TODAY)
    qtbot.addWidget(form)
    form.show()
    outcome = editor(form, "outcome")
    assert isinstance(outcome, ChoiceEditor)
    assert [outcome.combo.itemText(row + 1) for row in range(3)] == list(HOSTILE)
    tips = [outcome.combo.itemData(row + 1, Qt.ItemDataRole.ToolTipRole) for row in range(3)]
    assert tips[0] == "<span>&lt;img src=x&gt;&lt;b&gt;&amp;</span>"
    for text in HOSTILE:
        form.set_fields({"outcome": text, "reason": text, "detail": text})
        assert [form.fields()[name] for name in ("outcome", "reason", "detail")] == [text] * 3
    labels = form.findChildren(QLabel)
    assert {one.textFormat() for one in labels} == {Qt.TextFormat.PlainText}
    # A label with a buddy would make a key of a single &.
    shown = {one.text() for one in labels if one.buddy() is not None}
    assert {text.replace("&", "&&") for text in HOSTILE} <= shown
    assert set(HOSTILE) <= {one.text() for one in labels if one.buddy() is None}
    buttons = form.editor("taken").findChildren(QRadioButton)
    assert [one.text().replace("&&", "&") for one in buttons] == [HOSTILE[0], HOSTILE[2]]


def test_long_words_do_not_make_the_form_wide(qtbot: QtBot) -> None:
    form = FactForm(hostile_questions(), TODAY)
    qtbot.addWidget(form)
    assert form.minimumSizeHint().width() <= 240
    assert form.sizeHint().width() <= 600


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("width", [260, 1300])
def test_each_label_is_above_its_field_and_all_begin_at_one_line(
    scale: float, width: int, look: ParticipantView, qtbot: QtBot, qapp: QApplication
) -> None:
    theme.apply(qapp, False, scale)
    form = made(qtbot, "operation", look, "SP-P03")
    form.resize(width, 900)
    QApplication.processEvents()
    for row in (one for one in form._rows.values() if not one.question.rare):
        label = row.label.mapTo(form, row.label.rect().bottomLeft())
        field = row.editor.mapTo(form, row.editor.rect().topLeft())
        assert label.x() == field.x() == 0, row.name
        assert 0 < field.y() - label.y() <= 4, "the label belongs to the field below it"
        assert row.editor.geometry().right() <= form.width()
    assert form.heightForWidth(width) > 0


def test_a_form_is_as_high_as_its_rows(look: ParticipantView, qtbot: QtBot) -> None:
    form = made(qtbot, "booked", look, "SP-C02#2")
    QApplication.processEvents()
    low = form.minimumSizeHint().height()
    form.show_refusal(Refused("field_missing", "booked", name="on"))
    assert low < form.minimumSizeHint().height() < low + 60
