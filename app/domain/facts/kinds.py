"""Every kind of fact that a study file keeps, as data: its fields, what each may hold, and what it is about.

One table, so that a file, a form on the screen, a command at the terminal and a test all ask for the same.
"""

from collections.abc import Mapping

from app.domain.facts.kind import (
    Kind,
)
from app.domain.facts.participant_kinds import PARTICIPANT_KINDS
from app.domain.facts.study_kinds import CHANGE_KINDS, STUDY_KINDS

KINDS: Mapping[str, Kind] = {kind.id: kind for kind in (*PARTICIPANT_KINDS, *STUDY_KINDS, *CHANGE_KINDS)}
"""Every kind by its id."""

PLANNED_KINDS: tuple[str, ...] = tuple(kind.id for kind in KINDS.values() if kind.plans)
"""The kinds that a scenario may have."""
