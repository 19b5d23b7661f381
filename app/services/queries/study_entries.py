"""The lines of a list of the study: its facts of one kind that count, such as the versions of the consent form."""

from app.domain.facts.kinds import KINDS
from app.domain.facts.records import Recorded
from app.services.study.study import Study


def study_entries(study: Study, kind: str) -> list[Recorded]:
    """Return the facts of a kind that count, by their day; a later one about the same thing replaces an earlier one."""
    found = [one for one in study.study_records() if one.kind == kind]
    if kind == "consent_form":
        found = list({tuple(one.text(name) for name in KINDS[kind].thing): one for one in found}.values())
    return sorted(found, key=lambda one: (one.text("on"), one.seq))


def protocols_of(study: Study) -> list[tuple[str, str]]:
    """Return the id and the short title of each protocol of the study."""
    rows = [study.facts.latest(name) for name in dict.fromkeys(one.id for one in study.facts.protocols.values())]
    return [(row.id, study.protocol_text(row.hash).short_title) for row in rows if row is not None]
