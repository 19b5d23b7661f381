"""One editor for each type of field."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.facts.fields import aim_of
from app.domain.facts.kind import Type
from app.domain.planning.eligibility import Criterion
from app.ui.forms.answer_editors import AnswerEditor, AnswersEditor, TicksEditor
from app.ui.forms.choice_editors import ChoiceEditor, FreeEditor, RadioEditor
from app.ui.forms.criteria_editor import CriteriaEditor
from app.ui.forms.day_edit import DayEdit
from app.ui.forms.editor import Editor
from app.ui.forms.questions import TODAY, Question
from app.ui.forms.text_editors import CodeEditor, LineEditor, LongEditor, NumberEditor, TimeEditor
from app.ui.forms.weekday_editor import WeekdaysEditor

_FEW, _LETTERS = 3, 30
"""The most answers, and the most letters of all of them, that are shown side by side."""


def editor_of(question: Question, today: date, parent: QWidget | None = None) -> Editor:
    """Return the editor for a question, with its default."""
    found = _editor(question, today, parent)
    found.setAccessibleName(question.label)
    if question.default is not None:
        found.set_value(today if question.default == TODAY else question.default)
    return found


def _editor(question: Question, today: date, parent: QWidget | None) -> Editor:
    label, options = question.label, question.options
    match question.field.type:
        case Type.DAY:
            day = DayEdit(today, label, parent)
            day.set_start(question.start)
            day.set_planned(question.start)
            day.set_aim(aim_of(question.field))
            return day
        case Type.CODE:
            return CodeEditor(label, parent)
        case Type.TIME:
            return TimeEditor(label, parent)
        case Type.WHOLE | Type.NUMBER:
            return NumberEditor(label, parent)
        case Type.WEEKDAYS:
            return WeekdaysEditor(label, parent)
        case Type.YES_NO:
            return RadioEditor(label, options, parent)
        case Type.ANSWER if options:
            return AnswerEditor(label, options, parent)
        case Type.ANSWERS:
            return AnswersEditor(label, options, parent)
        case Type.TICKS if options:
            criteria = [one for one, _words in options if isinstance(one, Criterion)]
            return CriteriaEditor(label, criteria, parent) if criteria else TicksEditor(label, options, parent)
        case Type.ONE_OF if _are_few(question):
            return RadioEditor(label, options, parent)
    if options:
        return FreeEditor(label, options, parent) if question.free else ChoiceEditor(label, options, parent)
    return LongEditor(label, parent) if question.long else LineEditor(label, parent)


def _are_few(question: Question) -> bool:
    """Tell whether the answers fit side by side; one that need not be given stays in a list, where it can be undone."""
    words = [text for _value, text in question.options]
    return question.field.required and len(words) <= _FEW and sum(map(len, words)) <= _LETTERS
