"""A new kind of fact is one row of the table of kinds and one entry of the catalogue; nothing else knows of it.

The kind is added in memory, and then recorded in the real window and by the real command line, in a real study file.
"""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu

from app.cli.main import run
from app.cli.parser import make_parser
from app.domain.facts.kind import Field, FirstDay, Kind, Menu, Offer, Subject, Type, day_field, reason_field
from app.domain.facts.kinds import KINDS
from app.services.study.environment import Environment
from app.ui.forms.questions import questions_of
from app.ui.visit.event_menu import event_rows
from app.wording.fact_catalogue import KIND_WORDS
from app.wording.kind_words import CommandWords, DialogWords, KindWords
from app.wording.language import marked
from tests.ui.nurse import Nurse, texts

TRANSFUSION = Kind(
    "transfusion",
    Subject.PARTICIPANT,
    (
        day_field("the day on which it was given"),
        Field("units", Type.WHOLE, low=1, high=20, help="how many were given"),
        reason_field(),
    ),
    first_day=FirstDay.TODAY,
    log="transfusions",
    offers=(Offer(Menu.PARTICIPANT), Offer(Menu.EVENTS)),
    positional=("units",),
)
WORDS = KindWords(
    marked("transfusion"),
    marked("transfusion of {units} units on {on}"),
    (("reason", marked(": {value}")),),
    dialog=DialogWords(marked("Transfusion"), marked("Record transfusion")),
    menu=marked("&Transfusion…"),
    command=CommandWords("transfusion", "a transfusion"),
    labels={"units": marked("units given")},
    hints={"units": marked("Red cells only.")},
)
CODE = "LI-001"
SENTENCE = "transfusion of 2 units on Mon 15 Feb 2027: low haemoglobin"
FIELDS = {"on": "2027-02-15", "units": 2, "reason": "low haemoglobin"}
Terminal = Callable[..., str]


@pytest.fixture(autouse=True)
def transfusion(monkeypatch: pytest.MonkeyPatch) -> Kind:
    """The new kind, known for the time of one test."""
    monkeypatch.setitem(KINDS, TRANSFUSION.id, TRANSFUSION)
    monkeypatch.setitem(KIND_WORDS, TRANSFUSION.id, WORDS)
    return TRANSFUSION


@pytest.fixture
def terminal(study_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Runs commands on the study on the Monday of the stories; returns what they print."""
    environment = Environment("nurse", "WARD-3", "Europe/Stockholm", lambda: datetime(2027, 2, 15, 8, tzinfo=UTC))

    def typed(*arguments: str) -> str:
        code = run(["-f", str(study_path), *arguments], environment)
        captured = capsys.readouterr()
        assert (int(code), captured.err) == (0, "")
        return captured.out

    return typed


def test_the_form_asks_for_its_fields_with_their_labels() -> None:
    assert [(one.field.name, one.label, one.hint, one.default) for one in questions_of("transfusion", None)] == [
        ("on", "Day", "", "t"),
        ("units", "Units given", "Red cells only.", None),
        ("reason", "Reason", "", None),
    ]


def test_the_menus_offer_it_last() -> None:
    assert event_rows().index(("transfusion", "Transfusion…")) == event_rows().index(("note", "Not&e…")) + 1


def test_the_command_line_knows_it(capsys: pytest.CaptureFixture[str]) -> None:
    options = make_parser().parse_args(["preview", "transfusion", CODE, "2", "--on", "15 feb", "--reason", "low"])
    assert (options.previewed, options.code, options.field_units) == ("transfusion", CODE, "2")
    with pytest.raises(SystemExit):
        make_parser().parse_args(["transfusion", "--help"])
    printed = capsys.readouterr().out
    assert printed.startswith("usage: studyday transfusion")
    assert "how many were given (needed)" in printed
    with pytest.raises(SystemExit):
        make_parser().parse_args(["log", "--help"])
    assert "transfusions" in capsys.readouterr().out


def test_it_is_recorded_and_read_at_the_terminal(terminal: Terminal) -> None:
    asked = ("transfusion", CODE, "2", "--on", "15 feb", "--reason", "low haemoglobin")
    assert SENTENCE in terminal("preview", *asked)
    assert "transfusion" not in terminal("history", CODE)
    saved = json.loads(terminal(*asked, "--json"))
    assert saved["facts"] == [{"kind": "transfusion", "about": None, "fields": FIELDS}]
    assert (saved["saved"], saved["changes"]) == (True, [])
    assert SENTENCE in terminal("history", CODE)
    head, row = terminal("log", "transfusions").splitlines()
    assert head.split() == ["fact", "participant", "day", "units", "given", "reason"]
    assert row.split() == [row.split()[0], CODE, "Mon", "15", "Feb", "2027", "2", "low", "haemoglobin"]
    (logged,) = json.loads(terminal("log", "transfusions", "--json"))
    assert (logged["participant"], logged["kind"], logged["fields"]) == (CODE, "transfusion", FIELDS)
    assert "Every fact is as it was recorded" in terminal("verify")


def test_it_is_corrected_undone_and_redacted_at_the_terminal(terminal: Terminal) -> None:
    terminal("transfusion", CODE, "2", "--on", "15 feb", "--reason", "low haemoglobin")
    (logged,) = json.loads(terminal("log", "transfusions", "--json"))
    number = str(logged["fact"])
    corrected = terminal("correct", number, "--set", "units=3", "--reason", "typing error")
    said = f"fact {number} corrected: transfusion of 2 -> 3 units on Mon 15 Feb 2027: low haemoglobin"
    assert f"{said}; reason: typing error" in corrected
    assert "3" in terminal("log", "transfusions")
    terminal("redact", number, "reason", "--reason", "a name")
    assert "transfusion of 2 -> 3 units on Mon 15 Feb 2027: (redacted)" in terminal("history", CODE)
    terminal("undo")
    (back,) = json.loads(terminal("log", "transfusions", "--json"))
    assert back["fields"] == {"on": "2027-02-15", "units": 2}
    terminal("undo")
    assert terminal("log", "transfusions") == "Nothing was recorded.\n"


def test_it_is_recorded_in_the_window(nurse: Nurse) -> None:
    nurse.choose(CODE, "SP-C02#3")
    action = nurse.action("transfusion")
    menu = action.associatedObjects()[0]
    assert isinstance(menu, QMenu)
    assert (menu.title(), action.text(), action.isEnabled()) == ("&Participant", "&Transfusion…", True)
    action.trigger()
    dialog = nurse.dialog()
    assert (dialog.kind, dialog.view.code, dialog.visit) == ("transfusion", CODE, "")
    assert dialog.windowTitle() == f"Transfusion – {CODE}"
    assert {"Day", "Units given", "Red cells only.", "Reason"} <= set(texts(dialog))
    assert dialog.form.day() == date(2027, 2, 15)
    assert dialog.frame.primary.text() == "Record transfusion"
    dialog.form.form.set_fields({"units": 2, "reason": "low haemoglobin"})
    dialog.save()
    nurse.wait(nurse.no_dialog)
    nurse.settle()
    (fact,) = nurse.facts("transfusion")
    assert fact.fields == FIELDS
    assert nurse.action("undo").text() == f"&Undo {CODE}: transfusion, Mon 15 Feb 2027"
