"""Wrong lives, as somebody tries them who has read the README alone: at the terminal, and told as stories.

Each row says what is given and what must be answered: what is taken, or the words of the refusal that name the place
and the remedy. What is refused leaves the study as it was.
"""

import contextlib
import io
import json
import os
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlite

from app import bootstrap
from app.cli.main import run
from app.services.study.environment import Environment

ENROLLED = "2026-11-23"
ENROL = ("enrol", "--protocol", "scanpan", "--on", ENROLLED, "--country", "SE", "--regimen", "MFFX", "--code")


class Desk:
    """A terminal in a folder of its own, with one study and one participant."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], now: datetime) -> None:
        self.folder, self._capsys, self.who, self.now = folder, capsys, "anna", now
        self.out = self.err = ""

    def give(self, *words: str, file: str = "s.studyday") -> int:
        """Give a command a minute later; its exit code."""
        self._capsys.readouterr()
        self.now += timedelta(minutes=1)
        here = Environment(self.who, "WARD-3", "Europe/Stockholm", lambda: self.now)
        try:
            code = int(run([*(["-f", file] if file else []), *words], here, bootstrap.log))
        except SystemExit as ended:
            code = int(str(ended.code))
        self.out, self.err = self._capsys.readouterr()
        return code

    def do(self, *words: str) -> None:
        assert self.give(*words) == 0, self.err

    def go(self, day: str) -> None:
        self.now = datetime.fromisoformat(f"{day}T08:00:00+00:00")

    def facts(self) -> list[tuple[Any, ...]]:
        """Everything that is recorded, as it is in the file."""
        with contextlib.closing(sqlite.connect(self.folder / "s.studyday")) as file:
            return list(file.execute("SELECT * FROM fact ORDER BY seq"))

    def refused(self, words: Sequence[str], says: str, file: str = "s.studyday") -> None:
        """The command is refused with these words, and the study is as it was."""
        before = self.facts()
        assert self.give(*words, file=file) == 2, (words, self.out)
        assert says in self.err.replace("\n", " "), self.err
        assert self.facts() == before

    def story(self, *facts: dict[str, Any], today: str = "2026-12-20", **person: Any) -> int:
        """Rehearse a story of these facts; its exit code."""
        told = {"code": "LI-001", "enrolled_on": ENROLLED, "country": "SE", "regimen": "MFFX", **person}
        document = {"protocol": "scanpan", "today": today, "participant": told, "facts": list(facts)}
        (self.folder / "told.json").write_text(json.dumps(document), "utf-8")
        return self.give("rehearse", "told.json", "--json", file="")


@pytest.fixture(scope="module")
def first_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the study as it is at the beginning, to be copied; what was read of the protocols is next to it."""
    return tmp_path_factory.mktemp("first") / "desk"


@pytest.fixture
def desk(first_desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "own" / name.lower()))
    monkeypatch.setenv("XDG_CACHE_HOME", str(first_desk.with_name("cache")))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    begin = datetime(2026, 11, 23, 8, tzinfo=UTC)
    if not first_desk.exists():
        first_desk.mkdir(0o700)
        monkeypatch.chdir(first_desk)
        first = Desk(first_desk, capsys, begin)
        first.do("new")
        first.do("site", "U", "--country", "SE", "--zone", "Europe/Stockholm")
        first.do(*ENROL, "LI-001")
    folder = Path(shutil.copytree(first_desk, tmp_path / "desk"))
    monkeypatch.chdir(folder)
    return Desk(folder, capsys, begin + timedelta(minutes=3))


# Where something is written

