"""Tables as CSV: what a spreadsheet and Python's csv read back."""

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from app.exchange.log_csv import Plain, csv_bytes, safe_text

HEAD = ("participant", "reason", "days")


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=2+3", "'=2+3"), ("+46 13 10", "'+46 13 10"), ("-5 g", "'-5 g"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=2+3", "'=2+3"), ("\r\n=2+3", "'=2+3"), (" =2+3", "'=2+3"), ("\uff1d2+3", "'\uff1d2+3"),
        ("low; =2+3", "low; '=2+3"), ('a;"=2+3"', "a;\"'=2+3\""), ("x;-1;+2;@A1", "x;'-1;'+2;'@A1"),
        ("3 kg; 5 - 2", "3 kg; 5 - 2"), ("a;\uff1d2", "a;'\uff1d2"), (";=1", "';'=1"), ("=1;=2", "'=1;'=2"),
        ("a = b", "a = b"), ("one\nline", "one line"), ("a\tb", "a b"), ("\u202e=1", "\\u202e=1"), ("", ""),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_take_for_a_formula_is_text(text: str, safe: str) -> None:
    assert safe_text(text) == safe


@pytest.mark.parametrize(
    "text",
    [
        "007", "0012345", "1.10", "1,50", "3/4", "12-05", "2026/1/2", "1E5", "1e-3", "(2)", "5 %", "10:30", "9 pm",
        "1a", "12345678901234567890", "€ 5", "3 apr", "18-Dec-2026", "MARCH1", "sept 2", "May 2026", "3月4日",
        "٣", "1_000", "TRUE", "false",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_read_as_another_number_or_day_is_text(text: str) -> None:
    assert safe_text(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["0", "12", "999999999999999", "LI-001", "C1D8", "grade 2", "2 of 3", "IIIa", "–", "…", "maybe", "1 line", "T1"],
)
def test_what_stays_as_it_is_has_no_apostrophe(text: str) -> None:
    assert safe_text(text) == text


def test_days_moments_and_times_of_the_record_are_as_they_are_and_long_numbers_keep_their_digits() -> None:
    row: list[str | int | float] = [
        Plain("2026-12-02"),
        Plain("2026-11-26 15:45"),
        Plain("09:00"),
        10**15,
        1234.567,
        -0.5,
    ]
    assert read(csv_bytes(HEAD, [row]))[1] == [
        "2026-12-02", "2026-11-26 15:45", "09:00", "'1000000000000000", "1234.567", "-0.5",
    ]  # fmt: skip


def test_python_reads_back_what_was_written() -> None:
    rows = [("LI-001", 'He said "no", twice; ok', -2), ("CJ-001", "发热 改期", 3.5), ("ÅÄÖ-1", "=1+1", 0)]
    assert read(csv_bytes(HEAD, rows)) == [
        ["participant", "reason", "days"],
        ["LI-001", 'He said "no", twice; ok', "-2"],
        ["CJ-001", "发热 改期", "3.5"],
        ["ÅÄÖ-1", "'=1+1", "0"],
    ]


@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize(
    "text",
    ["=1+1", "a;=1+1", 'he said "x;=1+1"', "a\t=1+1", "a\n=1+1", ";@SUM(A1)", '";+1', "a, =1", "\r=1", "-1\n;=1"],
)
def test_no_cell_is_a_formula_by_whichever_sign_cells_are_parted(text: str, between: str) -> None:
    content = csv_bytes(HEAD, [("LI-001", text, 2)]).decode("utf-8-sig")
    cells = [cell.strip().strip('"').strip() for line in content.splitlines() for cell in line.split(between)]
    if between == ",":
        cells = [cell for line in read(content.encode()) for cell in line]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_an_empty_log_has_its_titles() -> None:
    assert csv_bytes(HEAD, []) == b"\xef\xbb\xbfparticipant,reason,days\r\n"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="there is no LibreOffice here")
def test_libreoffice_opens_it_as_text_and_computes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(csv_bytes(HEAD, [("CJ-001", "发热", 3), ("LI-001", "=2+3", -2)]))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "html:HTML:EmbedImages", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=120)
    page = (tmp_path / "log.html").read_text("utf-8")
    assert "发热" in page
    assert "'=2+3" in page
    assert ">5<" not in page
