from dataclasses import replace
from datetime import timedelta

import pytest

from app.documents import participant_calendar as module
from app.documents.drawings import Rule, TextLine
from app.documents.page_layout import WIDTH, Block
from app.documents.participant_calendar import participant_calendar
from app.documents.participant_rows import CalendarLine, Certainty, participant_rows
from app.documents.text import UnprintableText, text_width
from app.domain.calendar.entries import Calendar, Status
from app.domain.facts.study_kinds import LANGUAGES
from app.domain.facts.study_record import UnitContact
from app.wording.language import gettext
from app.wording.participant_language import in_language
from tests.documents.calendars import (
    DOSE,
    MONTHLY,
    SURGERY,
    TABLETS,
    TODAY,
    assert_apart,
    assert_inside,
    calendar,
    dose,
    entry,
    joined,
    pages_of,
    protocol,
    usual,
    words_of,
)
from tests.documents.forms import life
from tests.documents.golden import compare


def printed(among: Calendar, site: str = "Linköping", language: str = "", contact: UnitContact | None = None) -> bytes:
    return participant_calendar(protocol(), among, site, language=language, contact=contact)


def test_the_calendar_as_it_was_last_read() -> None:
    among = usual()
    tablets = dose(8, TODAY + timedelta(28), TABLETS, basis="forecast")
    compare("participant_calendar", "\n\n".join(pages_of(printed(calendar(*among.entries, tablets)))))


def test_no_diagnosis_no_drug_no_code() -> None:
    among = usual()
    text = words_of(printed(calendar(*among.entries, dose(8, TODAY + timedelta(28), TABLETS))))
    for word in ("FOLFIRINOX", "capecitabine", "chemotherapy", "Preoperative", "DOSE", "#", "cycle", "NCT", "forecast"):
        assert word not in text, word


def test_what_to_prepare_stands_below() -> None:
    assert "No need to fast" in words_of(printed(usual()))


def test_a_telephone_visit_says_so() -> None:
    assert "Monthly contact by telephone; you need not come" in words_of(printed(usual()))


def test_a_few_visits_take_one_page_and_many_go_on() -> None:
    assert len(pages_of(printed(usual()))) == 1
    texts = pages_of(printed(calendar(*(dose(n, TODAY + timedelta(7 * n)) for n in range(1, 61)))))
    assert len(texts) > 1
    for number, text in enumerate(texts, start=1):
        assert "LI-001" in text
        assert f"Page {number} of {len(texts)}" in text
        assert "Printed as of 8 February 2027; a printed copy may be out of date" in text


def test_a_head_stands_in_every_footer_and_moves_nothing() -> None:
    head = "record 123 · 4f2a 91c0 77de 03ab"
    among = calendar(*(dose(n, TODAY + timedelta(7 * n)) for n in range(1, 61)))
    plain = pages_of(printed(among))
    texts = pages_of(participant_calendar(protocol(), among, "Linköping", head=head))
    assert [text.replace(head, "").split() for text in texts] == [text.split() for text in plain]
    assert all(text.count(head) == 1 for text in texts)
    assert participant_calendar(protocol(), among, "Linköping", head="") == printed(among)


@pytest.mark.parametrize("head", ["", "记" * 40, "W" * 40])
def test_the_texts_of_a_footer_never_meet(head: str) -> None:
    long = protocol(id="a-very-long-protocol-identifier-for-a-trial-of-surgery", version="2026-11-01 amendment 12")
    rows = participant_rows(long, usual(), "Linköping", {})
    assert_apart(module._document(usual(), rows, head))


def test_lines_of_one_day_stay_together_and_name_it_once() -> None:
    both = calendar(dose(1, TODAY), replace(entry("MONTHLY#1", MONTHLY), number=1))
    text = words_of(printed(both))
    assert text.count("Monday") == 1


def test_an_empty_calendar_prints() -> None:
    assert "No visit has a date at the moment." in words_of(printed(calendar()))


def test_the_same_input_gives_the_same_bytes() -> None:
    assert printed(usual()) == printed(usual())


@pytest.mark.parametrize("name", ["".join(f"w{n} " for n in range(1_200)), "W" * 10_000, "北京协和医院" * 300])
def test_long_names_are_whole_and_inside(name: str) -> None:
    visit = replace(SURGERY, plain=name)
    activity = replace(DOSE.activities[0], plain=name)
    fasting = replace(DOSE, activities=(activity,))
    among = calendar(
        entry("SURGERY", visit), entry("S2", visit, None, status=Status.AWAITING), entry("DOSE#1", fasting, TODAY)
    )
    rows = participant_rows(protocol(), among, name, {})
    document = module._document(among, rows)
    assert_inside(document)
    drawn = [words for page in document.pages for block in page for words in block.drawn if isinstance(words, TextLine)]
    times = joined([words.text for words in drawn if not words.style.bold]).count(joined([name]))
    assert times >= 3