FOLDERS = ("dir", "dir/", "./", "..", "dir/new.pdf/", "ok.pdf/", "linked")
PATHS: dict[str, str] = {
    **dict.fromkeys(FOLDERS, "names a folder. Give the name of a file"),
    **dict.fromkeys(("", " ", "-"), "no file is named to write to. Give its name"),
    **dict.fromkeys(("a\nb.pdf", "x.pdf\u200b", "a\tb.pdf"), "has a sign in it that cannot be seen. Type the name"),
    **dict.fromkeys(("/dev/full", "/dev/null", "nowhere.pdf"), "no ordinary file but a device, a pipe or a link"),
    **dict.fromkeys(("new.StudyDay", "s.studyday.", "s.studyday "), "has the ending of a study file"),
    **dict.fromkeys(("twin.pdf", "soft.pdf", "around/s.studyday", "s.studyday-journal"), "is never written over"),
    "none/x.pdf": "does not exist. Make it first",
    "s.studyday/x.pdf": "cannot be written: not a directory",
    "letter.pdf": "exists already and is left as it is. Choose another name, or replace it with --force",
}  # fmt: skip


def fill(folder: Path) -> None:
    """What is there already: folders, links of both sorts to the study, a PDF of another program."""
    (folder / "dir").mkdir()
    (folder / "linked").symlink_to("dir")
    (folder / "around").symlink_to(".")
    (folder / "soft.pdf").symlink_to("s.studyday")
    (folder / "nowhere.pdf").symlink_to("nothing")
    os.link(folder / "s.studyday", folder / "twin.pdf")
    (folder / "letter.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    (folder / "ok.pdf").write_bytes(b"")


@pytest.mark.parametrize("path", PATHS, ids=ascii)
def test_a_path_where_no_pdf_can_be(desk: Desk, path: str) -> None:
    fill(desk.folder)
    desk.refused(("print", "calendar", "LI-001", "-o", path), PATHS[path])
    assert desk.story() == 0
    desk.refused(("rehearse", "told.json", "--print", "calendar", "-o", path), PATHS[path], file="")
    if path != "letter.pdf":
        desk.refused(("print", "calendar", "LI-001", "-o", path, "--force"), PATHS[path])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("restore", "s.studyday", "-"), "no file is named"),
        (("restore", "s.studyday", "dir/"), "names a folder"),
        (("restore", "s.studyday", "around/s.studyday"), "exists already"),
        (("restore", "s.studyday", "nowhere.pdf"), "exists already"),
        (("restore", "s.studyday", "twin.pdf-wal"), "is never written over"),
        (("backup", "--to", "-"), "no folder is named"),
        (("backup", "--to", "soft.pdf"), "is no folder"),
        (("backup", "--to", "/dev/null"), "is no folder"),
        (("-f", "", "note", "LI-001", "x"), "the value is empty. Give one, or leave the option out"),
        (("-f", " ", "undo", "--sure"), "the value is empty. Give one, or leave the option out"),
        (("--today", "", "agenda"), "the value is empty. Give one, or leave the option out"),
    ],
    ids=str,
)
def test_other_paths_that_are_none(desk: Desk, words: tuple[str, ...], says: str) -> None:
    fill(desk.folder)
    desk.refused(words, says)


# Days, typed on Mon 14 Dec 2026

DAYS: dict[str, str] = {
    "21/12": "2026-12-21",
    "2026年12月21日": "2026-12-21",
    "12月21日": "2026-12-21",
    "\uff12\uff10\uff12\uff16-12-21": "2026-12-21",
    "\uff12\uff11/\uff11\uff12": "2026-12-21",
    "20261221": "2026-12-21",
    "26-12-21": "2026-12-21",
    "21.12.26": "2026-12-21",
    "2026\u221212\u221221": "2026-12-21",
    "dec 21st": "2026-12-21",
    "21dec": "2026-12-21",
    "MON 21 DEC": "2026-12-21",
    "1.5": "2027-05-01",
    "5.1": "2027-01-05",
    "2027年1月5日": "2027-01-05",
    "0.3.27": "no calendar has",
    "3.0.27": "no calendar has",
    "31/4": "no calendar has",
    "29 feb 2027": "no calendar has",
    "2026-12-32": "no calendar has",
    "12/21/2026": "no calendar has",
    "2027-W05-1": "is no date",
    "2026-355": "is no date",
    "1,5": "is no date",
    "day 30": "is no date",
    "i morgon": "is no date",
    "+1m": "is no date",
    "261221": "is no date",
    "2026-12-21Z": "is no date",
    "tue 21 dec": "can be Mon 21 Dec 2026 or Tue 21 Dec 2027",
    "mon": "can be Mon 14 Dec 2026 or Mon 21 Dec 2026",
    "12-01": "can be",
}


