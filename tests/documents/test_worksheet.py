import random
import re
from dataclasses import replace

import pytest

from app.documents.drawings import Mark, Rule, TextLine
from app.documents.marks import Shape
from app.documents.page_layout import Document, render
from app.documents.sheet import documents_of
from app.documents.sheet_rows import SheetSource
from app.documents.text import UnprintableText
from app.domain.protocol.forms import (
    AnyValue,
    BoxValue,
    Cell,
    ChoiceValue,
    DateValue,
    HoursAfter,
    Layout,
    Limits,
    NumberValue,
    Option,
    OwnLimit,
    PairValue,
    PersonValue,
    ReferenceValue,
    RowsValue,
    TextValue,
    TimeValue,
)
from tests.documents.calendars import assert_inside, pages_of
from tests.documents.forms import documents, lamps, life, with_form
from tests.documents.golden import compare
from tests.documents.overlaps import assert_nothing_overlaps

NCT = {"country": "CN", "regimen": "AG"}
CENTRE = "Karolinska universitetssjukhuset Huddinge, Kirurgisk mottagning för övre buksjukdomar"
PUMP = '[{"kind": "performed", "visit": "SP-C01", "on": "2026-11-30", "at": "10:15", "pump_at": "13:40"}]'


def text_of(document: Document) -> str:
    blocks = [document.header, *(block for page in document.pages for block in page)]
    return " ".join(one.text for block in blocks for one in block.drawn if isinstance(one, TextLine))


def boxes(document: Document) -> int:
    drawn = [one for page in document.pages for block in page for one in block.drawn]
    return sum(isinstance(one, Mark) and one.shape is Shape.BOX for one in drawn)


def test_the_sheets_of_scanpan_as_they_were_last_read() -> None:
    keys = (
        "SP-S00", "SP-S01", "SP-S02", "SP-S05", "SP-S06", "SP-S07", "SP-S08", "SP-C01", "SP-C02#2", "SP-C03#1.3",
        "SP-C04#1.1",
        "SP-R01", "SP-R04", "SP-P01", "SP-P03", "SP-O01", "SP-O05#14", "SP-O06", "SP-O07", "SP-O08", "SP-A03", "SP-F03",
    )  # fmt: skip
    compare("worksheets_scanpan", "\n\n".join(pages_of(render(documents(life(), *keys), "sheets"))))


def test_the_sheets_of_nct06873178_as_they_were_last_read() -> None:
    keys = (
        "CJ-S00", "CJ-S01", "CJ-S02", "CJ-S03", "CJ-S04", "CJ-C01", "CJ-C03#1.8", "CJ-R01#4", "CJ-R02", "CJ-P01",
        "CJ-P02",
        "CJ-O01", "CJ-O31#90", "CJ-A03", "CJ-F01#1", "CJ-F02#3",
    )  # fmt: skip
    pages = pages_of(render(documents(life("nct06873178", **NCT), *keys), "sheets"))
    compare("worksheets_nct06873178", "\n\n".join(pages))


def test_every_type_of_value_of_a_third_trial() -> None:
    compare("worksheets_lamps", "\n\n".join(pages_of(render(documents(lamps()), "sheets"))))


@pytest.mark.parametrize(
    ("protocol", "given"), [("scanpan", {}), ("nct06873178", NCT), ("lamps", {"regimen": "DROPS"})]
)
def test_nothing_leaves_the_page_of_any_visit(protocol: str, given: dict[str, str]) -> None:
    seen: set[str] = set()
    for document in documents(life(protocol, **given)):
        assert_inside(document)
        kind = document.name.partition("#")[0].partition(" ")[0]
        if kind not in seen:
            seen.add(kind)
            assert_nothing_overlaps(document)


@pytest.mark.parametrize(
    "key", ["SP-C02#2", "SP-C03#1.3", "SP-R01", "SP-P03", "SP-O01", "SP-O07", "SP-O08", "SP-F03", "SP-S08"]
)
def test_these_pages_are_one_page(key: str) -> None:
    (document,) = documents(life(), key)
    assert len(document.pages) == 1


