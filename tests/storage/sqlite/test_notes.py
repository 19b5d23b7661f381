"""How long the name of a study may be."""

from pathlib import Path

import pytest

from app.storage.sqlite.notes import is_too_long

# ".", the stem, "-20261130T101500Z-12345678" (26), ".studyday.json" (14) and ".12345678.part" (14) make 255 bytes.
LONGEST_STEM = 255 - 1 - 26 - 14 - 14


@pytest.mark.parametrize(
    ("stem", "too_long"),
    [
        ("x" * LONGEST_STEM, False),
        ("x" * (LONGEST_STEM + 1), True),
        ("å" * (LONGEST_STEM // 2), False),
        ("å" * (LONGEST_STEM // 2 + 1), True),
    ],
)
def test_a_name_leaves_room_for_those_of_backups(stem: str, too_long: bool) -> None:
    assert is_too_long(Path("/wards") / f"{stem}.studyday") is too_long


def test_a_path_leaves_room_for_those_of_backups() -> None:
    # The folder, "/s-backups/" (11), ".s" (2), and 26 + 14 + 14 as above: 67 more than the folder.
    assert not is_too_long(Path("/", *["f" * 147] * 3, "s.studyday"))  # 3 * 148 + 67 = 511
    assert is_too_long(Path("/", *["f" * 147] * 2, "f" * 148, "s.studyday"))


@pytest.mark.parametrize("nameless", [".", "/", ".."])
def test_a_path_without_a_name_is_not_too_long(nameless: str) -> None:
    assert not is_too_long(Path(nameless))
