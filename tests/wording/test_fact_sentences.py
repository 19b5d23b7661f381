"""Facts, corrections and redactions in one line each, and their details."""

import unicodedata
from gettext import NullTranslations
from typing import Any

import pytest

from app.domain.facts.kind import Field, Json, Kind, Type
from app.domain.facts.kinds import KINDS
from app.domain.facts.participant_record import Stage
from app.domain.facts.records import Recorded
from app.wording import language
from app.wording.fact_sentences import details, fact_text, kind_name, stage_text, who_text
from app.wording.fact_values import field_name
from tests.wording.samples import recorded

EXAMPLES: dict[Type, Json] = {
    Type.TEXT: "words",
    Type.CODE: "LI-001",
    Type.VISIT: "SP-C02#3",
    Type.DAY: "2026-11-30",
    Type.TIME: "09:30",
    Type.YES_NO: True,
    Type.WHOLE: 2,
    Type.NUMBER: 12.5,
    Type.ANSWER: True,
    Type.ANSWERS: {"staged": True},
    Type.TICKS: {"I01": True},
    Type.WEEKDAYS: [5, 6],
    Type.WINDOW: ["2026-11-30", "2026-12-02"],
    Type.PLAIN: ["one", "two"],
}


def example(field: Field) -> Json:
    return field.options[0] if field.type is Type.ONE_OF else EXAMPLES[field.type]


def full(kind: Kind) -> Recorded:
    return recorded(kind.id, **{field.name: example(field) for field in kind.fields})


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.id)
def test_a_fact_with_every_field_is_told(kind: Kind) -> None:
    text = fact_text(full(kind))
    assert text
    assert not set("?{}") & set(text)
    shown = [field for field in kind.fields if not field.internal]
    assert [label for label, _text in details(full(kind))] == [field_name(one.name, kind.id) for one in shown]
    assert all(text for _label, text in details(full(kind)))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.id)
def test_a_fact_without_any_field_is_told(kind: Kind) -> None:
    assert fact_text(recorded(kind.id))
    assert details(recorded(kind.id)) == []


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.id)
def test_a_fact_of_which_all_is_redacted_is_told(kind: Kind) -> None:
    names = tuple(field.name for field in kind.fields)
    text = fact_text(recorded(kind.id, names))
    assert text
    assert "?" not in text
    found = details(recorded(kind.id, names))
    assert {text for _label, text in found} == {"(redacted)"}
    assert len(found) == len([field for field in kind.fields if not field.internal])


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("performed", "visit done"),
        ("missed", "visit missed"),
        ("omitted", "dose omitted"),
        ("booked", "booked"),
        ("booking_cancelled", "booking cancelled"),
        ("decided", "decision"),
        ("adverse_event", "adverse event"),
        ("redaction", "redaction"),
    ],
)
def test_names_of_kinds(kind: str, text: str) -> None:
    assert kind_name(kind) == text


