"""A list of texts that change often."""

from pytestqt.qtbot import QtBot

from app.ui.widgets.text import Label
from app.ui.widgets.text_list import TextList


def shown(texts: TextList) -> list[tuple[str, str]]:
    labels = [label for label in texts.findChildren(Label) if not label.isHidden()]
    return [(label.text(), str(label.property("role"))) for label in labels]


def test_labels_are_kept_and_hidden_where_there_are_fewer_texts(qtbot: QtBot) -> None:
    texts = TextList("Notes", ("", "small"))
    qtbot.addWidget(texts)
    assert texts.isHidden()
    texts.show_texts([("late", ""), ("by a nurse", ""), ("ill", "due")])
    assert shown(texts) == [("Notes", "strong"), ("late", ""), ("by a nurse", "small"), ("ill", "")]
    before = texts.findChildren(Label)
    texts.show_texts([("well", "")])
    assert shown(texts) == [("Notes", "strong"), ("well", "")]
    assert texts.findChildren(Label) == before
    texts.show_texts([])
    assert texts.isHidden()


def test_of_thousands_some_are_shown_and_more_when_they_are_asked_for(qtbot: QtBot) -> None:
    texts = TextList("Notes", ("", "small"))
    qtbot.addWidget(texts)
    texts.show()
    every = [(f"note {number // 2}" if number % 2 == 0 else "by a nurse", "") for number in range(500)]
    texts.show_texts(every)
    assert (len(shown(texts)), texts.more.text()) == (1 + 200, "Show 100 more")
    texts.more.click()
    assert (len(shown(texts)), texts.more.text()) == (1 + 400, "Show 50 more")
    texts.more.click()
    assert [text for text, _role in shown(texts)[1:]] == [text for text, _tone in every]
    assert texts.more.isHidden()
    texts.show_texts(every[:2])
    assert (len(shown(texts)), texts.more.isHidden()) == (1 + 2, True)