@pytest.mark.parametrize("typed", DAYS)
def test_a_day_is_read_the_same_everywhere_or_refused_with_its_reason(desk: Desk, typed: str) -> None:
    desk.go("2026-12-14")
    book = ("book", "LI-001", "SP-C02#3", "--on", typed, "--sure", "--json")
    told = {"kind": "booked", "visit": "SP-C02#3", "on": typed}
    if DAYS[typed][:2] == "20":
        desk.do(*book)
        desk.do("calendar", "LI-001", "--json")
        assert booked(desk.out) == DAYS[typed]
        assert desk.story(told, today="2026-12-14") == 0, desk.err
        assert booked(desk.out) == DAYS[typed]
    else:
        desk.refused(book, DAYS[typed])
        assert desk.story(told, today="2026-12-14") == 2
        assert DAYS[typed] in desk.err
        assert "fact 1" in desk.err


def booked(out: str) -> object:
    """The day on which the visit is booked, in the calendar as JSON."""
    return next(one["booked"] for one in json.loads(out)["entries"] if one["visit"] == "SP-C02#3")


# Ends, on 17 December, after cycle 2 on the 14th; what follows is before, at and after it

ENDS: dict[str, tuple[tuple[str, ...], dict[str, str], str]] = {
    "died": (("died",), {"kind": "died"}, "lies after the death"),
    "all": (
        ("withdraw", "all"),
        {"kind": "withdrawn", "scope": "all", "reason": "r"},
        "lies after the withdrawal from the study",
    ),
    "treatment": (
        ("withdraw", "treatment"),
        {"kind": "withdrawn", "scope": "treatment", "reason": "r"},
        "belongs to the treatment, from which the participant withdrew",
    ),
    "lost": (("lost",), {"kind": "lost", "reason": "r"}, "lost to follow-up (Thu 17 Dec 2026)"),
    "stopped": (
        ("stop", "preop_chemo"),
        {"kind": "stopped", "phase": "preop_chemo", "reason": "r"},
        "belongs to preop_chemo, which was stopped on Thu 17 Dec 2026",
    ),
}
DECIDED = {"kind": "decided", "visit": "SP-R01"}
WHY = {"reason": "r"}
FACTS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "dose": (("record", "SP-C02#3", "--on"), {"kind": "performed", "visit": "SP-C02#3"}),
    "visit": (("record", "SP-R01", "--on"), {"kind": "performed", "visit": "SP-R01"}),
    "pump": (("record", "SP-C03#2.3", "--on"), {"kind": "performed", "visit": "SP-C03#2.3"}),
    "booking": (("book", "SP-R01", "--on"), {"kind": "booked", "visit": "SP-R01"}),
    "decision": (("decide", "SP-R01", "response", "--on"), {**DECIDED, "outcome": "response"}),
    "regimen": (("regimen", "AG", "--on"), {"kind": "regimen_changed", "to": "AG"}),
    "miss": (("miss", "SP-C02#4", "--reason", "r", "--on"), {"kind": "missed", "visit": "SP-C02#4", **WHY}),
    "omission": (("omit", "SP-C02#4", "--reason", "r", "--on"), {"kind": "omitted", "visit": "SP-C02#4", **WHY}),
    "choice": (("choose", "eortc", "yes", "--on"), {"kind": "chosen", "choice": "eortc", "value": True}),
    "illness": (("adverse-event", "Nausea", "--grade", "2", "--no-serious", "--on"), {}),
    "complication": (("complication", "Leak", "--grade", "II", "--on"), {}),
    "progression": (("progression", "progression", "--site", "liver", "--on"), {}),
    "form": (("questionnaire", "SP-S08", "EQ-5D", "--done", "--on"), {}),
    "specimen": (("specimen", "SP-S02", "blood_biomarkers", "--taken", "--on"), {}),
    "contact": (("contact", "--reached", "--on"), {}),
    "treatment": (("treatment", "SP-C02#3", "--given", "full", "--on"), {}),
    "operation": (("operation", "SP-P03", "--pancreas", "none", "--liver", "ablation", "--on"), {}),
}  # fmt: skip
AFTER_ALL = set(FACTS)
REFUSED_AFTER: dict[str, set[str]] = {
    "died": AFTER_ALL,
    "all": AFTER_ALL - {"pump"},
    "lost": AFTER_ALL - {"pump"},
    "treatment": {"dose", "regimen", "decision", "miss", "omission", "treatment", "operation"},
    "stopped": {"dose", "miss", "omission", "treatment"},
}
"""The pump of a dose that was given is disconnected after every end but death; follow-up outlives a treatment, but
nothing is decided about one that was left."""
PAST = (
    ("2026-11-30", "SP-C01"),
    ("2026-12-02", "SP-C03#1.3"),
    ("2026-12-14", "SP-C02#2"),
)


