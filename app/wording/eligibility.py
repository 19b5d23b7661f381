"""What speaks against eligibility, in words."""

from collections.abc import Iterable, Mapping

from app.domain.planning.eligibility import Contradiction, ContradictionKind, Criterion, Limit
from app.wording.fact_values import field_name, line_of
from app.wording.field_catalogue import OPTION_WORDS
from app.wording.language import gettext as _
from app.wording.language import marked
from app.wording.numbers import plain_number
from app.wording.visible import shortened

_LONGEST = 60
_SENTENCES: Mapping[ContradictionKind, str] = {
    "inclusion_no": marked("{id} ({text}) is answered no"),
    "exclusion_yes": marked("{id} ({text}) is answered yes"),
    "unknown": marked("{id} ({text}) is unknown"),
    "too_young": marked("{id} asks for {limit} years or more, and the participant is at most {age}"),
    "number_above": marked("{id} allows at most {limit} ({field}), and {value} is recorded"),
    "number_below": marked("{id} asks for at least {limit} ({field}), and {value} is recorded"),
    "not_confirmed": marked("{id} asks for another confirmation of the diagnosis than: {value}"),
    "too_old": marked("{id} asks for {limit} years or less, and the participant is at least {age}"),
}


def contradictions_text(found: Iterable[Contradiction]) -> str:
    """Return what speaks against eligibility on one line, each with its criterion."""
    return "; ".join(map(_text, found))


def limits_text(criteria: Iterable[Criterion], name: str) -> str:
    """Return the limits of a number of the screening: ``I06: at most 50, at most 20 (ablation)``; empty for none."""
    found = []
    for one in criteria:
        own = [_limit_text(limit) for limit in one.limits if limit.of == name]
        if name == "year_of_birth" and not one.excludes:
            own += [_("{n} years or more").format(n=one.least)] if one.least is not None else []
            own += [_("{n} years or less").format(n=one.most)] if one.most is not None else []
        found += [f"{line_of(one.id)}: {', '.join(own)}"] if own else []
    return "; ".join(found)


def _limit_text(limit: Limit) -> str:
    words = [_("at least {n}").format(n=plain_number(limit.least))] if limit.least is not None else []
    words += [_("at most {n}").format(n=plain_number(limit.most))] if limit.most is not None else []
    procedure = OPTION_WORDS.get(limit.procedure)
    said = " ".join(words)
    return f"{said} ({_(procedure)})" if procedure is not None else said


def lesions_text(screened: int | float, operated: int | float) -> str:
    """Return that the screening and the operation have another number of lesions in the liver."""
    text = _("the screening says {screened} metastases in the liver, the operation {operated}")
    return text.format(screened=plain_number(screened), operated=plain_number(operated))


def _text(one: Contradiction) -> str:
    text = shortened(line_of(one.criterion.text), _LONGEST)
    known = OPTION_WORDS.get(str(one.value)) if isinstance(one.value, str) else None
    return _(_SENTENCES[one.kind]).format(
        id=line_of(one.criterion.id),
        text=text,
        age=one.age,
        limit=plain_number(one.limit),
        field=field_name(one.field) if one.field else "",
        value=_(known)
        if known is not None
        else plain_number(one.value)
        if isinstance(one.value, int | float)
        else one.value,
    )


def _shown(value: int | float | str) -> str:
    return plain_number(value) if isinstance(value, int | float) else value
