"""Logs on paper and as files: the same rows, guarded paths, and what is recorded."""

import csv
import io
from pathlib import Path

import pytest

from app.domain.facts.log_names import log_names
from app.services.commands.print_logs import log_printout, print_log, write_log
from tests.documents.calendars import pages_of
from tests.services.ward import TODAY, Ward, refused


@pytest.fixture
def ward(file_ward: Ward) -> Ward:
    """A study in a file with an adverse event that begins like a formula."""
    file_ward.do("adverse_event", term="=Nausea", grade=2, on="2026-12-02", serious=False, detail="+1 l infused")
    return file_ward


def read(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_a_spreadsheet_gets_titles_days_and_texts(ward: Ward, tmp_path: Path) -> None:
    out = tmp_path / "ae.csv"
    assert write_log(ward.study, "adverse events", out, TODAY) == 1
    head, row = read(out)
    found = dict(zip(head, row, strict=True))
    assert found["participant"] == "LI-001"
    assert found["CTCAE term"] == "'=Nausea"
    assert found["further detail"] == "'+1 l infused"
    assert (found["day"], found["CTCAE grade"], found["serious"]) == ("2026-12-02", "2", "no")
    assert (found["recorded on"], found["recorded by"]) == ("2026-12-20", "nurse")


def test_a_file_is_not_replaced_unless_asked_and_a_study_never_is(ward: Ward, tmp_path: Path) -> None:
    out = tmp_path / "ae.csv"
    out.write_text("mine")
    refused("over_file", write_log, ward.study, "notes", out, TODAY)
    assert out.read_text() == "mine"
    assert write_log(ward.study, "notes", out, TODAY, replace="any") == 0
    refused("over_study", write_log, ward.study, "notes", ward.path, TODAY, replace="any")


def test_a_file_for_a_spreadsheet_is_no_fact(ward: Ward, tmp_path: Path) -> None:
    before = ward.study.head()
    write_log(ward.study, "contacts", tmp_path / "c.csv", TODAY)
    assert ward.study.head() == before


@pytest.mark.parametrize("name", log_names())
def test_every_log_is_printed_and_said_under_its_title(ward: Ward, name: str) -> None:
    pages = pages_of(log_printout(ward.study, name, TODAY).content)
    assert pages[0].splitlines()[0].lower().startswith(("log of", name.replace("-", " ")[:7], name[:7]))
    assert "Reviewed by" in pages[-1]


def test_paper_has_what_the_file_has(ward: Ward, tmp_path: Path) -> None:
    pages = print_log(ward.study, "adverse-events", tmp_path / "a.pdf", TODAY)
    text = "\n".join(pages_of((tmp_path / "a.pdf").read_bytes()))
    assert pages == 1
    for said in ("Adverse-event log", "1 line", "=Nausea", "+1 l infused", "Wed 2 Dec 2026", "nurse", "Serious: no"):
        assert said in text, said


def test_a_log_of_nobody_is_refused(ward: Ward, tmp_path: Path) -> None:
    refused("no_participant", write_log, ward.study, "notes", tmp_path / "n.csv", TODAY, "XX-1")
    refused("one_of", write_log, ward.study, "thoughts", tmp_path / "n.csv", TODAY)
    assert not (tmp_path / "n.csv").exists()
