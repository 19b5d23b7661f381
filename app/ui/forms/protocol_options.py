"""The possible answers of a question with their words: from the protocol where it names them, else from the wording."""

import re
from collections.abc import Callable, Iterator, Mapping

from app.documents.protocol_details import holds
from app.domain.calendar.entries import Entry
from app.domain.calendar.visit_scope import is_in_scope
from app.domain.facts.kind import UNKNOWN, Field, Kind, OptionSource, Type
from app.domain.planning.eligibility import criteria_of
from app.domain.planning.offered_names import offered_names
from app.domain.protocol.decisions import Choice
from app.domain.protocol.version import ProtocolVersion
from app.services.queries.participant import ParticipantView
from app.wording import dates
from app.wording.countries import country_name
from app.wording.fact_catalogue import KIND_WORDS
from app.wording.fact_values import spaced, value_text
from app.wording.language import gettext as _
from app.wording.language import sentence_case
from app.wording.names import visit_name

Option = tuple[object, str]
_VISIT = re.compile(r"[#@/]")


def options_of(kind: Kind, field: Field, view: ParticipantView | None, visit: str = "") -> tuple[Option, ...]:
    """Return the answers on offer; none where anything may be written."""
    if field.type is Type.ONE_OF:
        return tuple((one, sentence_case(value_text(field, one))) for one in field.options)
    if field.type is Type.YES_NO:
        return yes_no()
    if field.options_from is OptionSource.REASONS:
        return tuple((text, sentence_case(text)) for text in map(_, KIND_WORDS[kind.id].reasons))
    if view is None:
        return ()
    if field.type is Type.VISIT:
        return tuple(
            (one.key, _visit_words(one))
            for one in view.calendar.entries
            if is_in_scope(kind.visits, view.protocol, one)
        )
    own = _FROM_PARTICIPANT.get(field.options_from) if field.options_from is not None else None
    return tuple(own(view, visit)) if own is not None else protocol_options(field, view.protocol)


def protocol_options(field: Field, protocol: ProtocolVersion) -> tuple[Option, ...]:
    """Return the answers that a protocol offers to everybody."""
    source = _FROM_PROTOCOL.get(field.options_from) if field.options_from is not None else None
    return tuple(source(protocol)) if source is not None else ()


def yes_no() -> tuple[Option, ...]:
    """Return yes and no."""
    return (True, _("Yes")), (False, _("No"))


def yes_no_unknown() -> tuple[Option, ...]:
    """Return yes, no and unknown, the answers to a criterion."""
    return *yes_no(), (UNKNOWN, _("Unknown"))


def _visit_words(entry: Entry) -> str:
    day = f", {dates.day(entry.assumed)}" if entry.assumed is not None else ""
    return f"{visit_name(entry)}{day}"


# Answers that depend on the participant


def _outcomes(view: ParticipantView, visit: str) -> Iterator[Option]:
    """Return the outcomes of that visit's decision; without a visit those of all decisions, each once."""
    protocol = view.protocol
    here = protocol.decisions.get(_visit_id(visit))
    found: dict[str, str] = {}
    for decision in [here] if here is not None else protocol.decisions.values() if not visit else ():
        for outcome in decision.outcomes:
            found.setdefault(outcome, decision.labels.get(outcome) or spaced(outcome))
    yield from found.items()


def _visit_id(key: str) -> str:
    """Return the id of the row of the schedule that a visit's key belongs to."""
    return _VISIT.split(key, maxsplit=1)[0]


def _other_regimens(view: ParticipantView, _visit: str) -> Iterator[Option]:
    yield from (one for one in _regimens(view.protocol) if one[0] != view.regimen)


def _phases(view: ParticipantView, _visit: str) -> Iterator[Option]:
    stopped = {one.text("phase") for one in view.records if one.kind == "stopped"}
    yield from ((one.id, one.name) for one in view.protocol.courses if one.id not in stopped)


