"""The questions of an enrolment: those that the protocol leaves open, with its centres and regimens as answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.domain.facts.kind import Field
from app.domain.facts.kinds import KINDS
from app.domain.protocol.version import ProtocolVersion
from app.ui.forms.protocol_offer import Offer, protocol_words
from app.ui.forms.protocol_options import Option, options_of, protocol_options
from app.ui.forms.questions import TODAY, Question, hint_of, label_of

_ORDER = (
    "protocol",
    "code",
    "on",
    "consented",
    "centre",
    "country",
    "regimen",
    "cohort",
    "timing",
    "choices",
    "year_of_birth",
    "sex",
)
_ONLY_WITH_OPTIONS = frozenset({"regimen", "cohort", "choices"})
_OF_A_PROTOCOL = frozenset({"centre", "country", "timing"}) | _ONLY_WITH_OPTIONS


def enrolment_questions(offer: Offer, chosen: object) -> tuple[Question, ...]:
    """Return the questions for an enrolment in that protocol; before one is chosen, those that all protocols share."""
    return tuple(_questions(offer, offer.protocol(chosen)))


def _questions(offer: Offer, protocol: ProtocolVersion | None) -> Iterator[Question]:
    fields = {field.name: field for field in KINDS["enrolled"].fields}
    for name in _ORDER:
        if protocol is None and name in _OF_A_PROTOCOL:
            continue
        options = tuple(_options(offer, protocol, fields[name]))
        if name in _ONLY_WITH_OPTIONS and not options:
            continue
        field = replace(fields[name], required=fields[name].required or name == "regimen")
        yield Question(
            field,
            label_of("enrolled", field),
            options,
            TODAY if name == "on" else offer.usual or None if name == "protocol" else None,
            hint_of("enrolled", name),
            free=field.free,
        )


def _options(offer: Offer, protocol: ProtocolVersion | None, field: Field) -> Sequence[Option]:
    if field.name == "protocol":
        return [(one.id, protocol_words(one)) for one in offer.protocols]
    if protocol is None:
        return options_of(KINDS["enrolled"], field, None)
    if field.name == "centre":
        return [(name, name) for name in offer.centres(protocol)]
    if field.name == "country":
        return [(one, one) for one in dict.fromkeys(offer.centres(protocol).values())]
    return protocol_options(field, protocol) or options_of(KINDS["enrolled"], field, None)


def kept_answers(fields: Mapping[str, object]) -> dict[str, object]:
    """Return the answers that stay when another protocol is chosen."""
    return {name: value for name, value in fields.items() if name not in _OF_A_PROTOCOL - {"timing"}}
