"""The manual page is made of the parser, and `man` reads it without a complaint."""

import shutil
import subprocess
from pathlib import Path

import pytest

from app import __version__
from app.cli.parser import make_parser
from tests.packaging.loading import script

manual = script("manual.py")


@pytest.fixture(scope="module")
def page() -> str:
    return "\n".join(manual.manual("2026-11-27")) + "\n"


def test_the_page_has_version_day_and_every_command(page: str) -> None:
    assert page.startswith(f'.TH STUDYDAY 1 "2026-11-27" "Studyday {__version__}" "User commands"\n')
    parser = make_parser()
    commands = next(one for one in parser._actions if one.dest == "command").choices
    assert commands is not None
    for name in commands:
        assert f"\n.B {str(name).replace('-', chr(92) + '-')}\n" in page, name
    for option in ("--file", "--today", "--demo", "--version"):
        assert option.replace("-", "\\-") in page


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (".ft of dose", "\\&.ft of dose"),
        ("'quoted'", "\\&'quoted'"),
        ("C:\\a", "C:\\ea"),
        ("go-on", "go\\-on"),
        ("two\n lines", "two lines"),
        ("plain", "plain"),
    ],
)
def test_no_text_is_a_command_of_the_page(text: str, written: str) -> None:
    assert manual.roff(text) == written


def test_man_reads_it_without_a_complaint(page: str, tmp_path: Path) -> None:
    if shutil.which("man") is None or shutil.which("groff") is None:
        pytest.skip("needs man and groff")
    file = tmp_path / "studyday.1"
    file.write_text(page, encoding="utf-8")
    read = subprocess.run(
        ["man", "--warnings", "--local-file", str(file)],
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MANWIDTH": "100", "HOME": str(tmp_path)},
    )
    assert read.returncode == 0
    if "minimized" not in read.stdout:
        assert read.stderr == ""
        assert "rehearse" in read.stdout
