"""The table of every kind of fact that a study file keeps, and what is looked up in it.

Files, forms on the screen, commands at the terminal and tests all ask this one table when they need a kind, never at
import, so a kind that is added to it is known everywhere.
"""

from collections.abc import Mapping

from app.domain.facts.clinical_kinds import CLINICAL_KINDS
from app.domain.facts.consent_kinds import CONSENT_KINDS, FORM_KINDS
from app.domain.facts.kind import Kind, Menu
from app.domain.facts.participant_kinds import ENTRY_KINDS, EXIT_KINDS
from app.domain.facts.study_kinds import CHANGE_KINDS, STUDY_KINDS
from app.domain.facts.visit_kinds import VISIT_KINDS
from app.domain.folding import known_identifier, nearest_identifier
from app.domain.refusal import Refused

_ALL = (
    *ENTRY_KINDS,
    *CONSENT_KINDS,
    *VISIT_KINDS,
    *CLINICAL_KINDS,
    *EXIT_KINDS,
    *STUDY_KINDS,
    *FORM_KINDS,
    *CHANGE_KINDS,
)
KINDS: Mapping[str, Kind] = {kind.id: kind for kind in _ALL}
"""Every kind by its id."""


def kind_of(name: str) -> Kind:
    """Return the kind of that id.

    Raises:
        Refused: there is none.
    """
    found = KINDS.get(known_identifier(name, KINDS))
    if found is None:
        raise Refused("fact_kind", value=name[:40], known=", ".join(KINDS), near=nearest_identifier(name, KINDS))
    return found


def story_kinds() -> tuple[str, ...]:
    """Return the ids of the kinds that a story may have: what the planner reads, and the events that it is told."""
    return tuple(kind.id for kind in KINDS.values() if kind.planner_fact is not None or kind.told)


def assigns_visit(kind: Kind) -> bool:
    """Return whether the program gives its visit a key; a story names it."""
    return any(field.name == "visit" and field.assigned for field in kind.fields)


def kinds_in(menu: Menu) -> tuple[str, ...]:
    """Return the ids of the kinds that a menu offers, in its order."""
    places = [(offer.place, kind.id) for kind in KINDS.values() for offer in kind.offers if offer.menu is menu]
    return tuple(name for _place, name in sorted(places, key=lambda pair: pair[0]))


def logs() -> dict[str, tuple[str, ...]]:
    """Return the logs, each with the ids of the kinds that it lists."""
    found: dict[str, tuple[str, ...]] = {}
    for kind in KINDS.values():
        if kind.log:
            found[kind.log] = (*found.get(kind.log, ()), kind.id)
    return found