@pytest.mark.parametrize("regimen", ["MFFX", "FFX", "NAL", "AG", "GEMCAP", "GEM"])
def test_the_first_day_of_treatment_is_one_page_also_when_it_is_overdue(regimen: str) -> None:
    """With height and body surface, drugs, a pump, and what is counted from an unrecorded day."""
    one = life(today="2026-12-20", regimen=regimen)
    for document in documents(one, "SP-C01", "SP-C02#2"):
        assert len(document.pages) == 1, document.name
        assert "Investigator: name in print" in text_of(document)


def test_short_values_share_a_row_only_where_that_saves_a_page() -> None:
    close, usual = (documents(life(regimen=regimen), "SP-C01")[0] for regimen in ("MFFX", "GEM"))
    assert has_row(close, "Height", "Weight")
    assert has_row(close, "Blood pressure", "Temperature")
    assert not has_row(usual, "Height", "Weight")


def has_row(document: Document, *words: str) -> bool:
    """Whether one row has all of these words; no row of values is lower than 8 mm, which are 22.68 points."""
    found = [
        block
        for page in document.pages
        for block in page
        if {*words} <= {one.text for one in block.drawn if isinstance(one, TextLine)}
    ]
    return bool(found) and all(block.height >= 22.67 for block in found)


def test_what_no_drug_of_the_table_names_is_on_the_sheet() -> None:
    first = text_of(documents(life(regimen="GEMCAP"), "SP-C01")[0])
    # cycle 1 day 1 is Monday 30 November, day 2 the Tuesday
    assert "Day 1, Mon 30 Nov 2026: capecitabine 830 mg/m2 once, in the evening (first dose)" in first
    assert "Day 2, Tue 01 Dec 2026: capecitabine 830 mg/m2 twice daily, days 2 to 21" in first
    assert "capecitabine 830" not in text_of(documents(life(regimen="GEMCAP"), "SP-C03#1.8")[0])


def test_the_next_visit_is_not_called_unrecorded_on_the_sheet_that_records_it() -> None:
    """On 20 December nobody has recorded the first infusion of 30 November, from which its pump is counted."""
    overdue = life(today="2026-12-20")
    text = text_of(documents(overdue, "SP-C01")[0])
    assert "Pump disconnection, preoperative cycle 1 day 3" in text
    assert "unrecorded" not in text
    assert text_of(documents(overdue, "SP-C02#2")[0]).count("record Preoperative cycle 1 day 1 (Mon 30 Nov 2026)") == 1


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (1.5, None, "at least 1.5"),
        (None, 123456789.0, "at most 123456789"),
        (0.000001, None, "at least 0.000001"),
        (6.8, 7.8, "6.8 – 7.8"),
        (-30.5, 30.5, "-30.5 to 30.5"),
        (-80.0, -60.0, "-80 to -60"),
        (12345.67, 100000.5, "12345.67 – 100000.5"),
    ],
)
def test_limits_have_all_their_digits_and_a_minus_is_no_dash(low: float | None, high: float | None, text: str) -> None:
    life_of = life()
    value = NumberValue(key="n", label="Value", limits=Limits(low, high))
    (document,) = documents(with_form(life_of, life_of.calendar.by_key["SP-F03"], value), "SP-F03")
    assert text in [
        drawn.text for page in document.pages for block in page for drawn in block.drawn if isinstance(drawn, TextLine)
    ]


@pytest.mark.parametrize("code", ["LI-001", "参与者-0001-ABCDEFGH", "KAROLINSKA-HUDDINGE-000123"])
def test_the_code_is_complete_on_every_page(code: str) -> None:
    """Two codes that begin alike are told apart on a loose page."""
    one = life(code=code)
    for document in documents(one, "SP-S06", "SP-O01"):
        header = [drawn.text for drawn in document.header.drawn if isinstance(drawn, TextLine)]
        assert code in header
        assert_inside(document)
        assert_nothing_overlaps(document)


