"""A story of a file, tried by the protocol that it names or by a protocol file."""

import json
from pathlib import Path

import pytest

from app.services.queries.tried_story import rehearsal_json, try_story
from tests.protocols.tiny import write

STORY = {
    "protocol": "scanpan",
    "today": "2026-12-20",
    "participant": {"code": "LI-001", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "AG"},
    "facts": [{"kind": "performed", "visit": "SP-C01", "on": "2026-12-16"}],
}


def written(folder: Path, **other: object) -> Path:
    """A file with the story."""
    path = folder / "story.json"
    path.write_text(json.dumps({**STORY, **other}), encoding="utf-8")
    return path


def test_the_lines_have_the_calendar_and_the_deviations(tmp_path: Path) -> None:
    tried = try_story(written(tmp_path))
    first, *more = tried.text.splitlines()
    assert first.startswith("LI-001   ScanPan")
    assert any(line.startswith("1 deviation") or line.endswith(" deviations") for line in more)
    document = json.loads(rehearsal_json(tried.rehearsal))
    # Two weeks after 30 November is 14 December.
    assert [(one["visit"], one["what"], one["days"]) for one in document["deviations"] if one["on"]] == [
        ("SP-C01", "late", 2)
    ]
    assert tried.reads == [tmp_path / "story.json"]


def test_a_protocol_file_says_what_makes_its_days_other_than_they_seem(tmp_path: Path) -> None:
    folder = tmp_path / "protocol"
    folder.mkdir()
    person = {"code": "LI-001", "enrolled_on": "2026-11-23", "country": "SE"}
    story = written(tmp_path, protocol="tiny", participant=person, facts=[])
    for name, kinds in (("Check", []), ("Check, day 17", ["name-and-offset"])):
        protocol = write(folder, ("name: Check", f'name: "{name}"'))
        tried = try_story(story, protocol)
        assert tried.rehearsal.protocol.id == "tiny"
        assert [one.kind for one in tried.faults] == kinds
        assert protocol in tried.reads


class Halted(Exception):  # noqa: N818 - a person halts it
    """Somebody has stopped it."""


def test_it_is_stopped_between_two_facts(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        assert (done, total) == (1, 1)
        raise Halted

    with pytest.raises(Halted):
        try_story(written(tmp_path), None, stop)
