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