IN_EVERY_RUN = {("died", "2026-12-18"), ("all", "2026-12-18"), ("treatment", "2026-12-18"), ("stopped", "2026-12-17")}
ENDS_AND_DAYS = [
    # The others, and before and at most ends, where nothing is refused, in the night.
    pytest.param(end, day, marks=[] if (end, day) in IN_EVERY_RUN else pytest.mark.slow)
    for end in ENDS
    for day in ("2026-12-16", "2026-12-17", "2026-12-18")
]


@pytest.mark.parametrize(("end", "day"), ENDS_AND_DAYS)
def test_every_end_against_every_fact_before_at_and_after_it(desk: Desk, end: str, day: str) -> None:
    words, told_end, says = ENDS[end]
    past = [{"kind": "performed", "visit": visit, "on": on} for on, visit in PAST]
    for on, visit in PAST:
        desk.go(on)
        desk.do("record", "LI-001", visit, "--on", on)
    desk.go("2026-12-20")
    reason = ("--reason", "r") if "reason" in told_end else ()
    desk.do(words[0], "LI-001", *words[1:], "--on", "2026-12-17", *reason)
    for name, (given, told) in FACTS.items():
        if not told and day != "2026-12-18":
            continue  # events before and at the end are tried in the tests of the domain
        line = (given[0], "LI-001", *given[1:], day, "--sure")
        story = (*past, {**told_end, "on": "2026-12-17"}, {**told, "on": day})
        if day == "2026-12-18" and name in REFUSED_AFTER[end]:
            desk.refused(line, says)
            if told:
                assert desk.story(*story) == 2, name
                assert says in desk.err
                assert "fact 5" in desk.err
        else:
            assert desk.give(*line) == 0, (name, desk.err)
            desk.do("undo", "--sure")
            if told:
                assert desk.story(*story) == 0, (name, desk.err)


@pytest.mark.parametrize(
    "words",
    [
        ("adverse-event", "LI-001", "Nausea", "--grade", "2", "--no-serious"),
        ("complication", "LI-001", "Leak", "--grade", "II"),
        ("questionnaire", "LI-001", "SP-S08", "EQ-5D", "--done"),
    ],
    ids=lambda one: one[0],
)
def test_nobody_falls_ill_or_answers_after_death(desk: Desk, words: tuple[str, ...]) -> None:
    desk.go("2026-12-20")
    desk.do("died", "LI-001", "--on", "2026-12-17")
    desk.refused((*words, "--on", "2026-12-18"), "lies after the death on Thu 17 Dec 2026")
    desk.do(*words, "--on", "2026-12-17", "--sure")
    desk.do("history", "--json")
    seq = max(one["fact"] for one in json.loads(desk.out))
    correction = ("correct", str(seq), "--set", "on=2026-12-18", "--reason", "r", "--sure")
    desk.refused(correction, "lies after the death on Thu 17 Dec 2026")


# Codes next to LI-001