def _answers(view: ParticipantView, _visit: str) -> Iterator[Option]:
    """Yield every answer with the choice that it belongs to, and with a mark on the one that counts now."""
    for choice in view.protocol.choices.values():
        for value, words in answers_of(choice):
            now = view.choices.get(choice.id, choice.default) == value
            yield (choice.id, value), _("{answer} (as now)").format(answer=words) if now else words


def answers_of(choice: Choice) -> tuple[Option, ...]:
    """Return the possible answers to a question of the protocol."""
    return tuple((one, sentence_case(spaced(one))) for one in choice.values) or yes_no()


def _specimens(view: ParticipantView, visit: str) -> Iterator[Option]:
    return _named(view, "specimens", visit)


def _drugs(view: ParticipantView, visit: str) -> Iterator[Option]:
    """Yield the drugs of the visit's regimen, or of all."""
    offered = offered_names(view.protocol, {}, (), view.calendar.by_key.get(visit))
    yield from ((one, one) for one in offered.by_source[OptionSource.DRUGS])


def _questionnaires(view: ParticipantView, visit: str) -> Iterator[Option]:
    return _named(view, "questionnaires", visit)


def _named(view: ParticipantView, table: str, visit: str) -> Iterator[Option]:
    """Yield the rows of a table that the protocol has for a visit; without a visit all of them."""
    for row in view.protocol.about_rows(table):
        at, when = row.get("visits", row.get("visit")), row.get("when")
        here = not visit or _visit_id(visit) in (at if isinstance(at, list | tuple) else (at,))
        if here and (not isinstance(when, Mapping) or holds(when, view.choices)):
            name = " ".join(str(row[part]) for part in ("name", "version") if row.get(part))
            yield str(row.get("id") or name), name


# Answers that the protocol offers to everybody


def _regimens(protocol: ProtocolVersion) -> Iterator[Option]:
    for one in protocol.offered:
        known = protocol.regimens.get(one)
        yield one, known.name if known is not None else one


def _choices(protocol: ProtocolVersion) -> Iterator[Option]:
    yield from ((one.id, one.question) for one in protocol.choices.values())


def _criteria(protocol: ProtocolVersion) -> Iterator[Option]:
    """Yield the criteria with their texts, those for inclusion first."""
    yield from ((one, one.text) for one in criteria_of(protocol))


def _countries(protocol: ProtocolVersion) -> Iterator[Option]:
    yield from ((one, country_name(one)) for one in dict.fromkeys(centre.country for centre in protocol.centres))


def _centres(protocol: ProtocolVersion) -> Iterator[Option]:
    yield from ((one.name, one.name) for one in protocol.centres)


def _questions(protocol: ProtocolVersion) -> Iterator[Option]:
    """Yield the choices that are asked at enrolment; the cohort is asked by its own name."""
    yield from ((one, one.question) for one in protocol.choices.values() if one.id != "cohort")


def _cohorts(protocol: ProtocolVersion) -> Iterator[Option]:
    named = {str(row["id"]): str(row.get("name") or row["id"]) for row in protocol.about_rows("cohorts") if "id" in row}
    choice = protocol.choices.get("cohort")
    yield from named.items()
    for one in choice.values if choice is not None else ():
        if one not in named:
            yield one, sentence_case(spaced(one))


_FROM_PARTICIPANT: Mapping[OptionSource, Callable[[ParticipantView, str], Iterator[Option]]] = {
    OptionSource.ANSWERS: _answers,
    OptionSource.DRUGS: _drugs,
    OptionSource.OTHER_REGIMENS: _other_regimens,
    OptionSource.OUTCOMES: _outcomes,
    OptionSource.PHASES: _phases,
    OptionSource.QUESTIONNAIRES: _questionnaires,
    OptionSource.SPECIMENS: _specimens,
}
_FROM_PROTOCOL: Mapping[OptionSource, Callable[[ProtocolVersion], Iterator[Option]]] = {
    OptionSource.CENTRES: _centres,
    OptionSource.CHOICES: _choices,
    OptionSource.COHORTS: _cohorts,
    OptionSource.COUNTRIES: _countries,
    OptionSource.CRITERIA: _criteria,
    OptionSource.QUESTIONS: _questions,
    OptionSource.REGIMENS: _regimens,
}