@pytest.mark.parametrize(
    ("record", "text"),
    [
        (
            recorded("performed", visit="SP-C01", on="2026-11-30", at="08:00", pump_at="13:30"),
            "SP-C01 done on Mon 30 Nov 2026, 08:00, pump started 13:30",
        ),
        (
            recorded("performed", visit="SP-C01", on="2026-11-30", at="10:15", judged=["2026-11-30", "2026-12-02"]),
            "SP-C01 done on Mon 30 Nov 2026, 10:15",
        ),
        (
            recorded("performed", visit="SP-C01", on="2026-11-30", reason="ward full"),
            "SP-C01 done on Mon 30 Nov 2026: ward full",
        ),
        (
            recorded("omitted", visit="SP-C03#1.8", on="2026-12-07", reason="low counts"),
            "SP-C03#1.8 omitted on Mon 7 Dec 2026: low counts",
        ),
        (
            recorded("missed", visit="SP-B01", on="2026-12-07", reason="snow"),
            "SP-B01 missed on Mon 7 Dec 2026: snow",
        ),
        (
            recorded("moved", visit="SP-C02#3", to="2027-02-01", reason="holiday abroad"),
            "SP-C02#3 moved to Mon 1 Feb 2027: holiday abroad",
        ),
        (
            recorded("booked", visit="SP-C02#2", on="2026-12-29", at="09:30"),
            "booked SP-C02#2 for Tue 29 Dec 2026, 09:30",
        ),
        (
            recorded("booking_cancelled", visit="SP-C02#2", reason="fever"),
            "booking of SP-C02#2 cancelled: fever",
        ),
        (
            recorded(
                "screened", code="LI-003", protocol="scanpan", on="2026-11-20", outcome="failure", reason="no lesion"
            ),
            "screened LI-003 for scanpan on Fri 20 Nov 2026, screen failure: no lesion",
        ),
        (
            recorded(
                "enrolled", code="LI-001", protocol="scanpan", hash="0", on="2026-11-23", country="SE", regimen="MFFX"
            ),
            "enrolled LI-001 in scanpan on Mon 23 Nov 2026, regimen MFFX, Sweden",
        ),
        (
            recorded("enrolled", code="LI-002", protocol="scanpan", on="2026-11-23", country="SE", centre="Lund"),
            "enrolled LI-002 in scanpan on Mon 23 Nov 2026, Sweden, centre Lund",
        ),
        (
            recorded("decided", visit="SP-R01", outcome="no_surgery", on="2027-02-10", reason="new lesions"),
            "decided no surgery at SP-R01 on Wed 10 Feb 2027: new lesions",
        ),
        (
            recorded("decided", visit="SP-R01", outcome="continue", on="2027-02-10"),
            "decided continue at SP-R01 on Wed 10 Feb 2027",
        ),
        (
            recorded("chosen", choice="eortc", value=False, on="2026-11-23", reason="no Swedish"),
            "choice eortc: no, from Mon 23 Nov 2026: no Swedish",
        ),
        (recorded("regimen_changed", to="AG", on="2027-01-04"), "regimen changed to AG from Mon 4 Jan 2027"),
        (
            recorded("stopped", phase="preop_chemo", on="2027-01-04", reason="toxicity"),
            "treatment phase preop chemo stopped on Mon 4 Jan 2027: toxicity",
        ),
        (
            recorded(
                "operation", visit="SP-OP", on="2027-03-01", pancreas="distal_pancreatectomy", liver="ablation",
                start="08:30", end="13:05", detail="no drain",
            ),
            "operation SP-OP on Mon 1 Mar 2027, began 08:30, ended 13:05, pancreas: distal pancreatectomy, "
            "liver: ablation; no drain",
        ),
        (
            recorded(
                "treatment", visit="SP-C01", on="2026-11-30", given="reduced", drug="oxaliplatin", percent=80,
                reason="neuropathy",
            ),
            "SP-C01 given on Mon 30 Nov 2026, reduced dose of oxaliplatin, 80% of the planned dose: neuropathy",
        ),
        (
            recorded("treatment", visit="SP-C01", on="2026-11-30", given="full"),
            "SP-C01 given on Mon 30 Nov 2026, full dose",
        ),
        (
            recorded(
                "specimen", visit="SP-OP", on="2027-03-01", specimen="tumour", taken=True, mg=1234.567, label="T-7",
                kept="freezer 3",
            ),
            "specimen tumour at SP-OP taken on Mon 1 Mar 2027, 1234.567 mg, tube T-7, kept in freezer 3",
        ),
        (
            recorded("specimen", visit="SP-OP", on="2027-03-01", specimen="tumour", taken=False, reason="too small"),
            "specimen tumour at SP-OP not taken on Mon 1 Mar 2027: too small",
        ),
        (
            recorded(
                "complication", on="2027-03-05", what="fistula", grade="IIIa", popf="biochemical_leak", dge="A",
                cci=26.2, ended="2027-03-09",
            ),
            "complication: fistula, Clavien-Dindo IIIa, from Fri 5 Mar 2027, ended on Tue 9 Mar 2027, "
            "POPF: biochemical leak, DGE: A, CCI as typed 26.2",
        ),
        (
            recorded("adverse_event", term="Neutropenia", grade=3, on="2026-12-07", serious=False),
            "adverse event: Neutropenia, grade 3, from Mon 7 Dec 2026, serious: no",
        ),
        (
            recorded(
                "adverse_event", term="Sepsis", grade=4, on="2026-12-07", serious=True, related="possible",
                action="dose_delayed", detail="ICU 2 days",
            ),
            "adverse event: Sepsis, grade 4, from Mon 7 Dec 2026, serious: yes, relation to the treatment: possible, "
            "action: dose delayed; ICU 2 days",
        ),
        (
            recorded("progression", on="2027-05-03", what="recurrence", site="liver", basis="RECIST"),
            "recurrence found on Mon 3 May 2027: liver, by RECIST",
        ),
        (
            recorded("questionnaire", visit="SP-Q01", questionnaire="QLQ-C30", on="2027-05-03", done=True),
            "questionnaire QLQ-C30 at SP-Q01 done on Mon 3 May 2027",
        ),
        (
            recorded(
                "contact", visit="SP-M#3", on="2027-05-03", at="14:00", reached=True, alive="yes", how="telephone",
                detail="well",
            ),
            "contact on Mon 3 May 2027, 14:00 for SP-M#3 (telephone): reached, alive: yes; well",
        ),
        (recorded("contact", on="2027-05-03", reached=False), "contact on Mon 3 May 2027: not reached"),
        (recorded("unscheduled", visit="U#1", reason="fever"), "U#1 added: fever"),
        (recorded("note", text="prefers mornings"), "note: prefers mornings"),
        (recorded("note", visit="SP-C01", text="port works"), "note on SP-C01: port works"),
        (
            recorded(
                "withdrawn", scope="all", on="2027-01-11", reason="own wish", last_medication_on="2026-12-14"
            ),
            "withdrawn from the whole study on Mon 11 Jan 2027, last medication: Mon 14 Dec 2026: own wish",
        ),
        (
            recorded("withdrawn", scope="all", on="2027-01-11", reason="own wish", last_medication_on="none"),
            "withdrawn from the whole study on Mon 11 Jan 2027, last medication: none: own wish",
        ),
        (recorded("lost", on="2027-01-11", reason="moved"), "lost to follow-up on Mon 11 Jan 2027: moved"),
        (recorded("found_again", on="2027-02-01"), "found again on Mon 1 Feb 2027"),
        (recorded("died", on="2027-06-07", cause="sepsis"), "died on Mon 7 Jun 2027: sepsis"),
        (
            recorded("printed", what="sheet", visits=["SP-C01", "SP-B01"], head="12 3f2a"),
            "printed: visit sheet for SP-C01, SP-B01; head of the chain 12 3f2a",
        ),
        (recorded("study_made", name="ScanPan Lund"), "study begun: ScanPan Lund"),
        (recorded("study_made"), "study begun"),
        (
            recorded(
                "protocol_taken", protocol="scanpan", version="1.2", title="ScanPan", files=[["a.yaml", "text"]]
            ),
            "protocol scanpan, version 1.2, added: ScanPan",
        ),
        (
            recorded("site_set", name="Lund", country="SE", time_zone="Europe/Stockholm", closed_weekdays=[5, 6]),
            "site Lund set: Sweden, Europe/Stockholm, closed weekdays: Saturday, Sunday",
        ),
        (
            recorded("day_closed", on="2026-12-23", reason="move", site="Lund"),
            "Wed 23 Dec 2026 closed at Lund: move",
        ),
        (recorded("day_opened", on="2026-12-23"), "Wed 23 Dec 2026 opened"),
        (
            recorded(
                "holidays_taken", country="SE", year=2027, closed={"2027-01-01": "New Year", "2027-01-06": "Epiphany"},
                working=[], official=False, source="holidays 0.108",
            ),
            "public holidays of Sweden for 2027 added: 2 days, not official (holidays 0.108)",
        ),
        (
            recorded("value_set", protocol="scanpan", key="SP-R01.after", value="P21D", reason="CT slots"),
            "SP-R01.after of scanpan set to 21 days: CT slots",
        ),
        (
            recorded("value_confirmed", protocol="scanpan", key="cycles.preop_chemo", value=6, reason="SOP 4"),
            "cycles.preop_chemo of scanpan confirmed as 6: SOP 4",
        ),
        (
            recorded("agenda_printed", first="2026-12-07", last="2026-12-11", head="12 3f2a"),
            "agenda printed from Mon 7 Dec 2026 to Fri 11 Dec 2026; head of the chain 12 3f2a",
        ),
        (
            recorded("restored", backup="study-2026.bak", head="12 3f2a", facts=1234567),
            "went on from fact 1234567 of the backup study-2026.bak; head of the chain 12 3f2a",
        ),
        (recorded("loss_settled", numbers=[34, 40], reason="on paper"), "lost facts 34, 40 settled: on paper"),
        (
            recorded("planning_accepted", before=1, after=2, visits=12, participants=3),
            "planning rules 1 -> 2 accepted; visits moved: 12, of participants: 3",
        ),
        (recorded("migrated", before=1, after=2), "file format changed from 1 to 2"),
    ],
)  # fmt: skip
def test_a_fact_in_one_line(record: Recorded, text: str) -> None:
    assert fact_text(record) == text


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"void": True}, "fact 12 no longer counts"),
        ({"void": True, "reason": "wrong patient"}, "fact 12 no longer counts: wrong patient"),
        (
            {"void": False, "set.on": "2026-12-01", "reason": "typing mistake"},
            "fact 12 corrected: day Tue 1 Dec 2026; reason: typing mistake",
        ),
        (
            {"void": False, "set.at": None, "set.reason": "late; bus", "reason": "typing mistake"},
            "fact 12 corrected: time removed; reason “late; bus”; reason: typing mistake",
        ),
        ({"void": False, "set.grade": "IIIa"}, "fact 12 corrected: Clavien-Dindo grade IIIa"),
        ({"void": False, "set.grade": 3}, "fact 12 corrected: CTCAE grade 3"),
        ({"void": False, "set.to": "2027-02-01"}, "fact 12 corrected: new day Mon 1 Feb 2027"),
        ({"void": False, "set.to": "AG"}, "fact 12 corrected: new regimen “AG”"),
        ({"void": False, "set.serious": True}, "fact 12 corrected: serious yes"),
        (
            {"void": False, "set.visit": "SP-C02#3", "set.judged": ["2026-12-01", "2026-12-02"]},
            "fact 12 corrected: visit SP-C02#3",
        ),
        ({"void": False, "set.value": "P21D"}, "fact 12 corrected: value 21 days"),
        ({"void": False, "set.what": "recurrence"}, "fact 12 corrected: finding recurrence"),
        ({"void": False, "set.of_later": 4}, "fact 12 corrected: of later 4"),
    ],
)
def test_a_correction_in_one_line(fields: dict[str, Json], text: str) -> None:
    assert fact_text(recorded("correction", (), 12, **fields)) == text


