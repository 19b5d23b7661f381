"""A clock that is set back between two commands: the order stays, and the history says what happened."""

from pathlib import Path

from tests.faults.client import Server
from tests.faults.stories import STUDY
from tests.faults.studies import backups, content, leftovers, verify_backup


def at(server: Server, folder: Path, moment: str, text: str) -> None:
    ended = server.run(folder, "note", "LI-001", "SP-C01", text, clock=moment)
    assert (ended.code, ended.err) == (0, ""), ended.err


def test_a_clock_set_back_is_marked_and_the_order_stays(server: Server, folder: Path) -> None:
    before = len(content(folder / STUDY).facts)
    at(server, folder, "2031-05-05T10:00:00+00:00", "first")
    at(server, folder, "2031-05-05T09:59:59+00:00", "second")
    at(server, folder, "2031-05-05T08:00:00+00:00", "third")
    at(server, folder, "2031-05-05T08:00:10+00:00", "fourth")
    found = content(folder / STUDY).facts[before:]
    assert [fact.fields["text"] for fact in found] == ["first", "second", "third", "fourth"]
    assert [fact.clock for fact in found] == ["", "", "back 7199 s", ""]
    assert [fact.seq for fact in found] == list(range(before + 1, before + 5))
    verified = server.run(folder, "verify", clock="2020-01-01T00:00:00+00:00")
    assert (verified.code, verified.err) == (0, "")


def test_the_history_says_so_in_words_and_as_data(server: Server, folder: Path) -> None:
    at(server, folder, "2031-05-05T10:00:00+00:00", "in its time")
    at(server, folder, "2031-05-05T08:00:00+00:00", "set back")
    lines = server.run(folder, "history").out.splitlines()
    rows = [lines[i + 1] for i, line in enumerate(lines) if "in its time" in line or "set back" in line]
    assert len(rows) == 2
    assert "clock" not in rows[0]
    assert "clock" in rows[1]
    assert "back" in rows[1]
    assert '"clock": "back 7200 s"' in server.run(folder, "history", "--json").out


def test_backups_are_made_all_the_same_and_the_newest_facts_are_in_one(server: Server, folder: Path) -> None:
    at(server, folder, "2031-05-05T10:00:00+00:00", "first")
    at(server, folder, "2031-05-04T10:00:00+00:00", "a day back")
    at(server, folder, "1999-12-31T23:59:59+00:00", "a generation back")
    at(server, folder, "2031-05-05T10:00:01+00:00", "put right")
    head = content(folder / STUDY).head
    made = backups(folder)
    for one in made:
        verify_backup(one)
    assert head in {content(one).head for one in made}
    assert leftovers(folder) == []


def test_undo_takes_back_the_last_command_and_not_the_latest_moment(server: Server, folder: Path) -> None:
    at(server, folder, "2031-05-05T10:00:00+00:00", "first")
    at(server, folder, "2031-05-05T08:00:00+00:00", "second")
    assert server.run(folder, "undo", clock="2031-05-05T07:00:00+00:00").code == 0
    *_rest, first, second, undone = content(folder / STUDY).facts
    assert (first.fields["text"], second.fields["text"]) == ("first", "second")
    assert (undone.kind, undone.about, undone.clock) == ("correction", second.seq, "back 3600 s")
