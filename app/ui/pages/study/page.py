"""The page of the study: what the site has set, section by section, and at the side what a change would move."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.domain.facts.records import Recorded
from app.ui.pages.page_base import Page
from app.ui.pages.study.backups import Backups
from app.ui.pages.study.closed_days import ClosedDays
from app.ui.pages.study.consent_forms import ConsentForms
from app.ui.pages.study.identified import Identified
from app.ui.pages.study.preview import StudyPreview, taking_back
from app.ui.pages.study.section import Section
from app.ui.pages.study.site import Sites
from app.ui.pages.study.values import Values
from app.ui.session.session import Changed, StudySession
from app.ui.style import tokens
from app.ui.widgets.notes import Banner
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.text import Label
from app.wording.language import gettext as _

SITE, CLOSED_DAYS, VALUES, CONSENT, IDENTIFIED, BACKUPS = (
    "site", "closed_days", "values", "consent", "identified", "backups",
)  # fmt: skip
_BOTH_FROM, _SHARE = 900, 0.44
"""From this width on, at a text size of 100 %, the preview is next to the section; its share of the width."""


class StudyPage(Page):
    """The sections with their tabs; what a change moves is shown before it is saved."""

    def __init__(self, session: StudySession, parent: QWidget | None = None) -> None:
        """Show the first section when the page is shown."""
        super().__init__(session, parent)
        self.banner = Banner()
        self.preview = StudyPreview(session, self.banner)
        self.site = Sites(session, self.preview)
        self.closed_days = ClosedDays(session, self.preview)
        self.values = Values(session, self.preview)
        self.consent = ConsentForms(session, self.preview)
        self.identified = Identified(session, self.preview)
        self.backups = Backups(session, self.preview)
        self.sections: Mapping[str, Section] = {
            SITE: self.site,
            CLOSED_DAYS: self.closed_days,
            VALUES: self.values,
            CONSENT: self.consent,
            IDENTIFIED: self.identified,
            BACKUPS: self.backups,
        }
        names = {
            SITE: _("Site"),
            CLOSED_DAYS: _("Closed days"),
            VALUES: _("Values and questions"),
            CONSENT: _("Consent"),
            IDENTIFIED: _("Identified"),
            BACKUPS: _("Backups"),
        }
        self.tabs = Tabs(names, _("Parts of the study's settings"))
        self.stack = QStackedWidget()
        self._build()
        # Where the keyboard begins; as the page's focus proxy Qt would leave out what comes before it when Tab walks.
        self.first: QWidget = self.tabs
        session.opened.connect(self._another_study)
        self.tabs.chosen.connect(self._go)
        self.preview.turned.connect(self._arrange)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._next, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _build(self) -> None:
        self.left = QWidget()
        column = QVBoxLayout(self.left)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Label(_("Study"), "title"))
        row.addWidget(self.tabs, 1)
        column.addLayout(row)
        column.addWidget(self.banner)
        for section in self.sections.values():
            self.stack.addWidget(section)
        column.addWidget(self.stack, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(self.left)
        self._splitter.addWidget(self.preview)
        outer.addWidget(self._splitter)

    # Sections

    @property
    def section(self) -> Section:
        """The section that is shown."""
        return self.sections[self.tabs.key]

    def show_section(self, name: str) -> None:
        """Show a section by its name."""
        if name == self.tabs.key:
            self._read_if_stale()
        self.tabs.choose(name)

    def show_value(self, key: str) -> None:
        """Show the value or question of that key."""
        self.show_section(VALUES)
        self.values.list.show_found(key)

    def show_kind(self, kind: str) -> None:
        """Show the section in which facts of that kind are recorded; what none records is about the site."""
        self.show_section(next((name for name, one in self.sections.items() if kind in one.kinds), SITE))

    def take_back(self, fact: Recorded) -> None:
        """Show what changes when a fact of the study is taken back, in the section of its kind."""
        self.show_kind(fact.kind)
        self.preview.ask(taking_back(fact))

    def _go(self, name: str) -> None:
        self.preview.forget()
        self.banner.hide()
        self.stack.setCurrentWidget(self.sections[name])
        self._read_if_stale()

    def read(self) -> None:
        """Ask the file for what the section shows; the others ask when they are shown."""
        for one in self.sections.values():
            one.stale = True
            one.follow_day()
        self._read_if_stale()

    def _read_if_stale(self) -> None:
        if (self.section.stale or self.section.reads_whenever_shown) and self._session.view is not None:
            self.section.stale = False
            self.section.read()

    def concerns(self, changed: Changed) -> bool:
        """Every change; a preview that was made before it no longer holds."""
        self.preview.forget()
        return True

    def _another_study(self) -> None:
        """Forget what was said of the study before."""
        self.preview.forget()
        self.banner.hide()
        for one in self.sections.values():
            one.leave_study()

    # The preview

    def _next(self) -> None:
        if self.preview.proposal is not None:
            self.preview.save()
        else:
            self.section.go_on()

    def _arrange(self) -> None:
        """Show the section and the preview next to each other, or one of them where there is little room."""
        shown = not self.preview.isHidden()
        both = self.width() >= tokens.px(_BOTH_FROM)
        self.left.setVisible(both or not shown)
        if both and shown:
            side = round(self.width() * _SHARE)
            self._splitter.setSizes([self.width() - side, side])
        for one in self.sections.values():
            one.allow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # What is typed

    def draft_name(self) -> str:
        """Return the name of the page for the question about what was typed."""
        return _("Study")

    def has_typed(self) -> bool:
        """Whether something is typed in a section that is not saved."""
        return any(one.has_typed() for one in self.sections.values())

    def discard(self) -> None:
        """Forget what was typed."""
        self.preview.forget()
        for one in self.sections.values():
            if one.has_typed():
                one.discard()
