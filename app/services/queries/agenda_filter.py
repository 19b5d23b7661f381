"""The part of an agenda that somebody wants to see or print."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from app.domain.calendar.agenda import GROUPS, Agenda, AgendaRow, ReportDue
from app.domain.calendar.day_order import sort_of
from app.domain.facts.kind import Json
from app.domain.folding import known_identifier, nearest_identifier
from app.domain.protocol.regimens import DOSES
from app.domain.refusal import Refused
from app.domain.search import Search
from app.services.queries.visit_texts import activity_texts, cycle_texts
from app.services.study.study import Study
from app.wording.agenda import CATEGORIES as NAMES
from app.wording.language import gettext as _
from app.wording.names import visit_name


def _of_sort(sort: str) -> Callable[[AgendaRow], bool]:
    return lambda row: sort_of(row.entry.visit, row.entry.day_kind) == sort


CATEGORIES: Mapping[str, Callable[[AgendaRow], bool]] = {
    "dose": lambda row: row.entry.day_kind in DOSES,
    "phone": lambda row: row.entry.visit.contact == "phone",
    "unbooked": lambda row: not row.entry.is_booked,
    "bloods": _of_sort("bloods"),
    "imaging": _of_sort("imaging"),
    "surgery": _of_sort("operation"),
    "pump": _of_sort("pump"),
    "questionnaire": _of_sort("questionnaire"),
    "conference": _of_sort("conference"),
    "clinic": _of_sort("visit"),
}
"""The categories of visits that can be chosen."""
USUAL = ("dose", "phone", "unbooked")
"""Those that are chosen most often."""
BOOKED: Mapping[str, bool] = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Filter:
    """The rows that are shown: of a participant, a protocol, a category, and found by a text.

    The text is searched in code, key, name and place in a cycle, and by complete words in the activities.

    `booked`: ``yes`` or ``no``; empty for both. `people`: the participants that a search for `people_text` found; they
    count where there is such a text.
    """

    protocol: str = ""
    category: str = ""
    text: str = ""
    participant: str = ""
    people: tuple[str, ...] = ()
    people_text: str = ""
    booked: str = ""

    def accepts(self, row: AgendaRow) -> bool:
        """Whether a row is shown."""
        if self.protocol and row.protocol != self.protocol:
            return False
        if self.participant and row.participant != self.participant:
            return False
        if self.people_text and row.participant not in self.people:
            return False
        if self.category and not CATEGORIES[self.category](row):
            return False
        if self.booked and row.entry.is_booked is not BOOKED[self.booked]:
            return False
        # A list of thousands is shown without a text when the window starts, and a name takes longer than the rest.
        return not self.text or self._finds(row)

    def _finds(self, row: AgendaRow) -> bool:
        own = (row.participant, row.entry.key, visit_name(row.entry), *cycle_texts(row.entry))
        return _search_for(self.text).finds(*own, complete=activity_texts(row.entry))

    def accepts_report(self, due: ReportDue) -> bool:
        """Whether a report to be sent is shown: no choice of visits hides it, only that of participants."""
        if self.participant and due.participant != self.participant:
            return False
        return not self.people_text or due.participant in self.people


EVERYTHING = Filter()


@lru_cache(maxsize=8)
def _search_for(text: str) -> Search:
    return Search(text)


def filtered(agenda: Agenda, chosen: Filter) -> Agenda:
    """Return the agenda with the chosen rows alone."""
    if chosen == EVERYTHING:
        return agenda

    def kept(rows: tuple[AgendaRow, ...]) -> tuple[AgendaRow, ...]:
        return tuple(filter(chosen.accepts, rows))

    found = {name: kept(getattr(agenda, name)) for name in GROUPS}
    reports = tuple(one for one in agenda.reports if chosen.accepts_report(one))
    done = tuple(one for one in agenda.done if chosen.accepts(one.row))
    return Agenda(agenda.today, **found, reports=reports, done=done)


def filter_text(study: Study, chosen: Filter) -> str:
    """Return what was chosen in words, as ``only ScanPan, chemotherapy``; empty for everything."""
    titles = {one.id: study.protocol_text(one.hash).short_title for one in study.facts.protocols.values()}
    parts = [chosen.participant, titles.get(chosen.protocol, chosen.protocol)]
    parts += [_(NAMES[chosen.category])] if chosen.category else []
    parts += [_("booked") if BOOKED[chosen.booked] else _("not booked")] if chosen.booked else []
    parts += [_("“{text}”").format(text=chosen.text.strip())] if chosen.text.strip() else []
    parts += [_("participants “{text}”").format(text=chosen.people_text)] if chosen.people_text else []
    said = ", ".join(filter(None, parts))
    return _("only {what}").format(what=said) if said else ""


def filter_fields(chosen: Filter) -> dict[str, Json]:
    """Return what was chosen as a fact keeps it, by the name of each filter; empty for everything."""
    named = {
        "participant": chosen.participant,
        "protocol": chosen.protocol,
        "kind": chosen.category,
        "booked": chosen.booked,
        "find": chosen.text.strip(),
        "participants": chosen.people_text,
    }
    return {name: value for name, value in named.items() if value}


def checked_filter(study: Study, chosen: Filter) -> Filter:
    """Return the filter with code and protocol as the study knows them.

    Raises:
        Refused: the study has no such participant or protocol.
    """
    participant = study.case(study.subject(chosen.participant)).code if chosen.participant else ""
    return replace(chosen, protocol=known_protocol(study, chosen.protocol), participant=participant)


def known_protocol(study: Study, typed: str) -> str:
    """Return the id of a protocol of the study, however it was typed; empty for none.

    Raises:
        Refused: the study has no such protocol.
    """
    ids = list(dict.fromkeys(one.id for one in study.facts.protocols.values()))
    if typed and not ids:
        raise Refused("no_protocol")
    found = known_identifier(typed, ids) if typed else ""
    if typed and not found:
        near, known = nearest_identifier(typed, ids), ", ".join(ids)
        raise Refused("protocol_not_taken", "--protocol", value=typed[:60], known=known, near=near)
    return found
