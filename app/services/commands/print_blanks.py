"""Blank pages of the logs that are kept by hand, with the study, the centre and the participant on them."""

from datetime import date
from pathlib import Path

from app.documents.paper import on_paper
from app.documents.protocol_details import registry_number
from app.domain.facts.blank_pages import OF_STUDY, blank_page
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused
from app.services.commands.print_documents import Printout, head_on_paper, keep_print, must_print
from app.services.commands.record import mark_of
from app.services.study.output_path import Replace
from app.services.study.site_paper import paper_of
from app.services.study.study import Study


def blank_printout(study: Study, name: str, today: date, code: str = "") -> Printout:
    """Return a blank page, for one participant or to write the code on.

    Raises:
        Refused: no such page or participant, a page of the study for a participant, or a study that cannot be written.
    """
    from app.documents.blank_pages import PageOwner, blank_pages

    page = blank_page(name)
    must_print(study)
    if code and page in OF_STUDY:
        raise Refused("page_of_study", page)
    fields: dict[str, Json] = {"log": f"{page} (blank)", "head": str(study.head())}
    head = head_on_paper(study)
    if not code:
        owner = PageOwner(*_trials(study), study.site_title())
        with on_paper(paper_of(study)):
            return Printout(blank_pages(page, owner, today, head=head), NewFact("log_printed", fields))
    case = study.case(study.subject(code))
    trial = _trial(study.protocol(case)) if case.enrolled is not None else _trials(study)
    site = study.site_name(case) or study.site_title()
    owner = PageOwner(*trial, site, case.code)
    with on_paper(paper_of(study, case)):
        content = blank_pages(page, owner, today, head=head)
    fields = {"what": "log", **fields}
    return Printout(content, NewFact("printed", fields, case.subject, protocol=mark_of(case.enrolled)))


def print_blank(study: Study, name: str, path: Path, today: date, code: str = "", replace: Replace = "own") -> int:
    """Print a blank page; return the number of pages.

    Raises:
        Refused: no such page or participant, or a file that cannot be written.
    """
    return keep_print(study, blank_printout(study, name, today, code), today, path, replace)


def _trial(protocol: ProtocolVersion) -> tuple[str, str, str]:
    return protocol.short_title, registry_number(protocol), protocol.version


def _trials(study: Study) -> tuple[str, str, str]:
    """Return title, registry number and version of the study's protocol; of several, all numbers and no version."""
    latest = {row.id: row.hash for row in study.facts.protocols.values()}
    found = [_trial(study.protocol_text(one)) for one in latest.values()]
    if len(found) == 1:
        return found[0]
    titles, numbers = (", ".join(dict.fromkeys(one[part] for one in found)) for part in (0, 1))
    return titles, numbers, ""
