"""Logs on paper and as files: the same rows, guarded paths, and what is recorded."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.documents.log_layouts import layout_of
from app.domain.facts.log_names import log_names
from app.services.commands import enrol
from app.services.commands.consent_forms import identified_not_screened
from app.services.commands.print_logs import log_csv, log_printout, print_log, write_log
from app.services.queries.history_log import history_table
from app.services.queries.log_filter import LogFilter
from app.services.queries.logs import log_table
from app.wording.log_words import log_title
from tests.documents.calendars import pages_of
from tests.documents.golden import compare
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


def test_no_cell_becomes_a_formula_or_loses_a_sign(ward: Ward, tmp_path: Path) -> None:
    ward.do("specimen", visit="SP-R01", on="2026-12-02", specimen="blood_biomarkers", taken=True, label="0012", mg=5)
    ward.do("contact", on="2026-12-18", at="09:00", reached=False, how="telephone", detail="3/4")
    for name in log_names():
        write_log(ward.study, name, tmp_path / f"{name}.csv", TODAY)
        for row in read(tmp_path / f"{name}.csv"):
            assert [cell for cell in row if cell.startswith(("=", "+", "@"))] == []
    assert {"'0012", "2026-12-02"} <= set(read(tmp_path / "specimens.csv")[1])
    contact = dict(zip(*read(tmp_path / "contacts.csv"), strict=True))
    assert (contact["time"], contact["further detail"]) == ("09:00", "'3/4")


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
    assert pages[0].splitlines()[0] == log_title(name)
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


# Each log as it was last read, of two participants


@pytest.fixture(scope="module")
def filled() -> Ward:
    """LI-001 of ScanPan and CJ-001 of NCT06873178, with a line in each log and what was corrected or taken back."""
    ward = Ward.in_memory()
    ward.site()
    ward.enrol()
    ward.enrol_cn()
    screening = {"protocol": "scanpan", "on": "2026-12-18", "outcome": "failure", "reason": "ECOG 2"}
    enrol.screen(ward.study, {"code": "LI-009", **screening}, TODAY)
    passed = {"on": "2026-12-07", "count": 3, "failed_for": "declined", "reason": "travel"}
    ward.set_study(identified_not_screened(ward.study, passed, "scanpan", TODAY))
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.do("treatment", visit="SP-C03#1.8", on="2026-12-11", given="reduced", percent=75, reason="neutrophils 1.1")
    ward.do("deviation_classed", visit="SP-C03#1.8", cause="chair taken", **{"class": "minor"})
    ward.do("questionnaire", visit="SP-S08", questionnaire="eq5d", on="2026-11-23", done=False, reason="forgotten")
    ward.do("note", visit="SP-C01", text="端口疼痛 port painful")
    ward.do("consent", answer="given", on="2026-11-23", version="3.1", language="sv", copy=True, informed_by="IB")
    ward.do("contact", on="2026-12-18", at="10:00", reached=True, alive="yes", how="telephone")
    ward.do("adverse_event", term="Sepsis", grade=4, on="2026-12-17", serious=True, criterion="hospitalisation",
            aware_on="2026-12-18", aware_at="15:45", expected=False, outcome="recovering")  # fmt: skip
    ward.do("safety_report", what="initial", on="2026-12-19", at="09:00", recipient="sponsor")
    ward.do("operation", "CJ-001", visit="CJ-P02", on="2026-12-14", pancreas="distal_pancreatectomy", liver="resection")
    ward.do(
        "specimen", "CJ-001", visit="CJ-P02", on="2026-12-14", specimen="tumour_tissue", taken=True, mg=96, label="T1"
    )
    ward.do("complication", "CJ-001", what="fistula", grade="II", on="2026-12-16", popf="B")
    ward.correct(ward.last, grade="IIIa")
    ward.do("progression", "CJ-001", what="recurrence", on="2026-12-18", site="liver")
    ward.do("unscheduled", "CJ-001", reason="fever", on="2026-12-18")
    ward.do("withdrawn", "CJ-001", scope="all", on="2026-12-19", reason="own wish", last_medication_on="none")
    ward.do("note", visit="SP-C01", text="written in error")
    ward.undo()
    return ward


@pytest.mark.parametrize("name", [name for name in log_names() if name != "deviations"])
def test_each_log_as_it_was_last_read(filled: Ward, name: str) -> None:
    pages = pages_of(log_printout(filled.study, name, TODAY).content)
    kept = [line for page in pages for line in page.splitlines() if not line.startswith("record ")]
    compare(f"logs/{name}", "\n".join(kept))


@pytest.mark.parametrize("name", log_names())
def test_every_column_has_its_place_on_paper(filled: Ward, name: str) -> None:
    columns = [one.name for one in log_table(filled.study, name, TODAY).columns]
    layout = layout_of(name, columns)
    placed = {line.cell for column in layout.columns for line in column.lines} | layout.said_otherwise
    assert set(columns) <= placed


@pytest.mark.parametrize("name", log_names())
def test_paper_and_file_have_the_same_lines(filled: Ward, name: str, tmp_path: Path) -> None:
    rows = log_table(filled.study, name, TODAY).rows
    content = log_csv(log_table(filled.study, name, TODAY)).decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(content, newline="")))) == len(rows) + 1
    assert rows or name == "printed"


def printed_part(ward: Ward, name: str, code: str = "", **chosen: Any) -> Any:
    return log_printout(ward.study, name, TODAY, code, chosen=LogFilter(**chosen)).fact.fields.get("filter")


def test_the_fact_of_a_printed_log_says_which_part_was_printed(ward: Ward) -> None:
    first, last = date(2026, 12, 1), date(2026, 12, 24)
    period = {"from": "2026-12-01", "to": "2026-12-24"}
    assert printed_part(ward, "adverse events", protocol="ScanPan", first=first, last=last, by="Nurse") == {
        "protocol": "scanpan", **period, "by": "nurse",
    }  # fmt: skip
    assert printed_part(ward, "history", "LI-001", first=first) == {"from": "2026-12-01"}
    assert printed_part(ward, "adverse events") is None
    # its rows have no day: its head names no period either
    assert printed_part(ward, "flow", protocol="scanpan", first=first, last=last) == {"protocol": "scanpan"}


def test_the_part_is_read_in_the_history(ward: Ward, tmp_path: Path) -> None:
    chosen = LogFilter("scanpan", date(2026, 12, 1), date(2026, 12, 24), "nurse")
    print_log(ward.study, "notes", tmp_path / "notes.pdf", TODAY, chosen=chosen)
    print_log(ward.study, "notes", tmp_path / "own.pdf", TODAY, "LI-001", chosen=LogFilter(last=date(2026, 12, 24)))
    said = [row.cell("what").text for row in log_table(ward.study, "printed", TODAY).rows]
    text = history_text(ward)
    part = "only by: nurse; from: Tue 1 Dec 2026; protocol: scanpan; to: Thu 24 Dec 2026"
    assert f"log printed: notes, {part}; head of the chain" in text
    assert "of notes, only to: Thu 24 Dec 2026; head of the chain" in text
    assert len(said) == 2


def history_text(ward: Ward) -> str:
    return "\n".join(row.cell("what").text for row in history_table(ward.study, TODAY).rows)


def test_a_log_of_one_participant_says_whose_it_is_and_of_which_trial(ward: Ward) -> None:
    """Also one without a row: that somebody had no complication is a statement about somebody."""
    (page,) = pages_of(log_printout(ward.study, "complications", TODAY, "LI-001").content)
    assert "LI-001 – 0 lines" in page
    assert "NCT05271110" in page
    assert "NCT06873178" not in page
    (other,) = pages_of(log_printout(ward.study, "complications", TODAY, chosen=LogFilter("nct06873178")).content)
    assert "NCT06873178" in other
    assert "NCT05271110" not in other
    (both,) = pages_of(log_printout(ward.study, "complications", TODAY).content)
    assert "NCT05271110, NCT06873178" in both


def test_a_long_name_of_the_site_does_not_hide_that_a_log_is_a_part(ward: Ward) -> None:
    name = "Karolinska universitetssjukhuset Huddinge, Kirurgisk mottagning för övre buksjukdomar, plan 3, enhet 8841"
    ward.site(name=name)
    chosen = LogFilter("scanpan", date(2026, 12, 1), date(2026, 12, 24))
    (page,) = pages_of(log_printout(ward.study, "adverse events", TODAY, chosen=chosen).content)
    said = " ".join(page.split())
    assert f"{name} – 1 line, only ScanPan, 1 – 24 Dec 2026" in said.replace("Tue 1 – Thu 24", "1 – 24")
