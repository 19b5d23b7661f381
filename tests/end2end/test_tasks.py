"""Twelve tasks of a nurse's day, each done by mouse and by keyboard alone in the real window with a real study file.

The clicks and keys are counted; what is typed into a field is not. ``pytest -m slow -s tests/end2end/test_tasks.py``
prints the table.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.facts.kinds import KINDS
from app.services.study.environment import Environment
from app.ui.session import proposal_jobs
from app.ui.session.session import StudySession
from app.ui.shell.preferences import Preferences
from app.ui.style import theme
from tests.end2end import task_ward
from tests.end2end.first_tasks import (
    PUMP,
    begin_by_keys,
    begin_by_mouse,
    mend_by_keys,
    mend_by_mouse,
    postpone_by_keys,
    postpone_by_mouse,
    rebook_by_keys,
    rebook_by_mouse,
    record_by_keys,
    record_by_mouse,
    surgery_by_keys,
    surgery_by_mouse,
)
from tests.end2end.hands import Hands
from tests.end2end.last_tasks import (
    both_by_keys,
    both_by_mouse,
    close_by_keys,
    close_by_mouse,
    end_by_keys,
    end_by_mouse,
    find_by_keys,
    find_by_mouse,
    print_by_keys,
    print_by_mouse,
    tell_by_keys,
    tell_by_mouse,
)
from tests.end2end.task_ward import CYCLE, TODAY
from tests.services.ward import Ward
from tests.ui.conftest import MORNING, go_home, stand_before
from tests.ui.nurse import Nurse

MOST, MOST_WITHOUT_COUNT = 20, 12
Facts = Sequence[tuple[str, Mapping[str, object]]]


@dataclass(frozen=True)
class Task:
    """One task: what was recorded before it, how it is done in both ways, and the facts that it leaves in the file.

    `before`: the clicks and keys that it took in the window of old; 0 where it could not be done there.
    """

    number: int
    name: str
    by_mouse: Callable[[Nurse, Hands], None]
    by_keys: Callable[[Nurse, Hands], None]
    facts: Facts
    before: int = 0
    prepare: Callable[[Ward], None] = lambda _ward: None
    at_start: bool = False

    @property
    def most(self) -> int:
        """The clicks and keys that it may take: half of those of old, or twelve; never more than twenty."""
        return min(self.before // 2, MOST) if self.before else MOST_WITHOUT_COUNT


DAY = TODAY.isoformat()
NO_CHAIR = "no chair free"
TASKS = (
    Task(1, "first study, participant, papers", begin_by_mouse, begin_by_keys,
         [("study_made", {"name": "ScanPan, ward 3"}),
          ("enrolled", {"code": "LI-001", "protocol": "scanpan", "on": DAY, "country": "SE", "regimen": "MFFX"}),
          ("printed", {"what": "calendar"}),
          ("printed", {"what": "sheet", "visits": ["SP-S05"]})], 40, at_start=True),
    Task(2, "the morning, three records", record_by_mouse, record_by_keys,
         [("performed", {"visit": CYCLE, "on": DAY})] * 3, 20),
    Task(3, "postpone, hold, undo, redo", postpone_by_mouse, postpone_by_keys,
         [("moved", {"visit": CYCLE, "to": "2027-02-22", "reason": NO_CHAIR}),
          ("moved", {"visit": PUMP, "to": "2027-02-17", "reason": NO_CHAIR}),
          *[("correction", {"void": True})] * 4], 10),
    Task(4, "rebook a CT, Thursday 10:20", rebook_by_mouse, rebook_by_keys,
         [("booked", {"visit": "SP-S02", "on": "2027-02-18", "at": "10:20"})], 8, task_ward.close_the_day_of_a_ct),
    Task(5, "from decision to complication", surgery_by_mouse, surgery_by_keys,
         [("decided", {"visit": "SP-R04", "outcome": "surgery", "on": "2027-01-28"}),
          ("performed", {"visit": "SP-P03", "on": "2027-02-08"}),
          ("operation", {"visit": "SP-P03", "on": "2027-02-08", "pancreas": "distal_pancreatectomy",
                         "liver": "resection"}),
          ("complication", {"on": "2027-02-12", "what": "bile leak", "grade": "II"})], 95, task_ward.operate),
    Task(6, "mend an old visit", mend_by_mouse, mend_by_keys,
         [("correction", {"void": False, "set.on": "2027-02-02", "reason": "slip of the pen"})]),
    Task(7, "closed 22 December to 6 January", close_by_mouse, close_by_keys,
         [("day_closed", {"on": (date(2027, 12, 22) + timedelta(number)).isoformat(), "reason": "Christmas"})
          for number in range(16)]),
    Task(8, "telephone, withdrawn, died, lost", end_by_mouse, end_by_keys,
         [("withdrawn", {"scope": "all", "on": DAY, "reason": "moves abroad"}),
          ("performed", {"visit": "SP-N01#6", "on": DAY}),
          ("contact", {"visit": "SP-N01#6", "on": DAY, "reached": True}),
          ("died", {"on": "2027-02-14"}),
          ("lost", {"on": DAY, "reason": "no answer since"})], 24, task_ward.be_palliative),
    Task(9, "tomorrow's sheets, the week's list", print_by_mouse, print_by_keys,
         [("agenda_printed", {"first": "2027-02-16", "last": "2027-02-16"}),
          ("printed", {"what": "sheet", "visits": [CYCLE]}),
          ("agenda_printed", {"first": DAY, "last": "2027-02-21"})],
         prepare=task_ward.book_tomorrow),
    Task(10, "all CTs, EQ-5D due, deviations", find_by_mouse, find_by_keys, [],
         prepare=task_ward.close_the_day_of_a_ct),
    Task(11, "adverse event, extra visit, note", tell_by_mouse, tell_by_keys,
         [("adverse_event", {"term": "Nausea", "grade": 2, "on": "2027-02-14", "serious": False}),
          ("unscheduled", {"visit": "U#1", "reason": "fever"}),
          ("performed", {"visit": "U#1", "on": DAY}),
          ("note", {"visit": CYCLE, "text": "came with her daughter"})], 44),
    Task(12, "a record and a booking", both_by_mouse, both_by_keys,
         [("performed", {"visit": CYCLE, "on": DAY}),
          ("booked", {"visit": PUMP, "on": "2027-02-17", "at": "14:00"})]),
)  # fmt: skip
JUDGED = ("judged", "judged_by", "judged_from", "window", "days", "head", "hash")
"""What the program adds to a fact."""
QUICK = ((2, "keys"), (4, "mouse"))
WAYS = ("mouse", "keys")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed study."""
    return task_ward.make_ward(tmp_path_factory.mktemp("tasks"))


