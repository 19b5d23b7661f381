"""Twelve tasks of a nurse's day, each done by mouse and by keyboard alone in the real window with a real study file.

The clicks and keys are counted; what is typed into a field is not. ``pytest -m slow -s tests/end2end/test_tasks.py``
prints the table.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from app.services.study.environment import Environment
from app.ui.dialogs.impact.table_model import ALONG
from app.ui.forms.choice_editors import ChoiceEditor
from app.ui.forms.editor import Editor
from app.ui.pages.today.agenda_lines import Column
from app.ui.session import proposal_jobs
from app.ui.session.session import StudySession
from app.ui.shell.preferences import Preferences
from app.ui.style import theme
from tests.end2end import task_ward
from tests.end2end.hands import Hands
from tests.end2end.task_ward import CYCLE, TODAY
from tests.services.ward import Ward
from tests.ui.conftest import MORNING, go_home, stand_before
from tests.ui.nurse import Nurse, buttons

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

    @property
    def most(self) -> int:
        """The clicks and keys that it may take: half of those of old, or twelve; never more than twenty."""
        return min(self.before // 2, MOST) if self.before else MOST_WITHOUT_COUNT


def saved(nurse: Nurse) -> None:
    """Wait until the dialog is gone and the page shows what the file says now."""
    nurse.wait(lambda: not any(one.isVisible() for one in nurse.window.findChildren(QDialog)))
    # What a window system does when a dialog closes.
    nurse.come_to_the_front()
    nurse.settle()
    nurse.settle()


def save(nurse: Nurse, hands: Hands) -> None:
    """Click the primary button of the dialog."""
    hands.click(nurse.dialog().frame.primary)
    saved(nurse)


def enter(nurse: Nurse, hands: Hands) -> None:
    """Save by Enter."""
    nurse.dialog()
    hands.press("Return")
    saved(nurse)


def step(nurse: Nurse, hands: Hands, code: str, visit: str) -> None:
    """Click the next step of a line of Today."""
    hands.click_row(nurse.today.list, nurse.model.index_of(code, visit).siblingAtColumn(Column.STEP))
    nurse.dialog()


def event(nurse: Nurse, hands: Hands, text: str) -> None:
    """Choose from the menu of events next to the visit."""
    hands.pick(buttons(nurse.today.inspector)["Event"], text)
    nurse.dialog()


def answer(nurse: Nurse, hands: Hands, name: str) -> None:
    """Click a field of the form; of several buttons the first."""
    form = nurse.dialog().form.form
    editor = form.editor(name)
    assert isinstance(editor, Editor)
    hands.click(editor.inputs()[0])
    QTest.qWait(1)


def choose(nurse: Nurse, hands: Hands, name: str, text: str) -> None:
    """Choose an answer from the list of a field."""
    editor = nurse.dialog().form.form.editor(name)
    assert isinstance(editor, ChoiceEditor)
    hands.choose(editor.combo, text)


# 2 Three records of a morning


def record_by_mouse(nurse: Nurse, hands: Hands) -> None:
    for code in task_ward.PEOPLE:
        step(nurse, hands, code, CYCLE)
        save(nurse, hands)


def record_by_keys(nurse: Nurse, hands: Hands) -> None:
    for _code in task_ward.PEOPLE:
        hands.press("Return")
        enter(nurse, hands)


# 3 A cycle a week later, without the visits after it; taken back and done again


def postpone_by_mouse(nurse: Nurse, hands: Hands) -> None:
    inspector = buttons(nurse.today.inspector)
    hands.click(inspector["A week later…"])
    nurse.dialog()
    hands.type("no chair free")
    table = nurse.dialog().frame.impact.table
    held = next(row for row, one in enumerate(table.changes.rows) if one.key == PUMP)
    hands.click_row(table, table.changes.index(held, ALONG))
    save(nurse, hands)
    hands.click(nurse.window.status_bar.undo_button)
    nurse.settle()
    hands.click(nurse.window.status_bar.redo_button)
    nurse.settle()


def postpone_by_keys(nurse: Nurse, hands: Hands) -> None:
    hands.press("w")
    nurse.dialog()
    hands.type("no chair free")
    nurse.dialog()
    hands.press("Alt+H")
    enter(nurse, hands)
    hands.press("Ctrl+Z")
    nurse.settle()
    hands.press("Ctrl+Y")
    nurse.settle()


# 4 A CT is booked again, for Thursday at 10:20


def rebook_by_mouse(nurse: Nurse, hands: Hands) -> None:
    step(nurse, hands, "LI-004", "SP-S02")
    picker = nurse.dialog().picker
    assert picker is not None
    nurse.wait(lambda: bool(picker.known_days()))
    hands.click_row(picker.grid, picker.grid.day_model.index_of(THURSDAY))
    hands.type("1020")
    save(nurse, hands)


def rebook_by_keys(nurse: Nurse, hands: Hands) -> None:
    hands.press("Return")
    picker = nurse.dialog().picker
    assert picker is not None
    nurse.wait(lambda: bool(picker.known_days()))
    hands.type("thu")
    hands.press("Tab")
    hands.type("1020")
    enter(nurse, hands)


# 5 From the decision for surgery to a complication


def surgery_by_mouse(nurse: Nurse, hands: Hands) -> None:
    step(nurse, hands, SICK, "SP-R04")
    outcomes = nurse.dialog().form.outcomes
    assert outcomes is not None
    hands.click(outcomes.buttons["surgery"])
    save(nurse, hands)
    event(nurse, hands, "Operation…")
    answer(nurse, hands, "on")
    hands.type("8 feb")
    choose(nurse, hands, "pancreas", "Distal pancreatectomy")
    choose(nurse, hands, "liver", "Resection")
    save(nurse, hands)
    event(nurse, hands, "Complication…")
    hands.type("12 feb")
    answer(nurse, hands, "what")
    hands.type("bile leak")
    choose(nurse, hands, "grade", "II")
    save(nurse, hands)


def surgery_by_keys(nurse: Nurse, hands: Hands) -> None:
    hands.press("Return")
    nurse.dialog()
    hands.press("Space")
    enter(nurse, hands)
    hands.press("e", "o")
    nurse.dialog()
    hands.press("Shift+Tab")
    hands.type("8 feb")
    hands.press("Return", "d", "Return", "r")
    enter(nurse, hands)
    hands.press("e", "m")
    nurse.dialog()
    hands.type("12 feb")
    hands.press("Return")
    hands.type("bile leak")
    hands.press("Return", "Down", "Down")
    enter(nurse, hands)


SICK = "LI-009"
THURSDAY, PUMP = task_ward.THURSDAY, "SP-C03#3.3"
DAY = TODAY.isoformat()
NO_CHAIR = "no chair free"
TASKS = (
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
)  # fmt: skip
JUDGED = ("judged", "judged_by", "judged_from", "window")
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
    monkeypatch.setattr(proposal_jobs, "WAIT_MS", 5)
    theme.apply(qapp, dark=False)
    session = StudySession(Environment("nurse", "WARD-3", "Europe/Stockholm", lambda: MORNING))
    made: list[Nurse] = []

    def make(task: Task) -> Nurse:
        preferences = Preferences(tmp_path / "desktop.ini")
        preferences.look = "light"
        nurse = stand_before(session, preferences, prepared(task, template, tmp_path / "study"))
        nurse.wait_for_today()
        nurse.today.list.choose_first()
        made.append(nurse)
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
    before = len(nurse.facts())
    (task.by_mouse if way == "mouse" else task.by_keys)(nurse, hands)
    table[task.number, way] = hands.count
    found = [(one.kind, {name: one.fields[name] for name in one.fields if name not in JUDGED})
             for one in nurse.facts()[before:]]  # fmt: skip
    assert found == list(task.facts)
    assert (hands.keys if way == "mouse" else hands.clicks) == 0
    assert hands.count <= task.most
