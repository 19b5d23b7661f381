"""Files of stories: a participant as one, and what the rehearsal of one says."""

import json
from datetime import date
from pathlib import Path

import pytest

from app.domain.refusal import Refused
from app.services.commands.save_story import save_story, save_tried
from app.services.queries.tried_story import try_story
from tests.services.ward import Ward


def test_a_participant_is_tried_as_its_story_says(file_ward: Ward, tmp_path: Path) -> None:
    file_ward.do("performed", visit="SP-C01", on="2026-11-30", at="10:15")
    path = tmp_path / "story.json"
    steps: list[tuple[int, int]] = []
    save_story(
        file_ward.study, "LI-001", path, file_ward.today, progress=lambda done, total: steps.append((done, total))
    )
    assert steps
    assert steps[-1][0] == steps[-1][1]
    tried = try_story(path)
    assert tried.rehearsal.calendar.by_key["SP-C01"].performed == date(2026, 11, 30)

    save_tried(tried, "text", tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_text("utf-8") == f"{tried.text}\n"
    save_tried(tried, "json", tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["participant"] == "LI-001"


def test_neither_the_story_nor_the_open_study_is_written_over(file_ward: Ward, tmp_path: Path) -> None:
    path = tmp_path / "story.json"
    save_story(file_ward.study, "LI-001", path, file_ward.today)
    tried = try_story(path)
    before = path.read_bytes()
    for target, kind in ((path, "over_input"), (file_ward.path, "over_study")):
        with pytest.raises(Refused) as refused:
            save_tried(tried, "text", target, "any", file_ward.path)
        assert refused.value.kind == kind
    assert path.read_bytes() == before
    with pytest.raises(Refused):
        save_story(file_ward.study, "LI-001", file_ward.path, file_ward.today, "any")