def test_a_missing_glyph_names_the_field() -> None:
    with pytest.raises(UnprintableText, match="visit name"):
        printed(calendar(entry("DOSE#1", replace(DOSE, plain="😀"))))


def test_sizes() -> None:
    assert module._LARGE.text.size > module._USUAL.text.size >= 12
    assert module._LARGE.small.size > module._USUAL.small.size >= 11


UNIT = UnitContact("08-465 004 10, Monday to Friday 08-16", "08-465 004 20", "38.0 °C or more: call at once.")


def test_whom_to_call_is_in_the_words_of_the_unit_or_left_to_be_written() -> None:
    text = words_of(participant_calendar(protocol(), usual(), "Linköping", contact=UNIT))
    assert all(words in text for words in (UNIT.day_phone, UNIT.night_phone, UNIT.fever_rule))
    blank = words_of(printed(usual()))
    assert "By day" in blank
    assert "38" not in blank, "no rule and no number unless the unit has given them"


def test_an_hour_is_written_above_the_line_of_the_next_row() -> None:
    """A day that is certain has one line of text: the line for its hour is its own, with room to write."""
    one = CalendarLine(TODAY, Certainty.PLANNED, "", "Treatment day", writes_hour=True)
    for sizes in (module._USUAL, module._LARGE):
        (block,) = module._line(one, sizes, Block(0), first=True)
        rules = [drawn for drawn in block.drawn if isinstance(drawn, Rule)]
        border, written = sorted(rules, key=lambda drawn: drawn.y1)
        assert border.y1 == 0
        assert written.x1 == sizes.hour
        assert written.y1 + 5 < block.height
        assert block.height >= 22.67, "8 mm"


def test_large_type_is_a_choice() -> None:
    usual_type, large = (participant_calendar(protocol(), usual(), "Linköping", large=one) for one in (False, True))
    assert usual_type != large
    assert words_of(usual_type).split() == words_of(large).split()
    rows = participant_rows(protocol(), usual(), "Linköping", {})
    assert_inside(module._document(usual(), rows, "", UNIT, module._LARGE))


def test_it_ends_with_the_next_decision_and_says_so() -> None:
    one = life()
    text = words_of(participant_calendar(one.protocol, one.calendar, "Linköping", choices=one.choices))
    # reassessment 1 is proposed on Monday 1 February 2027
    assert "Your visits until 1 February 2027" in text
    assert "What follows is decided on 1 February 2027. You get a new calendar then." in text
    assert "Operation" not in text
    assert "March" not in text


def test_a_recorded_pump_start_gives_the_hour_of_its_end() -> None:
    pump = '[{"kind": "performed", "visit": "SP-C01", "on": "2026-11-30", "at": "10:15", "pump_at": "13:40"}]'
    one = life(today="2026-12-01", facts=pump)
    text = words_of(participant_calendar(one.protocol, one.calendar, "Linköping", choices=one.choices))
    assert "11:40" in text, "46 hours after 13:40"
    other = life()
    assert "11:40" not in words_of(participant_calendar(other.protocol, other.calendar, "L", choices=other.choices))


def test_a_place_an_end_and_what_to_bring_are_printed() -> None:
    visit = replace(DOSE, place="Day ward, floor 4", minutes=390, bring="list of your medicines")
    among = calendar(replace(dose(1, TODAY, booked=TODAY, booked_at="09:30"), visit=visit))
    text = words_of(printed(among))
    assert "Day ward, floor 4" in text
    assert "09:30" in text
    assert "to 16:00" in text
    assert "Bring: list of your medicines" in text


@pytest.mark.parametrize(
    ("language", "title", "follows"),
    [
        ("sv", "Dina besök", "Utskriven 8 februari 2027"),
        ("fi", "Käyntisi", "Tulostettu 8. helmikuuta 2027"),
        ("zh", "您的就诊安排", "打印日期\uff1a2027年2月8日"),
    ],
)
def test_it_is_in_the_language_of_the_site_or_another(language: str, title: str, follows: str) -> None:
    of_site = printed(usual(), contact=UnitContact(calendar_language=language))
    (text,) = pages_of(of_site)
    assert text.startswith(title)
    assert follows in text
    assert "Your visits" not in text
    assert printed(usual(), language=language) == of_site
    english = printed(usual(), contact=UnitContact(calendar_language=language), language="en")
    assert english == printed(usual()), "one that is asked for goes before the site's"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_leaves_its_place_in_large_type_in_any_language(language: str) -> None:
    """The words of the frame end 12 points before its edge, where the lines to write on end."""
    with in_language(language):
        rows = participant_rows(protocol(), usual(), "Linköping", {})
        document = module._document(usual(), rows, contact=UnitContact(), sizes=module._LARGE)
        assert_inside(document)
        assert_apart(document)
        label = gettext("At night, at weekends, on holidays")
    blocks = (block for page in document.pages for block in page)
    (said,) = (one for block in blocks for one in block.drawn if isinstance(one, TextLine) and one.text == label)
    assert said.x + text_width(said.text, said.style) <= WIDTH - 12
