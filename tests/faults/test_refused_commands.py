"""Every refused command leaves the study as it was, byte for byte, and nothing beside it."""

from pathlib import Path

import pytest

from app.cli.parser import make_parser
from tests.faults.client import Server
from tests.faults.options import commands_of
from tests.faults.stories import BOOKED_FACT, STUDY
from tests.faults.studies import snapshot

ONE, VISIT, LATER = "LI-001", "SP-C02#2", "2027-02-11"
NOBODY = "LI-999"
HOW = "--reason x --on 2027-02-01"

WRONG: dict[str, tuple[str, ...]] = {
    "new": (),
    "verify": ("--head", "not a head"),
    "history": (NOBODY,),
    "backup": ("--to", STUDY),
    "restore": (STUDY, STUDY),
    "go-on": ("--reason", "nothing is missing"),
    "rescue": (STUDY, STUDY),
    "planning": ("accept",),
    "settle": (),
    "protocol": ("take", "nothing"),
    "record": (ONE, VISIT, "--on", LATER),
    "miss": (ONE, VISIT, "--on", "2026-12-29"),
    "omit": (ONE, "SP-C04#2.1", "--on", "2026-12-29", "--reason", "x"),
    "book": (ONE, VISIT, "--on", "2027-02-30"),
    "cancel-booking": (ONE, "SP-C01"),
    "move": (ONE, "SP-NOT", "--to", LATER, "--reason", "x"),
    "note": (ONE, "SP-C01", "x" * 2001),
    "decide": (ONE, "SP-R01", "perhaps", "--on", "2027-02-01"),
    "choose": (ONE, "nothing", "yes", "--on", "2027-02-01"),
    "regimen": (ONE, "WATER", "--on", "2027-02-01"),
    "stop": (ONE, "nothing", *HOW.split()),
    "sign": (NOBODY, "--by", "MH", "--on", "2027-02-01"),
    "classify": (ONE, "SP-C02#4", "minor"),
    "operation": (ONE, "SP-NOT", *["--on", "2027-02-01", "--pancreas", "none", "--liver", "resection"]),
    "treatment": (ONE, VISIT, *["--on", "2026-12-29", "--given", "full", "--percent", "50"]),
    "specimen": (ONE, VISIT, "nothing", *["--on", "2026-12-29", "--taken", "--mg", "0"]),
    "complication": (ONE, "leak", *["--on", "2027-02-11", "--grade", "I"]),
    "adverse-event": (ONE, "Nausea", *["--grade", "6", "--on", "2026-12-02", "--no-serious"]),
    "progression": (ONE, "recurrence", *["--on", "2027-02-11", "--site", "liver"]),
    "questionnaire": (ONE, "SP-NOT", "eq5d", *["--on", "2027-02-01", "--done"]),
    "report": (ONE, "initial", "--on", "2027-02-01"),
    "contact": (ONE, *["--on", "2027-02-11", "--reached"]),
    "add": (ONE, "--on", "2027-02-01"),
    "withdraw": (NOBODY, "all", *HOW.split()),
    "lost": (ONE, "--on", "2027-02-11", "--reason", "x"),
    "found": (ONE, "--on", "2027-02-01"),
    "died": (ONE, "--on", "2027-02-11"),
    "screen": ("LI-001", *["--protocol", "scanpan", "--on", "2027-02-01", "--outcome", "eligible"]),
    "enrol": ("--protocol", "scanpan", "--code", "li-001", "--on", "2027-02-01", "--country", "SE", "--regimen", "AG"),
    "include": (ONE, "--on", "2027-02-01"),
    "consent": (ONE, "perhaps", "--on", "2027-02-01", "--version", "2.0"),
    "consent-form": ("add", "2.0", "--from", "2027-02-30"),
    "consents": (NOBODY,),
    "identified": ("add", "0", "--on", "2027-02-01", "--why", "declined"),
    "undo": ("1",),
    "redo": ("2",),
    "correct": (str(BOOKED_FACT), "--set", "on=never", "--reason", "x"),
    "reassign": ("16", "LI-002", "--reason", "x"),
    "redact": ("16", "code", "--reason", "x"),
    "site": ("Solna", "--country", "Sweden"),
    "closed": ("add", "2027-02-30"),
    "value": ("set", "SP-R01.after", "soon"),
    "holidays": ("XX",),
    "preview": ("move", ONE, "SP-NOT", "--to", LATER, "--reason", "x"),
    "calendar": (NOBODY,),
    "agenda": ("--from", "2027-03-02", "--to", "2027-03-01"),
    "why": (ONE, "SP-NOT"),
    "days": (ONE, "SP-NOT"),
    "log": ("deviations", NOBODY),
    "scenario": (NOBODY,),
    "print": ("sheet", ONE, "SP-NOT", "-o", "out.pdf"),
}
# `participants`, `find` and `about` have nothing that can be wrong; the others work with no study.
WITHOUT = {"about", "participants", "find", "demo", "rehearse", "check", "protocols"}
MORE: tuple[tuple[str, ...], ...] = (
    ("note", NOBODY, "SP-C01", "x"),
    ("note", ONE, "SP-C01", ""),
    ("record", ONE, VISIT),
    ("record", ONE, VISIT, "--on", "2026-12-29", "--at", "25:00"),
    ("record", ONE, "SP-C01", "--on", "2026-12-01"),
    ("enrol",),
    ("enrol", "--protocol", "scanpan", "--code", "19700101-1234", "--on", "2027-02-01", "--country", "SE"),
    ("undo", "99"),
    ("sign", "--by", "MH", "--on", "2027-02-01"),
    ("sign", ONE, "--on", "2027-02-01"),
    ("log", "notes", "--protocol", "nothing"),
    ("log", "notes", "--from", "2027-02-01", "--to", "2027-01-01"),
    ("history", "--by", "nobody"),
    ("print", "history", "--from", "soon", "-o", "out.pdf"),
    ("correct", "9999", "--set", "on=2027-01-01", "--reason", "x"),
    ("correct", str(BOOKED_FACT), "--set", "on=2027-01-01"),
    ("correct", str(BOOKED_FACT), "--set", "on", "--reason", "x"),
    ("reassign", "9999", "LI-002", "--reason", "x"),
    ("reassign", "9" * 20, "LI-002", "--reason", "x"),
    ("correct", "9" * 20, "--set", "on=2027-01-01", "--reason", "x"),
    ("redact", "-" + "9" * 20, "text", "--reason", "x"),
    ("reassign", str(BOOKED_FACT), NOBODY, "--reason", "x"),
    ("reassign", str(BOOKED_FACT), "LI-002"),
    ("redact", "9999", "text", "--reason", "x"),
    ("redact", str(BOOKED_FACT), "nothing", "--reason", "x"),
    ("closed", "add"),
    ("closed", "clear", "2027-06-01"),
    ("closed", "add", "2027-01-01", "--to", "2029-01-01"),
    ("value", "set"),
    ("value", "set", "SP-R01.after"),
    ("value", "clear", "SP-R01.after"),
    ("protocol", "show", "nothing"),
    ("protocol", "take", "scanpan"),
    ("protocol", "take", STUDY),
    ("print", "calendar", NOBODY, "-o", "out.pdf"),
    ("print", "calendar", ONE, "-o", "no/such/folder/out.pdf"),
    ("print", "agenda", "--from", "2027-03-02", "--to", "2027-03-01", "-o", "out.pdf"),
    ("print", "agenda", "--days", "this-week", "--to", "2027-03-01", "-o", "out.pdf"),
    ("print", "day", "--on", "2030-03-02", "-o", "out.pdf"),
    ("print", "day", "--on", "2027-02-30", "-o", "out.pdf"),
    ("print", "day", "--days", "today", "--on", "2027-03-02", "-o", "out.pdf"),
    ("restore", "no-such-backup", "restored.studyday"),
    ("verify", "--today", "some day"),
)