@pytest.fixture(scope="module")
def table() -> Iterator[dict[tuple[int, str], int]]:
    """The counts; printed at the end."""
    counts: dict[tuple[int, str], int] = {}
    yield counts
    print("\n\n  # task                                   before  most  mouse  keys")
    for task in TASKS:
        found = [str(counts.get((task.number, way), "-")) for way in WAYS]
        print(f" {task.number:2} {task.name:38} {task.before or '-':>6} {task.most:>5} {found[0]:>6} {found[1]:>5}")


@pytest.fixture
def stand(
    qapp: QApplication, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, template: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[[Task], Nurse]]:  # fmt: skip
    """Makes a nurse before the window, with the study as it is before a task, at Today."""
    for name in ("state_dir", "data_dir", "config_dir"):
        monkeypatch.setattr(f"app.paths.{name}", lambda name=name: tmp_path / "own" / name)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "Documents").mkdir()
    monkeypatch.setattr(proposal_jobs, "WAIT_MS", 5)
    theme.apply(qapp, dark=False)
    session = StudySession(Environment("nurse", "WARD-3", "Europe/Stockholm", lambda: MORNING))
    made: list[Nurse] = []

    def make(task: Task) -> Nurse:
        preferences = Preferences(tmp_path / "desktop.ini")
        preferences.look = "light"
        path = None if task.at_start else prepared(task, template, tmp_path / "study")
        nurse = stand_before(session, preferences, path)
        made.append(nurse)
        if path is not None:
            nurse.wait_for_today()
            nurse.today.list.choose_first()
        return nurse

    yield make
    for nurse in made:
        go_home(nurse)
    session.end()
    session.deleteLater()


def prepared(task: Task, template: Path, folder: Path) -> Path:
    """Return a copy of the study in which is recorded what comes before a task."""
    folder.mkdir(mode=0o700)
    ward = Ward(folder, template)
    ward.path.chmod(0o600)
    ward.go_to(TODAY)
    task.prepare(ward)
    ward.study.close()
    return ward.path


def cases() -> Iterator[Any]:
    """Each task in each way; a few of them are quick enough for every run."""
    for task in TASKS:
        for way in WAYS:
            marks = () if (task.number, way) in QUICK else (pytest.mark.slow,)
            yield pytest.param(task, way, marks=marks, id=f"{task.number}-{way}")


@pytest.mark.parametrize(("task", "way"), list(cases()))
def test_a_task_takes_few_clicks_and_keys(
    task: Task, way: str, stand: Callable[[Task], Nurse], table: dict[tuple[int, str], int]
) -> None:
    nurse, hands = stand(task), Hands()
    before = 0 if task.at_start else len(nurse.facts())
    (task.by_mouse if way == "mouse" else task.by_keys)(nurse, hands)
    table[task.number, way] = hands.count
    known = {kind for kind, _fields in task.facts} if task.at_start else KINDS
    found = [(one.kind, {name: one.fields[name] for name in one.fields if name not in JUDGED})
             for one in nurse.facts()[before:] if one.kind in known]  # fmt: skip
    assert found == list(task.facts)
    assert (hands.keys if way == "mouse" else hands.clicks) == 0
    assert hands.count <= task.most
