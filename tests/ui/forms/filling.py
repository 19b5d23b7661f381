"""Filling a form in as a nurse would, with an answer for every question."""

from datetime import date

from app.domain.facts.kind import Type
from app.ui.forms.fact_form import FactForm
from app.ui.forms.questions import Question

BY_TYPE: dict[Type, object] = {
    Type.DAY: date(2026, 12, 18),
    Type.TIME: "930",
    Type.WHOLE: 3,
    Type.NUMBER: 42.5,
    Type.YES_NO: True,
    Type.TEXT: "as written",
    Type.CODE: "LI-031",
    Type.VISIT: "SP-C01",
}


def answer(question: Question) -> object:
    """A plausible answer; of options the last."""
    field = question.field
    if field.name == "year_of_birth":
        return 1954
    if field.name == "value":
        return None
    if field.type is Type.ANSWERS:
        return {"staged": True}
    if field.type is Type.TICKS:
        return {str(question.options[0][0]): True}
    if field.name == "end":
        return "14:15"
    if field.name == "liver":
        return "resection"
    return question.options[-1][0] if question.options else BY_TYPE[field.type]


def fill(form: FactForm, questions: tuple[Question, ...]) -> None:
    """Answer every question; twice, since an answer may bring further questions."""
    for _round in range(2):
        form.set_fields({one.field.name: answer(one) for one in questions if answer(one) is not None})
    if any(one.field.name == "value" for one in questions):
        form.set_fields({"choice": "staged"})
        form.set_fields({"value": True})