def test_a_redacted_correction_keeps_what_it_corrected() -> None:
    record = recorded("correction", ("set.detail", "reason"), 12, **{"void": False, "set.grade": 3})
    assert fact_text(record) == "fact 12 corrected: CTCAE grade 3; further detail (redacted); reason: (redacted)"
    assert details(record) == [
        ("no longer counts", "no"),
        ("reason", "(redacted)"),
        ("CTCAE grade", "3"),
        ("further detail", "(redacted)"),
    ]


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["text"], "fact 12: the note was redacted: named a person"),
        (["set.text"], "fact 12: the note was redacted: named a person"),
        (["cause", "reason"], "fact 12: the cause of death, reason were redacted: named a person"),
        (["criteria"], "fact 12: the criteria were redacted: named a person"),
        ([], "fact 12 was redacted: named a person"),
        ("text", "fact 12 was redacted: named a person"),
    ],
)
def test_a_redaction_in_one_line(names: Json, text: str) -> None:
    assert fact_text(recorded("redaction", (), 12, names=names, reason="named a person")) == text


@pytest.mark.parametrize(
    ("record", "text"),
    [
        (recorded("note", ("text",), visit="SP-C01"), "note on SP-C01: (redacted)"),
        (
            recorded("moved", ("reason",), visit="SP-C02#3", to="2027-02-01"),
            "SP-C02#3 moved to Mon 1 Feb 2027: (redacted)",
        ),
        (recorded("died", ("cause", "on")), "died on (redacted): (redacted)"),
        (recorded("missed", on="2026-12-07"), "? missed on Mon 7 Dec 2026"),
    ],
)
def test_a_gap_is_told_where_the_value_would_stand(record: Recorded, text: str) -> None:
    assert fact_text(record) == text


