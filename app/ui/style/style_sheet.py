"""The style sheet of the desktop: the shapes of the common controls."""

from dataclasses import fields

from PySide6.QtGui import QFontMetrics

from app.ui.style.tokens import BODY, CODE, HEADING, SMALL, TICK, TITLE, Tokens, font, px

_SHEET = """
QToolTip { color: @text@; background: @surface@; border: 1px solid @strong@; padding: 4px 6px; }
QLabel[role="muted"], QLabel[role="small"] { color: @muted@; }
QLabel[role="small"] { font-size: @small@; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="heading"] { font-size: @heading@; font-weight: 600; }
QLabel[role="title"] { font-size: @title@; font-weight: 600; }
QLabel[role="code"] { font-size: @code@; font-weight: 600; }
QLabel[band="true"] { color: @due@; background: @notice@; padding: 3px; border-bottom: 1px solid @due@; }
QLabel[tone="alarm"] { color: @alarm@; }
QLabel[tone="due"] { color: @due@; }
QLabel[tone="done"] { color: @done@; }
QLabel[tone="accent"] { color: @accent@; }
QLabel[tone="muted"] { color: @muted@; }
QFrame[surface="true"], QWidget[surface="true"] { background: @surface@; }
QFrame[rule="true"] { background: @line@; border: none; }
QFrame[note="plain"] { background: @ground@; border: none; border-left: 3px solid @accent@; }
QFrame[note="notice"] { background: @notice@; border: none; border-left: 3px solid @due@; }
QFrame[note="alarm"] { background: @notice@; border: none; border-left: 3px solid @alarm@; }
QFrame[note="done"] { background: @selection@; border: none; border-left: 3px solid @done@; }
QScrollArea[message="true"]:focus { border: 2px solid @accent@; }
QPushButton {
    color: @text@; background: @surface@; border: 1px solid @strong@; border-radius: 4px;
    padding: 4px 10px; min-height: @button@;
}
QPushButton:hover { background: @hover@; }
QPushButton:pressed { background: @selection@; }
QPushButton:focus { border: 2px solid @accent@; padding: 3px 9px; }
QPushButton:disabled { color: @muted@; border-color: @line@; background: @ground@; }
QPushButton[primary="true"] { color: @on_accent@; background: @accent@; border: 1px solid @accent@; font-weight: 600; }
QPushButton[primary="true"]:focus { border: 2px solid @text@; padding: 3px 9px; }
QPushButton[primary="true"]:disabled { color: @muted@; background: @line@; border-color: @line@; }
QPushButton[link="true"] { color: @accent@; background: transparent; border: 1px solid transparent; padding: 4px 4px; }
QPushButton[link="true"]:hover { text-decoration: underline; }
QPushButton[link="true"]:focus { border: 2px solid @accent@; padding: 3px 3px; }
QPushButton[chip="true"] {
    border-radius: 11px; padding: 2px 10px; font-size: @small@; border: 1px solid @strong@; background: @surface@;
}
QPushButton[chip="true"]:checked { background: @selection@; border-color: @accent@; font-weight: 600; color: @accent@; }
QPushButton[chip="true"]:focus { border: 2px solid @accent@; padding: 1px 9px; }
QPushButton[nav="true"] {
    text-align: left; border: none; border-left: 3px solid transparent; border-radius: 0; padding: 8px 10px 8px 9px;
    background: transparent;
}
QPushButton[nav="true"]:hover { background: @hover@; }
QPushButton[nav="true"]:checked { background: @selection@; border-left: 3px solid @accent@; font-weight: 600; }
QPushButton[nav="true"]:focus { border: 2px solid @accent@; padding: 6px 8px 6px 10px; }
QPushButton::menu-indicator { image: none; width: 0; }
QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 3px; background: transparent; color: @text@; }
QToolButton:hover { background: @hover@; border-color: @line@; }
QToolButton:focus { border: 2px solid @accent@; padding: 2px; }
QToolButton:checked { background: @selection@; border-color: @accent@; }
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDoubleSpinBox {
    color: @text@; background: @surface@; border: 1px solid @strong@; border-radius: 4px; padding: 3px 6px;
    selection-background-color: @accent@; selection-color: @on_accent@;
}
QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox { min-height: @button@; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus {
    border: 2px solid @accent@; padding: 2px 5px;
}
QLineEdit[wrong="true"], QComboBox[wrong="true"], QPlainTextEdit[wrong="true"] {
    border: 2px solid @alarm@; padding: 2px 5px;
}
QLineEdit:disabled, QComboBox:disabled { color: @muted@; background: @ground@; border-color: @line@; }
QListWidget[popup="true"] { border: 1px solid @strong@; }
QComboBox { combobox-popup: 0; }
QComboBox[drawn="true"]::drop-down { border: none; width: @drop@; }
QComboBox[drawn="true"]::down-arrow { image: none; }
QAbstractItemView { activate-on-singleclick: 0; }
QComboBox QAbstractItemView {
    background: @surface@; color: @text@; border: 1px solid @strong@; outline: none;
    selection-background-color: @selection@; selection-color: @text@;
}
QCheckBox, QRadioButton {
    spacing: 8px; color: @text@; border: 2px solid transparent; border-radius: 4px; padding: 1px;
}
QCheckBox:disabled, QRadioButton:disabled { color: @muted@; }
QCheckBox:focus, QRadioButton:focus { border-color: @accent@; }
QRadioButton:focus:!checked { border: 1px dashed @strong@; padding: 2px; }
QCheckBox::indicator, QRadioButton::indicator { width: @tick@; height: @tick@; }
QAbstractItemView {
    background: @surface@; color: @text@; border: none; outline: none; gridline-color: @line@;
    selection-background-color: @selection@; selection-color: @text@; alternate-background-color: @surface@;
}
QAbstractItemView::item { border-bottom: 1px solid @line@; padding: 0 6px; }
QAbstractItemView::item:selected { background: @selection@; color: @text@; }
QHeaderView { background: @ground@; }
QHeaderView::section {
    background: @ground@; color: @muted@; border: none; border-bottom: 1px solid @strong@; padding: 5px 9px;
    font-size: @small@; font-weight: 600; text-align: left;
}
QTableView[impact="true"] QHeaderView::section { padding: 5px 0 5px 7px; }
QTableView[days="true"], QTableView[days="true"] QTableCornerButton::section { background: transparent; border: none; }
QTableView[days="true"] QHeaderView { background: transparent; }
QTableView[days="true"] QHeaderView::section {
    background: transparent; border: none; padding: 2px 0; font-weight: normal;
}
QTableView[weeks="true"] QHeaderView::section:vertical { padding: 4px 0; font-weight: normal; border-bottom: none; }
QTableView[weeks="true"] QHeaderView::section:horizontal { padding: 4px 5px; }
QTableView[weeks="true"] QTableCornerButton::section {
    background: @ground@; border: none; border-bottom: 1px solid @strong@;
}
QTabBar { background: transparent; border: none; }
QTabBar::tab {
    color: @text@; background: transparent; border: 2px solid transparent; border-bottom: 3px solid transparent;
    padding: 4px 10px; margin-right: 4px;
}
QTabBar::tab:hover { background: @hover@; }
QTabBar::tab:selected { border-bottom-color: @accent@; color: @accent@; }
QTabBar::tab:selected:focus { border-color: @accent@; border-radius: 4px; }
QMenuBar { background: @surface@; color: @text@; }
QMenuBar::item { padding: 4px 8px; background: transparent; }
QMenuBar::item:selected { background: @selection@; }
QMenu { background: @surface@; color: @text@; border: 1px solid @strong@; padding: 4px 0; }
QMenu::item { padding: 5px 24px 5px 12px; }
QMenu::item:selected { background: @selection@; color: @text@; }
QMenu::item:disabled { color: @muted@; }
QMenu::separator { height: 1px; background: @line@; margin: 4px 0; }
QStatusBar { background: @surface@; color: @muted@; border-top: 1px solid @line@; font-size: @small@; }
QStatusBar::item { border: none; }
QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 11px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 0; }
QScrollBar::handle { background: @strong@; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: @line@; }
QProgressBar {
    border: 1px solid @strong@; border-radius: 4px; background: @surface@; text-align: center; color: @text@;
}
QProgressBar::chunk { background: @accent@; }
QGroupBox { border: none; margin-top: 20px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
QDialog { background: @ground@; }
"""


def style_sheet(colors: Tokens) -> str:
    """Return the style sheet of the common controls in these colours and at the text size in use."""
    values = {field.name: str(getattr(colors, field.name)) for field in fields(colors)}
    sizes = {
        "body": px(BODY),
        "small": px(SMALL),
        "heading": px(HEADING),
        "title": px(TITLE),
        "code": px(CODE),
        "tick": px(TICK),
        "drop": px(24),
    }
    text = _SHEET
    for name, value in {**values, **{name: f"{size}px" for name, size in sizes.items()}}.items():
        text = text.replace(f"@{name}@", value)
    return text.replace("@button@", f"{max(px(14), QFontMetrics(font()).height())}px")
