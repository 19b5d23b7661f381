"""The paper that a study's pages are printed on, as its sites have it."""

from app.domain.facts.participant_record import ParticipantRecord
from app.services.study.study import Study


def paper_of(study: Study, case: ParticipantRecord | None = None) -> str:
    """Return the size of paper of a participant's site, or the one that all sites share; empty for the usual one."""
    if case is not None and (row := study.site_row(case)) is not None:
        return row.paper
    papers = {site.paper for site in study.facts.sites.values()}
    return papers.pop() if len(papers) == 1 else ""
