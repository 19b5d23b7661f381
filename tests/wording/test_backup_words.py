"""The backups in words."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.wording.backup_words import backup_line, restored_line, size_text, tried_lines


@pytest.mark.parametrize(
    ("size", "said"), [(0, "1 kB"), (319_488, "312 kB"), (4_404_019, "4.2 MB"), (1_073_741_824, "1024.0 MB")]
)
def test_a_size(size: int, said: str) -> None:
    assert size_text(size) == said


def test_one_fact_is_no_facts() -> None:
    assert backup_line(Path("a.studyday"), 1) == "a.studyday: 1 fact."
    assert backup_line(Path("a.studyday"), 2) == "a.studyday: 2 facts."
    assert restored_line(Path("b"), 1, "1 · ab") == "b was restored: 1 fact, head 1 · ab."


def test_what_a_trial_of_a_restore_found() -> None:
    at = datetime(2026, 11, 27, 7, 30, tzinfo=UTC)
    said = tried_lines(Path("b"), at, 905, 22, is_of_study=True, since=1)
    assert said == [
        "The backup of Fri 27 Nov 2026, 07:30 can be restored: 22 participants, 905 facts, each as it was recorded.",
        "It is equal to this study up to fact 905; 1 fact was recorded since.",
    ]
    assert tried_lines(Path("b"), at, 905, 22, is_of_study=True, since=0)[1] == "It is equal to this study."
    other = tried_lines(Path("b"), None, 1, 0, is_of_study=False, since=0)
    assert other == [
        "b can be restored: 0 participants, 1 fact, each as it was recorded.",
        "It is not equal to this study: its last fact is none of this study's.",
    ]
