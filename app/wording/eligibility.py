"""What speaks against eligibility, in words."""

from collections.abc import Iterable, Mapping

from app.domain.planning.eligibility import Contradiction, ContradictionKind
from app.wording.fact_values import line_of
from app.wording.language import gettext as _
from app.wording.language import marked

_LONGEST = 60
_SENTENCES: Mapping[ContradictionKind, str] = {
    "inclusion_no": marked("{id} ({text}) is answered no"),
    "exclusion_yes": marked("{id} ({text}) is answered yes"),
    "unknown": marked("{id} ({text}) is unknown"),
    "too_young": marked("{id} asks for {limit} years or more, and the participant is at most {age}"),
    "too_old": marked("{id} asks for {limit} years or less, and the participant is at least {age}"),
}


def contradictions_text(found: Iterable[Contradiction]) -> str:
    """Return what speaks against eligibility on one line, each with its criterion."""
    return "; ".join(map(_text, found))


def _text(one: Contradiction) -> str:
    text = line_of(one.criterion.text)
    text = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return _(_SENTENCES[one.kind]).format(id=line_of(one.criterion.id), text=text, age=one.age, limit=one.limit)
