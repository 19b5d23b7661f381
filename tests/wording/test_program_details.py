"""The lines that the program says about itself."""

from dataclasses import replace

import pytest

from app.wording.program_details import ProgramDetails, detail_lines

BUILT = ProgramDetails(
    version="1.2.0",
    commit="0123456789ab",
    built_on="2026-11-27",
    python="3.11.7",
    qt="6.11.3",
    sqlite="3.53.4",
    system="Linux 6.1 (x86_64)",
    study="~/a.studyday",
    backups="~/a-backups",
    settings="~/.config/studyday",
    log="~/.local/state/studyday",
)


def test_each_line_has_its_name() -> None:
    assert detail_lines(BUILT) == [
        "Version: 1.2.0",
        "Built on: 2026-11-27, from commit 0123456789ab",
        "Python: 3.11.7",
        "Qt for Python: 6.11.3",
        "SQLite: 3.53.4 (fit, with the rollback journal)",
        "System: Linux 6.1 (x86_64)",
        "Study file: ~/a.studyday",
        "Backups: ~/a-backups",
        "Settings: ~/.config/studyday",
        "Log and reports: ~/.local/state/studyday",
    ]


def test_a_checkout_says_that_it_was_not_built() -> None:
    assert detail_lines(replace(BUILT, commit="", built_on=""))[1] == "Built on: not built: it runs from its source"


@pytest.mark.parametrize(
    ("release", "is_sound"),
    [("3.51.3", True), ("3.51.10", True), ("4.0.0", True), ("3.51.2", False), ("3.50.99", False), ("3.9.9", False)],
)
def test_a_release_with_the_fault_of_the_write_ahead_log_is_named(release: str, is_sound: bool) -> None:
    line = detail_lines(replace(BUILT, sqlite=release))[4]
    assert line.startswith(f"SQLite: {release} (fit")
    assert ("has a fault" in line) != is_sound