def test_the_table_has_every_command() -> None:
    assert set(WRONG) == set(commands_of(make_parser())) - WITHOUT


@pytest.mark.parametrize(
    "arguments",
    [*((name, *rest) for name, rest in WRONG.items()), *MORE],
    ids=lambda arguments: " ".join(arguments)[:40],
)
def test_a_refused_command_changes_nothing(server: Server, folder: Path, arguments: tuple[str, ...]) -> None:
    before = snapshot(folder)
    for option in ((), ("--json",)):
        name, *rest = arguments
        words = (name, *option, *rest) if name not in ("preview", "print") else (*arguments, *option)
        ended = server.run(folder, *words)
        assert (ended.code, ended.out) == (2, ""), ended.err
        assert ended.err.startswith("studyday: "), ended.err
        assert "Traceback" not in ended.err
        assert "bug" not in ended.err
        assert snapshot(folder) == before


def test_a_refused_command_leaves_the_backups_alone_too(server: Server, folder: Path) -> None:
    assert server.run(folder, "verify").code == 0
    before = snapshot(folder, ())
    for arguments in MORE:
        assert server.run(folder, *arguments).code == 2, arguments
    assert snapshot(folder, ()) == before


def test_an_agenda_that_cannot_be_printed_changes_nothing(server: Server, folder: Path) -> None:
    before = snapshot(folder)
    assert server.run(folder, "print", "agenda", "-o", "no/such/folder/out.pdf").code == 2
    assert snapshot(folder) == before
