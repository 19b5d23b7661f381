"""Tables as CSV: what a spreadsheet and Python's csv read back."""

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from app.exchange.log_csv import csv_bytes, safe_text

HEAD = ("participant", "reason", "days")


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=2+3", "'=2+3"), ("+46 13 10", "'+46 13 10"), ("-5 g", "'-5 g"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=2+3", "'=2+3"), ("\r\n=2+3", "'=2+3"), (" =2+3", "'=2+3"), ("\uff1d2+3", "'\uff1d2+3"),
        ("a = b", "a = b"), ("one\nline", "one line"), ("a\tb", "a b"), ("\u202e=1", "\\u202e=1"), ("", ""),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_take_for_a_formula_is_text(text: str, safe: str) -> None:
    assert safe_text(text) == safe


def test_python_reads_back_what_was_written() -> None:
    rows = [("LI-001", 'He said "no", twice; ok', -2), ("CJ-001", "发热 改期", 3.5), ("ÅÄÖ-1", "=1+1", 0)]
    assert read(csv_bytes(HEAD, rows)) == [
        ["participant", "reason", "days"],
        ["LI-001", 'He said "no", twice; ok', "-2"],
        ["CJ-001", "发热 改期", "3.5"],
        ["ÅÄÖ-1", "'=1+1", "0"],
    ]


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
