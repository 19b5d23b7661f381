"""Everything can be reached by keys and is named for who cannot see it."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QMenu, QWidget

from tests.ui.nurse import Key, Nurse

SECTIONS = ("site", "closed_days", "values", "consent", "identified", "backups")
PAGES = ("start", "today", "participants", "participant", "calendar", "enrol", "monitor", *SECTIONS)


@pytest.fixture(params=PAGES)
def page(reader: Nurse, request: pytest.FixtureRequest) -> Iterator[QWidget]:
    """Each page as it is shown; without a study the first one has the window to itself."""
    name: str = request.param
    if name == "participant":
        reader.open_participant("LI-005", "SP-C02#2")
    if name == "start":
        reader.window.stack.setCurrentWidget(reader.window.start)
        reader.window._focus_first(reader.window.start)
    else:
        reader.window.go("study" if name in SECTIONS else name)
    if name in SECTIONS:
        reader.study.show_section(name)
    reader.settle()
    yield reader.window.pages["study" if name in SECTIONS else name]
    reader.window.go("today")


def focusable(within: QWidget, policy: Qt.FocusPolicy = Qt.FocusPolicy.TabFocus) -> list[QWidget]:
    """The widgets that the keyboard can go to, seen and enabled."""
    return [
        one
        for one in within.findChildren(QWidget)
        if one.focusPolicy() & policy and one.isVisible() and one.isEnabled() and one.focusProxy() is None
    ]


def name_of(widget: QWidget) -> str:
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton):
        return widget.text().replace("&", "")
    window = widget.window()
    return next((one.text() for one in window.findChildren(QLabel) if one.buddy() is widget), "")


def described(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()} in {type(widget.parentWidget()).__name__}"


def test_every_control_has_a_name(reader: Nurse, page: QWidget) -> None:
    controls = focusable(reader.window)
    assert len(controls) > 3
    assert [described(one) for one in controls if not name_of(one).strip()] == []
    assert [one.accessibleName() for one in controls if "&" in one.accessibleName().replace("R&D", "")] == []


def test_tab_goes_to_every_control_and_comes_back(reader: Nurse, page: QWidget) -> None:
    wanted = {one for one in focusable(reader.window) if page.isAncestorOf(one)}
    assert wanted
    first = QApplication.focusWidget()
    assert first is not None
    assert page.isAncestorOf(first), "the keyboard begins on the page"
    seen: list[QWidget] = []
    now: QWidget | None = first
    for _press in range(120):
        assert now is not None
        seen.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        # In the days of the calendar Tab goes through the visits of one of them before it leaves them.
        if now is first and seen[-1] is not first:
            break
    else:
        pytest.fail(f"Tab never comes back to {described(first)}")
    missed = [described(one) for one in wanted if one not in seen and not is_passed_over(one, seen)]
    assert missed == []


def is_passed_over(widget: QWidget, seen: list[QWidget]) -> bool:
    """Whether arrows go on from Tab, as in a group of radio buttons, or a box inside takes its place."""
    inner = [one for one in seen if widget.isAncestorOf(one)]
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return bool(inner) or (group is not None and any(one in seen for one in group.buttons()))


def test_backtab_goes_the_other_way(reader: Nurse) -> None:
    reader.window.go("today")
    reader.today.search.setFocus()
    begun = QApplication.focusWidget()
    assert begun is not None
    reader.press(Key.Key_Tab, begun)
    after = QApplication.focusWidget()
    assert after is not None
    assert after is not begun
    QTest.keyClick(after, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is begun


def test_targets_are_large_enough_to_hit(reader: Nurse, page: QWidget) -> None:
    inside_a_box = (QLineEdit, QComboBox)
    small = [
        f"{described(one)} {name_of(one)!r} {one.width()}x{one.height()}"
        for one in reader.window.findChildren(QAbstractButton)
        if one.isVisible() and not isinstance(one.parentWidget(), inside_a_box) and min(one.width(), one.height()) < 24
    ]
    assert small == []


def plain(action: QAction) -> str:
    return action.text().replace("&&", "").replace("&", "")


def letters(texts: list[str]) -> list[str]:
    found = []
    for text in texts:
        at = text.replace("&&", "__").find("&")
        if at >= 0:
            found.append(text.replace("&&", "__")[at + 1].casefold())
    return found


def test_every_command_has_words_and_a_key_of_its_own(reader: Nurse) -> None:
    actions = list(reader.window.menus.actions.values())
    assert len(actions) > 30
    assert [name for name, one in reader.window.menus.actions.items() if not plain(one).strip()] == []
    keys = Counter(key.toString() for one in actions for key in one.shortcuts())
    assert [key for key, count in keys.items() if count > 1] == []
    assert "Ctrl+Z" in keys


def test_the_letters_of_a_menu_are_different_and_every_line_has_one(reader: Nurse) -> None:
    bar = reader.window.menuBar()
    titles = [action.text() for action in bar.actions()]
    assert len(set(letters(titles))) == len(titles) == 7
    for action in bar.actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        lines = [one.text() for one in menu.actions() if not one.isSeparator()]
        assert len(letters(lines)) == len(lines), action.text()
        assert [one for one, count in Counter(letters(lines)).items() if count > 1] == [], action.text()


def test_the_letters_of_a_page_are_no_letters_of_the_menu(reader: Nurse, page: QWidget) -> None:
    own = letters([one.text() for one in page.findChildren(QAbstractButton) if one.isVisible()])
    assert [one for one, count in Counter(own).items() if count > 1] == []
    assert set(own).isdisjoint(letters([one.text() for one in reader.window.menuBar().actions()]))


def test_the_list_of_keys_has_every_key_of_the_menus(reader: Nurse) -> None:
    listed = {keys for _title, pairs in reader.window.menus.sections() for keys, _text in pairs}
    for name, action in reader.window.menus.actions.items():
        key = action.shortcut().toString()
        assert not key or key in listed or name in ("performed",), name
    assert {"Enter", "Space", "R", "M", "N", "P", "O", "Q", "U"} <= listed


def test_the_focus_is_seen(reader: Nurse) -> None:
    """A button with the focus does not look like one without."""
    button = reader.today.print_button
    reader.today.list.setFocus()
    without = button.grab().toImage()
    button.setFocus()
    reader.wait(button.hasFocus)
    assert button.grab().toImage() != without
