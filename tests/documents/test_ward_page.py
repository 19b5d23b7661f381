from app.documents.drawings import Mark, TextLine
from app.documents.page_layout import Document
from app.services.queries.rehearsal import Rehearsal
from tests.documents.calendars import assert_inside
from tests.documents.forms import documents, lamps, life


def rows(document: Document) -> dict[str, list[str]]:
    """The texts of each row by its first, as they are from left to right."""
    found = {}
    for page in document.pages:
        for block in page:
            texts = sorted((one for one in block.drawn if isinstance(one, TextLine)), key=lambda one: (one.x, one.y))
            if texts:
                found[texts[0].text] = [one.text for one in texts[1:]]
    return found


def drawn(document: Document) -> list[TextLine]:
    blocks = (document.header, *(block for page in document.pages for block in page))
    return [one for block in blocks for one in block.drawn if isinstance(one, TextLine)]


def words(document: Document) -> str:
    return " ".join(one.text for one in drawn(document))


def test_one_page_for_four_visits_whichever_is_asked_for() -> None:
    one = life()
    (whole,) = documents(one, "SP-O01", "SP-O02", "SP-O03", "SP-O04")
    (by_one,) = documents(one, "SP-O03")
    assert words(whole) == words(by_one)
    assert all(f"Day {number}" in words(whole) for number in (1, 3, 5, 7))
    assert "SP-O01 to SP-O04" in words(whole)


def test_what_is_not_planned_on_a_day_has_a_dash() -> None:
    (document,) = documents(life(), "SP-O01")
    found = rows(document)
    # amylase on day 1 alone; drain amylase on day 3 alone; bloods on all four
    assert found["Amylase"] == ["µkat/L", "to", ".", "–", "–", "–"]
    assert found["Drain amylase"][-4:] == ["–", ".", "–", "–"]
    assert found["Haemoglobin"] == ["g/L", "to"]


def test_columns_have_their_day_and_window() -> None:
    one = life()
    assert one.calendar.by_key["SP-P03"].assumed is not None
    (document,) = documents(one, "SP-O01")
    # operated on Monday 5 April 2027: days 1 and 3 are Tuesday the 6th and Thursday the 8th, day 7 Monday the 12th
    text = words(document)
    assert "Tue 06 Apr" in text
    assert "on the day" in text
    assert "to 09 Apr" in text
    assert "11 to 13 Apr" in text


def test_more_than_four_visits_go_on_on_another_page() -> None:
    pages = documents(lamps(), "NIGHT#1", "NIGHT#5")
    found = [[name for name, _texts in sorted(rows(page).items()) if name.startswith("Night ")] for page in pages]
    heads = [[text for texts in rows(page).values() for text in texts if text.startswith("Night ")] for page in pages]
    assert [own + others for own, others in zip(found, heads, strict=True)] == [
        ["Night 1", "Night 2", "Night 3", "Night 4"], ["Night 5"],
    ]  # fmt: skip
    assert "proposed Sat 28 Nov 2026, Night 5" in words(pages[0]), "the next visit is named"


def staged() -> Rehearsal:
    facts = (
        '[{"kind": "performed", "visit": "SP-P03", "on": "2027-04-05"},'
        ' {"kind": "booked", "visit": "SP-P04", "on": "2027-05-10"}]'
    )
    return life(today="2027-04-06", facts=facts, choices='{"staged": true}')


def test_each_operation_has_a_page_of_its_own() -> None:
    first, second = documents(staged(), "SP-O01", "SP-O01@2")
    assert "Tue 06 Apr" in words(first)
    # operated again on Monday 10 May
    assert "Tue 11 May" in words(second)
    assert "Tue 11 May" not in words(first)


def test_nothing_leaves_the_page() -> None:
    for one in (life(), lamps(), staged()):
        for document in documents(one):
            assert_inside(document)


def test_after_ablation_alone_there_is_no_drain() -> None:
    operated = '[{"kind": "operation", "visit": "SP-P03", "on": "2027-04-05", "pancreas": "none", "liver": "ablation"}]'
    (document,) = documents(life(today="2027-04-06", facts=operated), "SP-O02")
    assert "Haemoglobin" in rows(document)
    assert "drain" not in words(document).lower()
    assert "DGE" not in words(document)


def test_what_all_visits_of_a_page_have_is_said_once_and_the_rest_with_its_day() -> None:
    """Nobody recorded the operation of 5 April; day 5 is Saturday 10 April, and closed."""
    (document,) = documents(life(today="2027-04-20"), "SP-O01")
    text = words(document)
    assert text.count("counted from an unrecorded day: record Surgery or ablation (Mon 05 Apr 2027)") == 1
    assert "Day 5: closed day: Sat 10 Apr 2027 is a Saturday, and this visit keeps its day" in text


def test_notes_of_a_visit_have_its_day() -> None:
    (document,) = documents(life(), "SP-O01", notes={"SP-O02": ["drain turbid, 3 May told"], "SP-O01": ["slept well"]})
    assert "Day 3: drain turbid, 3 May told" in words(document), "words of a person are not changed"
    assert "Day 1: slept well" in words(document)


def test_the_page_says_what_a_dash_is_where_it_has_one() -> None:
    assert "– not planned on that day;" in words(documents(life(), "SP-O01")[0])
    assert "not planned" not in words(documents(life(), "SP-O05#14")[0])


LONG = "Department of Surgery and Oncology, Uppsala University Hospital, Akademiska"
OPERATED = '[{"kind": "performed", "visit": "SP-P03", "on": "2027-04-06"}]'


def test_an_operation_before_a_weekend_leaves_it_one_page() -> None:
    """Operated on Tuesday 6 April 2027: day 5 is Sunday the 11th, a closed day, and says so."""
    for centre in ("Linköping", LONG):
        (document,) = documents(life(today="2027-04-06", facts=OPERATED), "SP-O01", centre=centre)
        assert len(document.pages) == 1
        assert f"centre {centre}" in words(document)
        assert "closed day: Sun 11 Apr 2027" in words(document)


def test_two_problems_and_a_long_centre_leave_it_one_page() -> None:
    """Day 5 is closed, and nobody recorded the operation of 5 April."""
    (document,) = documents(life(today="2027-04-20"), "SP-O01", centre=LONG)
    assert len(document.pages) == 1
    assert f"centre {LONG}" in words(document)
    assert sum(isinstance(one, Mark) for one in document.pages[0][0].drawn) == 1
    assert "record Surgery or ablation" in words(document)
    assert "Day 5: closed day" in words(document)


def test_a_limit_of_a_day_gives_way_only_where_it_costs_the_page() -> None:
    """After ablation alone there is room for it."""
    ablated = '[{"kind": "operation", "visit": "SP-P03", "on": "2027-04-06", "pancreas": "none", "liver": "ablation"}]'
    limit = "not before Tue 06 Apr 2027"
    for facts, is_said in ((OPERATED, False), (ablated, True)):
        (document,) = documents(life(today="2027-04-06", facts=facts), "SP-O01")
        assert len(document.pages) == 1
        assert (limit in words(document)) is is_said