def test_a_value_is_not_shown_once_it_is_redacted() -> None:
    record = recorded("note", ("text",), text="Anna Andersson")
    assert "Anna" not in fact_text(record) + str(details(record))


HOSTILE = "one\r\ntwo\u2028three\x85four\x1b[31m\x00\u202e\u200bfive\tsix {on} %s \ud800"


def test_a_fact_stays_one_line_and_what_is_hidden_in_it_is_written_out() -> None:
    clean = r"one two three four\u001b[31m\u0000\u202e\u200bfive six {on} %s \ud800"
    assert fact_text(recorded("note", text=HOSTILE)) == f"note: {clean}"
    assert details(recorded("note", text=HOSTILE)) == [("note", clean)]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.id)
def test_whatever_stands_in_a_fact_it_is_one_line(kind: Kind) -> None:
    given: dict[str, Json] = {field.name: HOSTILE for field in kind.fields}
    record = recorded(kind.id, **given, **{"set.reason": HOSTILE, "set." + HOSTILE: [HOSTILE], HOSTILE: {HOSTILE: 1}})
    texts = [fact_text(record), *(text for pair in details(record) for text in pair)]
    assert all(unicodedata.category(one) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} for text in texts for one in text)


def test_chinese_is_told_as_it_is() -> None:
    record = recorded("missed", visit="CJ-C01", on="2027-02-08", reason="春节假期、患者回家")
    assert fact_text(record) == "CJ-C01 missed on Mon 8 Feb 2027: 春节假期、患者回家"
    assert details(record)[-1] == ("reason", "春节假期、患者回家")
    assert fact_text(recorded("correction", (), 3, **{"void": False, "set.detail": "肝转移"})) == (
        "fact 3 corrected: further detail “肝转移”"
    )