TOO_LIKE = (
    "LI-OO1", "LI-00l", "Ll-001", "LI-001.", ".LI-001", "LI/001", "LI\\001", "LI-001;", "'LI-001'", "LI-001\U0001f642",
    "LI-001\u0301", "LI-001\ufe0f", "LI-\u200d001", "L\u0399-001", "L\u0406-001",
    "LI-00\u2460", "LI-\u0660\u0660\u0661",
    "LI 001", "LI--001", "li_001",
)  # fmt: skip


@pytest.mark.parametrize("code", TOO_LIKE, ids=ascii)
def test_no_code_that_is_read_as_a_known_one(desk: Desk, code: str) -> None:
    desk.refused((*ENROL, code), "is too like “LI-001”, which is another participant's. Choose another code")
    assert not {"\u200d", "\ufe0f"} & set(desk.err)
    desk.refused(("screen", code, "--protocol", "scanpan", "--on", ENROLLED, "--outcome", "pending"), "is too like")


@pytest.mark.parametrize("code", ["LI-010", "IL-001", "LI-001-2", "LI-11", "L-001", "SI-001"])
def test_another_code_is_another_participant(desk: Desk, code: str) -> None:
    desk.do(*ENROL, code)
    desk.do("participants")
    assert code in desk.out


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("LI001", "differs from “LI-001”, which is another participant's, by blanks, dashes or zeros alone"),
        ("LI-1", "Type “LI-001” if that one is meant, or say --sure"),
        ("Anna Svensson", "looks like a name or initials, and a code holds nothing personal"),
        ("1957-03-12", "looks like a day of birth"),
        ("MRN 4829137", "looks like a hospital's number"),
        ("LI-570312-1234", "looks like a national identity number"),
    ],
)
def test_a_code_that_is_nearly_another_or_looks_like_a_person_is_asked_about(desk: Desk, code: str, says: str) -> None:
    screen = ("screen", code, "--protocol", "scanpan", "--on", ENROLLED, "--outcome", "pending")
    desk.refused(screen, says)
    desk.refused((*ENROL, code), says)
    desk.do(*ENROL, code, "--sure")


def test_a_note_with_a_personal_number_is_asked_about(desk: Desk) -> None:
    desk.refused(("note", "LI-001", "mother: 570312-1234"), "looks like a personal number, and a study file holds none")
    desk.do("note", "LI-001", "mother: 570312-1234", "--sure")
    assert desk.story(code="570312-1234") == 2
    assert "participant.code: this looks like a national identity number" in desk.err


# What undo and redo answer


def test_undo_and_redo_name_what_they_take_back_and_ask_for_what_is_not_ones_own_of_today(desk: Desk) -> None:
    desk.go("2026-11-30")
    desk.do("record", "LI-001", "SP-C01", "--on", "2026-11-30")
    desk.do("undo")
    assert "LI-001, Preoperative cycle 1 day 1 (SP-C01): visit done, Mon 30 Nov 2026" in desk.out
    desk.do("redo")
    assert "counts again: Preoperative cycle 1 day 1 (SP-C01) done on Mon 30 Nov 2026" in desk.out
    desk.refused(("redo",), "there is nothing to bring back")
    desk.go("2026-12-01")
    desk.refused(("undo",), "by anna on Mon 30 Nov 2026. It is not your own of today; with --sure it is done")
    desk.do("note", "LI-001", "of anna")
    desk.who = "bertil"
    desk.refused(("undo",), "by anna on Tue 1 Dec 2026. It is not your own of today")
    desk.do("undo", "--sure")
    desk.who = "anna"
    desk.refused(("redo",), "It is not your own of today")
    desk.do("redo", "--sure")
    assert "counts again: note: of anna" in desk.out
    for wrong in ("0", "-1", "999"):
        desk.refused(("undo", wrong), f"there is no command {wrong}. See `history`")
    desk.refused(("undo", "1"), "command 1 cannot be undone")
    desk.refused(("note", "LI-001", "of anna"), "the same was recorded on Tue 1 Dec 2026 by anna")
