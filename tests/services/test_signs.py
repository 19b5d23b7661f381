"""Signs that would steer a terminal are written out in one form wherever a text from outside is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import tables
from app.cli.agenda_tables import agenda_text
from app.cli.log_tables import log_text
from app.domain.facts.kinds import KINDS
from app.domain.facts.log_names import log_names
from app.domain.refusal import Refused
from app.services.commands import print_documents as printing
from app.services.commands.correct import propose_undo
from app.services.commands.print_logs import log_csv, log_printout
from app.services.queries.agenda import agenda
from app.services.queries.calendar import calendar_of
from app.services.queries.command_name import command_name
from app.services.queries.deviation_tables import deviations_text
from app.services.queries.deviations import deviations
from app.services.queries.history import history
from app.services.queries.logs import log_table
from app.wording.calendar_text import calendar_text
from app.wording.fact_catalogue import commands
from app.wording.fact_sentences import details, saved_text
from app.wording.refusals import refusal_text
from app.wording.visible import visible_line
from tests.documents.calendars import pages_of
from tests.services.test_every_kind_twice import EXAMPLES
from tests.services.ward import TODAY, Ward
from tests.signs import APART, SIGNS, WRITTEN, fill, free_texts, hostile, raw_signs


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Ward:
    """A study with the signs in every text."""
    ward = Ward.in_memory()
    ward.enrol()
    return fill(ward, tmp_path_factory.mktemp("turned"))


def said(ward: Ward) -> Iterator[tuple[str, str]]:
    """Every text of the terminal, with its command."""
    study = ward.study
    yield "history", "\n".join(tables.history_text(history(study, "")))
    for code in study.people():
        yield f"calendar {code}", calendar_text(*calendar_of(study, code, TODAY))
        yield f"deviations {code}", "\n".join(map(visible_line, deviations_text(deviations(study, TODAY, code))))
    yield "agenda", "\n".join(map(visible_line, agenda_text(agenda(study, TODAY, keep=False))))
    for name in log_names():
        table = log_table(study, name, TODAY)
        yield f"log {name}", "\n".join(map(visible_line, log_text(table)))
        yield f"log {name} --csv", log_csv(table).decode("utf-8-sig").replace("\r\n", "\n")
    for record in study.store.facts():
        if record.kind in KINDS and record.kind not in ("correction", "redaction"):
            yield f"fact {record.seq}", "\n".join(text for pair in details(record) for text in pair)
            yield f"command {record.command}", command_name(study, [record], TODAY)


def test_nothing_that_is_said_has_a_raw_sign(turned: Ward) -> None:
    wrong = {name: (raw_signs(text), ascii(text[:300])) for name, text in said(turned) if raw_signs(text)}
    assert wrong == {}


def test_every_text_is_said_and_written_out(turned: Ward) -> None:
    texts = dict(said(turned))
    for name in EXAMPLES:
        for field in free_texts(KINDS[name]):
            assert f"{field.name}{WRITTEN}x" in texts["history"], (name, field.name)
    for word in ("Umeå", "fair", "habit", "PI", "anna", "WARD"):
        assert f"{word}{WRITTEN}x" in texts["history"], word
    assert "Che\\u202eck" in texts["calendar OT-1"]


@pytest.mark.parametrize("name", log_names())
def test_logs_on_paper_write_them_out_in_the_same_form(turned: Ward, name: str) -> None:
    pages = "".join(pages_of(log_printout(turned.study, name, TODAY).content))
    assert raw_signs(pages) == set()
    assert "U+" not in pages


@pytest.mark.parametrize("which", ["sheets", "calendar", "agenda"])
@pytest.mark.parametrize("code", ["LI-001", "OT-1"])
def test_paper_writes_them_out_in_the_same_form(turned: Ward, which: str, code: str) -> None:
    made = {
        "sheets": lambda: printing.sheets(turned.study, code, [], TODAY),
        "calendar": lambda: printing.participant_calendar(turned.study, code, TODAY),
        "agenda": lambda: printing.visit_list(turned.study, TODAY, TODAY, TODAY.replace(year=2027)),
    }[which]()
    pages = "".join(pages_of(made.content))
    assert raw_signs(pages) == set()
    assert "U+" not in pages
    assert "\\u202e" in pages.replace("\n", "")


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name not in APART])
def test_a_refusal_says_them_back_written_out(turned: Ward, name: str) -> None:
    _kind, _words = next(one for one in commands().values() if one[0].id == name)
    for field in KINDS[name].typed_fields:
        try:
            turned.ask(name, **{"code": "LI-001", **EXAMPLES[name], field.name: f"zz{SIGNS}"})
        except Refused as refused:
            text = refusal_text(refused)
            assert raw_signs(text) == set(), field.name
    assert raw_signs(saved_text(propose_undo(turned.study, None, TODAY).facts, "LI-001")) == set()


def test_codes_and_names_are_said_back_written_out(turned: Ward) -> None:
    with pytest.raises(Refused) as caught:
        turned.study.subject(hostile("LI"))
    assert WRITTEN in refusal_text(caught.value)
    with pytest.raises(Refused) as caught:
        turned.enrol(code="LI\u202e1")
    assert "(\\u202e)" in refusal_text(caught.value)


def test_a_protocol_is_read_with_them_written_out(turned: Ward, tmp_path: Path) -> None:
    protocol = turned.study.protocol(turned.study.enrolled("OT-1"))
    assert protocol.title == "A \\u202e tiny \\u001b trial"
    assert protocol.visits["V1"].name == "Che\\u202eck"
