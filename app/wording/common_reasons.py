"""The reasons that are often given, as a form offers them: those that fit what is recorded, the most frequent first."""

from app.wording.language import marked

_REQUEST, _ILL = marked("participant request"), marked("illness")
_COUNTS, _EFFECTS = marked("low blood counts"), marked("side effects")
_CLOSED, _TRAVEL, _SUPPLY = marked("site closure"), marked("travel"), marked("drug supply")
_PROGRESSION, _PHYSICIAN = marked("progression"), marked("decision of the physician")
_MOVED_AWAY, _ENTRY, _OTHER = marked("moved away"), marked("entry error"), marked("other")

OF_A_DAY = (_REQUEST, _ILL, _COUNTS, _CLOSED, _TRAVEL, _SUPPLY, _OTHER)
"""Why a visit has another day, or one outside its window."""
OF_NO_BOOKING = (*OF_A_DAY[:-1], _ENTRY, _OTHER)
OF_ABSENCE = (_REQUEST, _ILL, _CLOSED, _TRAVEL, _OTHER)
OF_A_DOSE = (_COUNTS, _EFFECTS, _ILL, _REQUEST, _SUPPLY, _PHYSICIAN, _OTHER)
"""Why a dose was reduced or omitted."""
OF_A_STOP = (_REQUEST, _EFFECTS, _PROGRESSION, _PHYSICIAN, _ILL, _OTHER)
OF_WITHDRAWAL = (*OF_A_STOP[:-1], _MOVED_AWAY, _OTHER)
OF_A_SAMPLE = (_REQUEST, _ILL, _PHYSICIAN, _OTHER)
"""Why a specimen was not taken, or a form not filled in."""

COMMON_REASONS = tuple(
    dict.fromkeys((*OF_NO_BOOKING, *OF_ABSENCE, *OF_A_DOSE, *OF_WITHDRAWAL, *OF_A_SAMPLE)),
)
"""Every one of them, in which a slip of the keyboard is recognised whatever is recorded."""
