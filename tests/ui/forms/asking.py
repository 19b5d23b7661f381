"""The questions of a kind, and one of them by its name."""

from app.services.queries.participant import ParticipantView
from app.ui.forms.questions import Question, questions_of

VISIT = "SP-C02#2"


def question(kind: str, name: str, look: ParticipantView, visit: str = "") -> Question:
    return next(one for one in questions_of(kind, look, visit) if one.field.name == name)
