"""The sheet that goes to the sponsor: every assumed value and open question, with its key and source."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from app.documents.paper import on_paper
from app.documents.protocol_details import registry_number, source_text
from app.domain.facts.confirmed_values import QUESTION
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact
from app.domain.folding import known_identifier, nearest_identifier
from app.domain.protocol.settings import ASSUMED
from app.domain.refusal import Refused
from app.services.commands.print_documents import Printout, head_on_paper, keep_print, must_print
from app.services.queries.open_values import OpenProtocol, confirmation_text, open_values
from app.services.study.output_path import Replace
from app.services.study.site_paper import paper_of
from app.services.study.study import Study
from app.wording.language import gettext as _
from app.wording.setting_words import setting_text, setting_value


def confirmation_printout(study: Study, today: date, protocol: str = "") -> Printout:
    """Return the sheet of one protocol of the study, or those of all.

    Raises:
        Refused: no such protocol, none at all, or a study that cannot be written.
    """
    from app.documents.confirmation_pages import AssumedRow, ConfirmationSheet, QuestionRow, confirmation_pages

    must_print(study)
    asked = _asked(study, protocol)
    sheets = [
        ConfirmationSheet(
            trial=one.protocol.short_title,
            registry=registry_number(one.protocol),
            version=one.protocol.version,
            title=one.protocol.title,
            questions=[
                QuestionRow(
                    f"{QUESTION}{each.id}",
                    each.question,
                    each.options,
                    each.default,
                    ", ".join(each.settings),
                    confirmation_text(each.confirmed, None),
                    confirmation_text(None, each.overtaken),
                )
                for each in one.questions
            ],
            values=[
                AssumedRow(
                    each.setting.key,
                    setting_text(one.protocol, each.setting.key),
                    setting_value(each.setting),
                    _("the site's own") if each.own else ", ".join(each.setting.source),
                    confirmation_text(each.confirmed, None),
                    confirmation_text(None, each.overtaken),
                )
                for each in one.values
                if each.is_asked
            ],
            sources=list(_sources(one)),
        )
        for one in asked
    ]
    with on_paper(paper_of(study)):
        content = confirmation_pages(sheets, today, head=head_on_paper(study))
    fields: dict[str, Json] = {"log": "confirmation", "head": str(study.head())}
    if protocol:
        fields["filter"] = {"protocol": asked[0].protocol.id}
    return Printout(content, NewFact("log_printed", fields))


def print_confirmation(study: Study, path: Path, today: date, protocol: str = "", replace: Replace = "own") -> int:
    """Print the sheet of one protocol, or those of all; return the number of pages.

    Raises:
        Refused: no such protocol, or a file that cannot be written.
    """
    return keep_print(study, confirmation_printout(study, today, protocol), today, path, replace)


def _asked(study: Study, typed: str) -> list[OpenProtocol]:
    ids = list(dict.fromkeys(one.id for one in study.facts.protocols.values()))
    if not ids:
        raise Refused("no_protocol")
    found = known_identifier(typed, ids) if typed else ""
    if typed and not found:
        near = nearest_identifier(typed, ids)
        raise Refused("protocol_not_taken", value=typed[:60], known=", ".join(ids), near=near)
    return list(open_values(study, found or ""))


def _sources(one: OpenProtocol) -> Iterable[tuple[str, str]]:
    """Yield each source that a value names, in full, in the order of their names."""
    named = {name for each in one.values if each.setting.mark == ASSUMED for name in each.setting.source}
    for name in sorted(named, key=lambda name: (len(name), name)):
        text = source_text(one.protocol, name)
        if text != name:
            yield name, text
