"""What a search box finds."""

import pytest

from app.domain.search import Search, Texts

FOUND = [
    ("li001", "LI-001"),
    ("li 1", "LI-001"),
    ("LI-0", "LI-006"),
    ("LI-", "LI-006"),
    ("LI-006", "LI-006"),
    ("li6", "LI-006"),
    ("LI\u2013006", "LI-006"),
    ("L\u0406-006", "LI-006"),
    ("\uff2c\uff29006", "LI-006"),
    ("li_006 ", "LI-006"),
    ("006", "LI-006"),
    ("6", "LI-006"),
    ("LI-01", "LI-012"),
    ("li1", "LI-012"),
    ("SP-C02", "SP-C02#3"),
    ("sp c02", "SP-C02#3"),
    ("spc2", "SP-C02#3"),
    ("sp-c02#3", "SP-C02#3"),
    ("c2", "SP-C02#3"),
    ("CT", "CT of chest and abdomen"),
    ("ct", "Chest CT"),
    ("chest ct", "CT of the chest"),
    ("blood sam", "Bloods sampling"),
    ("dis", "Pump disconnection"),
    ("cycle 01", "Chemotherapy, cycle 1"),
    ("linkoping", "Link\u00f6ping University Hospital"),
    ("LINK\u00d6PING", "Linko\u0308ping"),
    ("\u9662", "\u5927\u533b\u9662"),
    ("", "anything"),
    ("  ", "anything"),
    ("-", "anything"),
    ("\u200b", "anything"),
]
NOT_FOUND = [
    ("CT", "Pump disconnection"),
    ("ct", "Infection check"),
    ("fusion", "Infusion"),
    ("li 1", "LI-003"),
    ("li1", "LI-021"),
    ("li-00", "LI-020"),
    ("LI-001", "LI-011"),
    ("SP-C02", "SP-C20"),
    ("SP-C02", "SP-C01"),
    ("sp-c02#3", "SP-C02#13"),
    ("li-1-1", "LI-11"),
    ("nobody", "LI-001"),
]


@pytest.mark.parametrize(("typed", "text"), FOUND)
def test_the_search_finds(typed: str, text: str) -> None:
    assert Search(typed).finds(text)


@pytest.mark.parametrize(("typed", "text"), NOT_FOUND)
def test_the_search_does_not_find(typed: str, text: str) -> None:
    assert not Search(typed).finds(text)


def test_words_may_be_in_several_texts_and_a_number_stays_with_its_word() -> None:
    row = ("LI-003", "SP-C02", "Infusion, cycle 1 day 1")
    assert Search("li-003 inf").finds(*row)
    assert Search("inf sp-c02").finds(*row)
    assert Search("infusion cycle 1").finds(*row)
    assert not Search("li 1").finds(*row)
    assert not Search("inf li-004").finds(*row)


def test_a_zero_finds_no_less_than_the_letters_before_it() -> None:
    codes = ["LI-001", "LI-006", "LI-010"]
    for typed in ("LI", "LI-", "LI-0", "li0"):
        assert [one for one in codes if Search(typed).finds(one)] == codes


def test_a_search_without_letters_and_digits_is_empty() -> None:
    assert Search(" \u2013 ").is_empty
    assert not Search("li").is_empty


def test_the_code_itself_is_known_apart_from_separators_and_zeros() -> None:
    assert Search("li1").is_exactly("LI-001")
    assert not Search("li1").is_exactly("LI-010")


@pytest.mark.parametrize("most", [None, 1, 2, 50])
def test_prepared_texts_find_what_a_search_finds(most: int | None) -> None:
    things = [(text, "Cycle 1 day 8") for _typed, text in (*FOUND, *NOT_FOUND)]
    prepared = Texts(things)
    for typed in {typed for typed, _text in (*FOUND, *NOT_FOUND)} | {"li 6 cycle", "day8", "cycle spc2", "006 day"}:
        search = Search(typed)
        wanted = [number for number, texts in enumerate(things) if search.finds(*texts)]
        assert prepared.found(search, most) == wanted[:most], typed


def test_no_word_goes_over_from_one_text_or_thing_to_the_next() -> None:
    prepared = Texts([("chest", "CT scan"), ("LI",), ("003",), ()])
    assert prepared.found(Search("chestct")) == []
    assert prepared.found(Search("li003")) == []
    assert prepared.found(Search("scan chest")) == [0]
    assert Texts([]).found(Search("x")) == []


def test_a_word_is_complete_where_nothing_follows_it() -> None:
    (word,) = Search("ct").words
    prepared = Texts([("CTCAE",), ("CT of the chest",), ("chest CT",), ("ECT",)])
    assert prepared.all_with(word.pattern) == {0, 1, 2}
    assert prepared.all_with(word.entire) == {1, 2}
    (three,) = Search("LI-3").words
    assert Texts([("LI-03",), ("LI-30",)]).all_with(three.entire) == {0}


def test_some_texts_are_found_by_complete_words_alone() -> None:
    texts, activities = ("LI-003", "Cycle 3 day 8"), ("Grade toxicity by CTCAE", "CA 19-9")
    assert not Search("ct").finds(*texts, complete=activities)
    assert Search("ctcae cyc").finds(*texts, complete=activities)
    assert Search("li3 ca 19").finds(*texts, complete=activities)
    assert not Search("li3 tox").finds(*texts, complete=activities)


def test_a_pasted_page_is_searched_by_its_beginning() -> None:
    assert Search("li " * 100_000).finds("LI-001")
    assert len(Search("word " * 100_000).words) == 40