@pytest.mark.parametrize(
    ("confirmed", "left"),
    [
        ((), "window, form"),
        (("SP-R01.before",), "window, form"),
        (("SP-R01.before", "SP-R01.after"), "form"),
        (("SP-R01.before", "SP-R01.after", "forms.SP-RE"), ""),
        (("forms.SP-RE", "forms.SP-C", "visits.SP-R01", "SP-R01.offset"), "window"),
    ],
)
def test_what_somebody_has_confirmed_is_not_called_unconfirmed(confirmed: tuple[str, ...], left: str) -> None:
    """Of reassessment 1 its window and the values of its form are assumed; visit and offset are public."""
    one = life()
    source = SheetSource(one.protocol, one.calendar, "", choices=one.choices, confirmed=frozenset(confirmed))
    (document,) = documents_of(source, [one.calendar.by_key["SP-R01"]])
    text = text_of(document)
    said = re.findall(r"Not confirmed against the site's protocol: ([^.]+)\.", text)
    assert said == ([left] if left else [])
    assert text.count("Not confirmed") == len(said)


def test_a_dose_is_confirmed_by_the_window_of_its_day() -> None:
    one = life(regimen="AG")
    keys = frozenset({"AG.cycle_days", "AG.1.before", "AG.1.after", "visits.SP-C02", "forms.SP-C"})
    source = SheetSource(one.protocol, one.calendar, "", choices=one.choices, confirmed=keys)
    first, other = documents_of(source, [one.calendar.by_key[key] for key in ("SP-C02#2", "SP-C03#2.8")])
    assert "Not confirmed" not in text_of(first)
    assert "Not confirmed" in text_of(other), "another row, another day, another window"


def test_a_cohort_and_a_long_centre_are_in_the_header_in_full() -> None:
    one = life()
    source = SheetSource(one.protocol, one.calendar, CENTRE, choices=one.choices, cohort="limited_liver")
    (document,) = documents_of(source, [one.calendar.by_key["SP-S01"]])
    header = " ".join(line.text for line in document.header.drawn if isinstance(line, TextLine))
    assert "Cohort: Primary cohort, limited liver disease ScanPan" in header
    assert f"centre {CENTRE}" in header
    assert "In full" not in text_of(document)
    assert_inside(document)


@pytest.mark.parametrize("trial", ["ScanPan", "Surgery of the liver and the pancreas " * 5, "肝转移外科治疗" * 12])
@pytest.mark.parametrize("cohort", ["", "limited_liver", "Those who came first and stayed longest " * 4])
def test_a_long_trial_and_a_long_cohort_leave_room_for_one_another(trial: str, cohort: str) -> None:
    one = life()
    protocol = replace(one.protocol, short_title=trial)
    source = SheetSource(protocol, one.calendar, CENTRE, choices=one.choices, cohort=cohort)
    (document,) = documents_of(source, [one.calendar.by_key["SP-S01"]])
    assert_inside(document)
    assert_nothing_overlaps(document)


def test_a_value_takes_the_place_of_its_activity() -> None:
    (document,) = documents(life(), "SP-C02#2")
    text = text_of(document)
    assert text.count("Weight") == text.count("ECOG") == 1
    assert "Bloods seen" in text
    assert "Also planned" not in text
    (lamp,) = documents(lamps(), "START")
    assert "Also planned" in text_of(lamp)
    assert text_of(lamp).count("Left over") == 1, "no value answers it"


@pytest.mark.parametrize(
    ("protocol", "given"), [("scanpan", {}), ("scanpan", {"regimen": "GEMCAP"}), ("nct06873178", NCT)]
)
def test_every_activity_of_the_shipped_trials_has_its_value_on_the_form_of_its_visit(
    protocol: str, given: dict[str, str]
) -> None:
    one = life(protocol, **given)
    for document in documents(one):
        assert document.form[0].startswith("Form "), document.name
        assert "Also planned" not in text_of(document), document.name