def test_details_stand_in_the_kinds_order_without_inner_fields() -> None:
    record = recorded(
        "performed",
        judged=["2026-11-30", "2026-12-02"],
        reason="ward full",
        at="10:15",
        on="2026-11-30",
        visit="SP-C01",
    )
    assert details(record) == [
        ("visit", "SP-C01"),
        ("day", "Mon 30 Nov 2026"),
        ("time", "10:15"),
        ("reason", "ward full"),
    ]


def test_details_of_a_correction() -> None:
    record = recorded(
        "correction", **{"void": False, "set.on": "2026-12-01", "set.at": None, "set.judged": None, "reason": "slip"}
    )
    assert details(record) == [
        ("no longer counts", "no"),
        ("reason", "slip"),
        ("day", "Tue 1 Dec 2026"),
        ("time", "removed"),
    ]


def test_details_keep_a_field_that_the_kind_does_not_name() -> None:
    assert details(recorded("note", text="a", by_later_program=[1, 2])) == [("note", "a"), ("by later program", "1, 2")]


def person(**changes: Any) -> Recorded:
    given = {
        "recorded_at": "2026-11-20T06:45:10Z",
        "zone": "Europe/Stockholm",
        "clock": "",
        "who": "anna",
        "workstation": "WARD-3",
    } | changes
    return Recorded(
        1, 1, "note", 1, 0, "", given["recorded_at"], given["zone"], given["clock"], "2026-11-20", given["who"],
        given["workstation"], "studyday", {},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "anna on WARD-3, Fri 20 Nov 2026, 07:45"),
        ({"recorded_at": "2026-07-20T22:45:10Z"}, "anna on WARD-3, Tue 21 Jul 2026, 00:45"),
        ({"recorded_at": "2026-11-20T06:45:10"}, "anna on WARD-3, Fri 20 Nov 2026, 07:45"),
        ({"zone": "Asia/Shanghai", "who": "王芳"}, "王芳 on WARD-3, Fri 20 Nov 2026, 14:45"),
        ({"zone": ""}, "anna on WARD-3, Fri 20 Nov 2026, 06:45 UTC"),
        ({"zone": "Mars/Olympus"}, "anna on WARD-3, Fri 20 Nov 2026, 06:45 UTC"),
        ({"zone": "Europe"}, "anna on WARD-3, Fri 20 Nov 2026, 06:45 UTC"),
        ({"zone": "../../etc/passwd"}, "anna on WARD-3, Fri 20 Nov 2026, 06:45 UTC"),
        ({"zone": "\x00\ud800" + "z" * 5000}, "anna on WARD-3, Fri 20 Nov 2026, 06:45 UTC"),
        ({"clock": "back 3600 s"}, "anna on WARD-3, Fri 20 Nov 2026, 07:45; the clock had gone back 3600 s"),
        ({"clock": "stopped\n"}, "anna on WARD-3, Fri 20 Nov 2026, 07:45; the clock: stopped"),
        ({"workstation": ""}, "anna, Fri 20 Nov 2026, 07:45"),
        ({"who": "", "recorded_at": ""}, "? on WARD-3"),
        ({"recorded_at": "once\nupon"}, "anna on WARD-3, once upon"),
        ({"recorded_at": "0001-01-01T00:00:00+14:00"}, "anna on WARD-3, 0001-01-01T00:00:00+14:00"),
        ({"recorded_at": "9999-12-31T23:59:00Z"}, "anna on WARD-3, Fri 31 Dec 9999, 23:59 UTC"),
        ({"who": "an\u202ena\n", "workstation": "W\x07"}, r"an\u202ena on W\u0007, Fri 20 Nov 2026, 07:45"),
    ],
)
def test_who_recorded_it(changes: dict[str, str], text: str) -> None:
    assert who_text(person(**changes)) == text


@pytest.mark.parametrize(
    ("stage", "text"),
    [
        (Stage.SCREENED, "screened"),
        (Stage.ENROLLED, "enrolled"),
        (Stage.OFF_TREATMENT, "off treatment, in follow-up"),
        (Stage.WITHDRAWN, "withdrawn"),
        (Stage.LOST, "lost to follow-up"),
        (Stage.DIED, "died"),
    ],
)
def test_a_stage(stage: Stage, text: str) -> None:
    assert stage_text(stage) == text


class Marked(NullTranslations):
    """A language in which every text has brackets around it."""

    def gettext(self, message: str) -> str:
        assert message, "the empty text stands for a catalogue's head"
        return f"[{message}]"


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.id)
def test_every_sentence_and_label_is_looked_up(kind: Kind) -> None:
    with language.spoken(Marked()):
        assert fact_text(full(kind)).startswith("[")
        assert kind_name(kind.id).startswith("[")
        assert all(label.startswith("[") for label, _text in details(full(kind)))
