"""The texts by which a visit is found: its name, its place in a cycle, its activities and questionnaires, its key."""

from app.documents.protocol_details import holds, questionnaires
from app.domain.calendar.entries import Entry
from app.domain.protocol.regimens import DAY_KIND
from app.domain.protocol.version import ProtocolVersion
from app.domain.search_index import Title
from app.wording.names import visit_name


def title_of(protocol: ProtocolVersion, entry: Entry) -> Title:
    """Return the name of a visit, with what else finds it: ``C3D8``, what may be done at it, its key.

    An activity that depends on a participant's answers counts for everybody: the name is that of many participants.
    """
    asked = dict.fromkeys(questionnaires(protocol, entry.visit.id, {}))
    return Title(visit_name(entry), (*cycle_texts(entry), *activity_texts(entry), *asked, entry.key))


def cycle_texts(entry: Entry) -> tuple[str, ...]:
    """Return the place in a cycle as staff write it, ``C3D8``; nothing for a visit outside cycles."""
    return (f"C{entry.cycle}D{entry.day}",) if entry.cycle and entry.day else ()


def activity_texts(entry: Entry) -> tuple[str, ...]:
    """Return what may be done at a visit on its kind of day."""
    kind = {DAY_KIND: entry.day_kind}
    return tuple(
        one.text
        for one in entry.visit.activities
        if DAY_KIND not in one.when or holds({DAY_KIND: one.when[DAY_KIND]}, kind)
    )