def test_a_drug_has_a_row_by_the_regimen() -> None:
    text = text_of(documents(life(), "SP-C02#2")[0])
    assert all(
        words in text for words in ("Oxaliplatin 85 mg/m²", "Irinotecan 150 mg/m²", "Fluorouracil pump 2400 mg/m²")
    )
    other = text_of(documents(life(regimen="AG"), "SP-C02#2")[0])
    assert "nab-paclitaxel 125 mg/m²" in other
    assert "Pump started" not in other


def test_the_pump_is_due_46_hours_after_its_start_once_that_is_recorded() -> None:
    before = text_of(documents(life(), "SP-C03#1.3")[0])
    assert "Off, due 46 h after" in before
    known = life(today="2026-12-01", facts=PUMP)
    # 13:40 on Monday and 46 hours: 11:40 on Wednesday; the arrival at 10:15 starts nothing
    after = text_of(documents(known, "SP-C03#1.3")[0])
    assert "Mon 30 Nov 2026, 13:40" in after
    assert "Wed 02 Dec 2026, 11:40" in after
    assert "Wed 02 Dec 2026, 11:40" in text_of(documents(known, "SP-C01")[0])


def test_form_and_worksheet_are_named_on_every_page() -> None:
    for page in pages_of(render(documents(life(), "SP-S06"), "sheets")):
        assert "Form SP-INCL version 1 · worksheet; source where signed" in page
        assert "record 12 · 4f2a 91c0" in page
        assert "Printed as of Tue 24 Nov 2026" in page


def test_days_have_two_figures() -> None:
    text = text_of(documents(life(), "SP-C03#1.3")[0])
    assert "Wed 02 Dec 2026" in text
    assert "Wed 2 Dec" not in text


def test_notes_and_problems_are_on_the_sheet() -> None:
    (document,) = documents(life(), "SP-C02#2", notes={"SP-C02#2": ["Port painful"]})
    assert "Port painful" in text_of(document)


def test_operations_and_conferences_have_no_hours_of_the_participant() -> None:
    assert "Arrived" not in text_of(documents(life(), "SP-P03")[0])
    assert "Arrived" not in text_of(documents(life(), "SP-R04")[0])
    assert "Arrived" in text_of(documents(life(), "SP-F03")[0])


def test_of_tissue_that_is_weighed_further_samples_have_a_line() -> None:
    """100 mg each of tumour and adjacent tissue may be several samples; blood and tissue without a weight are one."""
    weighed = documents(life("nct06873178", **NCT), "CJ-P02")[0]
    assert text_of(weighed).count("further sample of") == 2
    assert len(weighed.pages) == 1
    assert "further sample" not in text_of(documents(life(), "SP-P03")[0])


@pytest.mark.parametrize(
    ("protocol", "key", "lines"),
    [("nct06873178", "CJ-P02", 2), ("nct06873178", "CJ-C02#6", 1), ("scanpan", "SP-C02#5", 0)],
)
def test_a_full_page_has_lines_for_notes_as_far_as_there_is_room(protocol: str, key: str, lines: int) -> None:
    """None of its rows is lower for that."""
    (document,) = documents(life(protocol, country="CN" if protocol != "scanpan" else "SE"), key)
    (page,) = document.pages
    notes = [block for block in page if any(isinstance(one, TextLine) and one.text == "Notes" for one in block.drawn)]
    assert [sum(isinstance(one, Rule) for one in block.drawn) for block in notes] == ([lines] if lines else [])


def test_a_condition_of_a_choice() -> None:
    yes, no = life(), life(choices='{"pancreatic_resection": false}')
    assert "Whipple" in text_of(documents(yes, "SP-P03")[0])
    assert "Whipple" not in text_of(documents(no, "SP-P03")[0])


# Every type of value, with every text


