"""What a study file lacks, in words."""

from dataclasses import replace

import pytest

from app.domain.facts.branch import Branch, BranchKind
from app.wording.branches import branch_text, lacking_text

BEHIND = Branch(
    "behind", "b.studyday", 12, 15, 12, "2026-11-23T09:15:00.000Z", "2026-11-24T07:00:00.000Z", ("LI-001", "LI-002"), 1
)


def test_the_numbers_the_days_and_the_people_are_named() -> None:
    assert branch_text(BEHIND, "a.studyday") == (
        "a.studyday ends at fact 12, and lacks facts 13 to 15 of the backup b.studyday (recorded Mon 23 Nov 2026 to "
        "Tue 24 Nov 2026; LI-001, LI-002, 1 about the study). An older copy was put in its place, or its last facts "
        "were cut off. Make a study with `restore b.studyday NEW_FILE` and go on with that one, or say with `go-on` "
        "that this file is the right one; both keep every backup"
    )


@pytest.mark.parametrize("kind", ["behind", "forked", "other_study", "witnessed"])
def test_the_window_names_no_command(kind: BranchKind) -> None:
    branch = replace(BEHIND, kind=kind)
    assert "`" in branch_text(branch, "a")
    assert "`" not in branch_text(branch, "a", on_screen=True)
    assert branch_text(branch, "a", on_screen=True).endswith(("kept", "every backup"))


def test_a_backup_in_the_place_of_the_study_is_called_so() -> None:
    said = branch_text(BEHIND, "a.studyday", in_place=True)
    assert said.startswith(
        "a.studyday is a backup that was put in the place of the study. It ends at fact 12, and lacks"
    )


def test_many_people_are_counted() -> None:
    branch = replace(BEHIND, codes=tuple(f"LI-{number:03}" for number in range(1, 11)), of_study=0)
    assert lacking_text(branch) == (
        "facts 13 to 15 (recorded Mon 23 Nov 2026 to Tue 24 Nov 2026; LI-001, LI-002, LI-003, LI-004, LI-005, LI-006, "
        "LI-007, LI-008, 2 more participants)"
    )


def test_one_day_is_said_once() -> None:
    branch = replace(BEHIND, until="2026-11-23T16:00:00.000Z", codes=(), of_study=0)
    assert lacking_text(branch) == "facts 13 to 15 (recorded Mon 23 Nov 2026)"


def test_one_fact_is_said_as_one() -> None:
    one = replace(BEHIND, last=13, codes=(), of_study=0, since="", until="")
    assert lacking_text(one) == "fact 13"
    assert " lacks fact 13 of the backup b.studyday. " in branch_text(one, "a.studyday")
    assert " lacks fact 13 of the backup b.studyday. " in branch_text(replace(one, kind="forked"), "a.studyday")
    assert branch_text(one, "a.studyday", in_place=True).startswith(
        "a.studyday is a backup that was put in the place of the study. It ends at fact 12, and lacks fact 13 of the"
    )


def test_what_is_only_witnessed_has_one_number() -> None:
    assert lacking_text(replace(BEHIND, kind="witnessed")) == "fact 15"


def test_a_code_cannot_write_on_the_terminal() -> None:
    branch = replace(BEHIND, codes=("LI\x1b[31m",), since="\x1b", until="")
    assert "\x1b" not in lacking_text(branch)