def every_type(text: str) -> list[AnyValue]:
    """One value of each type, with the text in every place that has words, as long as each may be."""
    unit = text[:40]
    cells: list[Cell] = [
        NumberValue(key="n", label=text, unit=unit, decimals=2, limits=Limits(1, 2)),
        NumberValue(key="o", label=text, unit=unit, own_limit=OwnLimit(text, unit), asks=("reference", "report")),
        PairValue(key="p", label=text, unit=unit, sign=text[:3] or "/"),
        ChoiceValue(
            key="c", label=text, options=(Option(text), Option(text, "text", text), Option("x", "number", text, unit))
        ),
        BoxValue(key="b", label=text, beside="c"),
        BoxValue(key="b2", label=text),
        DateValue(key="d", label=text),
        TimeValue(key="t", label=text),
        TimeValue(key="t2", label=text, dated=True, after=HoursAfter("t", 46)),
        TextValue(key="x", label=text, width="half", lines=2),
        PersonValue(key="w", label=text),
        ReferenceValue(key="r", label=text, to="n"),
    ]
    inner = tuple(replace(one, key=f"{one.key}_", line=1 + number % 2) for number, one in enumerate(cells[2:8]))
    return [
        *cells,
        RowsValue(key="rows", label=text, rows="labels", labels=(text, "second", text), columns=inner, head=text),
        RowsValue(key="two", rows="labels", labels=(text, "b", "c"), columns=inner[1:2], abreast=2),
        RowsValue(key="blank", rows="blank", count=12, columns=inner[:3]),
    ]  # fmt: skip


TEXTS = {
    "empty": "",
    "short": "kg",
    "as long as may be": "Hepatico-pancreatico-biliary follow-up after resection " * 3,
    "a long word": "W" * 200,
    "Chinese": "北京协和医院临床试验中心" * 12,
    "signs": "µmol/L ≥ 10⁹/L ± ½ °C – “so” <b>&amp;</b> {x} %s",
    "hidden": "a\u202eb\x00c\u200d",
    "lines": "one\ntwo\r\nthree\ttab",
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("layout", ["table", "line"])
def test_any_text_in_every_type_of_value(name: str, layout: Layout) -> None:
    text = TEXTS[name]
    one = life()
    entry = one.calendar.by_key["SP-F03"]
    values = every_type(text)
    made = with_form(one, entry, *values, layout=layout, title=text, legend=text, name=text or "F")
    for document in documents(made, "SP-F03"):
        assert_inside(document)
        assert_nothing_overlaps(document)


@pytest.mark.slow
def test_random_texts_in_every_type_of_value() -> None:
    chance = random.Random(20270308)
    signs = "abcdefghij  WM.-/–µ°²⁹äÖß京协和医\n\t\u202e\x07"
    one = life()
    entry = one.calendar.by_key["SP-F03"]
    for _round in range(400):
        text = "".join(chance.choice(signs) for _each in range(chance.choice((1, 5, 20, 80, 200))))
        values = chance.sample(every_type(text), chance.randint(1, 15))
        layout: Layout = chance.choice(("table", "line"))
        asks = tuple(chance.sample(("reference", "drawn", "report", "time", "initials"), chance.randint(0, 5)))
        for document in documents(with_form(one, entry, *values, layout=layout, title=text, asks=asks), "SP-F03"):
            assert_inside(document)
            assert_nothing_overlaps(document)


def test_a_missing_glyph_names_form_and_value() -> None:
    one = life()
    made = with_form(one, one.calendar.by_key["SP-F03"], TextValue(key="mood", label="mood 😀"))
    with pytest.raises(UnprintableText) as failure:
        documents(made, "SP-F03")
    assert failure.value.place == "form F, value mood"


def test_every_answer_has_its_box() -> None:
    one = life()
    entry = one.calendar.by_key["SP-F03"]
    ecog = ChoiceValue(key="ecog", label="ECOG", options=tuple(map(Option, "01234")))
    (document,) = documents(with_form(one, entry, ecog), "SP-F03")
    # five answers, in window yes and no; three for each activity that is left (visit, weight, ECOG, CA 19-9, CT, EQ-5D)
    # and for the questionnaire
    assert boxes(document) == 5 + 2 + 3 * 6 + 3
