"""The dialog that records a screening: the criteria of the protocol one by one, and what came out of it."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.domain.facts.kinds import KINDS
from app.domain.refusal import Refused
from app.ui.forms.editor import Editor
from app.ui.forms.fact_form import FactForm
from app.ui.forms.protocol_offer import Offer, offer_of, protocol_words
from app.ui.forms.protocol_options import Option, options_of, protocol_options
from app.ui.forms.questions import TODAY, Question, hint_of, label_of
from app.ui.forms.sure_question import SureQuestion
from app.ui.forms.unsaved import FormDialog
from app.ui.session.error_text import error_text
from app.ui.session.proposal_jobs import SaveJob, ScreeningRequest
from app.ui.session.session import StudySession
from app.ui.style import tokens
from app.ui.widgets.buttons import Button, dialog_foot
from app.ui.widgets.notes import Banner
from app.ui.widgets.scroll_column import ColumnContent
from app.wording.language import gettext as _

_ORDER = (
    "protocol", "code", "on", "year_of_birth", "sex", "cohort", "metastases", "largest_mm", "liver", "ecog",
    "confirmed_by", "criteria", "outcome", "failed_for", "reason", "investigator",
)  # fmt: skip
WIDE, HIGH = 640, 560
"""The usual size at a text size of 100 %."""


class ScreeningDialog(FormDialog):
    """Asks for a screening. What the answers contradict is asked about before it is saved."""

    def __init__(self, session: StudySession, parent: QWidget | None = None) -> None:
        """Ask for the protocols; the form follows."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Screen somebody"))
        self.session = session
        self.form: FactForm | None = None
        self._offer: Offer | None = None
        self._fresh: Mapping[str, object] = {}
        self.saving = SaveJob(session, self, _("Saving"))
        self.saving.saved.connect(lambda _saved: self.accept())
        self.saving.failed.connect(self._not_saved)
        self.banner = Banner(self)
        self.banner.hide()
        self.sure = SureQuestion(self)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.save_button = Button(_("Record screening"), self.save, "primary", parent=self)
        self.cancel_button = Button(_("Cancel"), self.reject, parent=self)
        self._lay_out()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save)
        session.ask(lambda study, _job: offer_of(study), self._offered, owner=self)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.banner)
        column.addWidget(self.area, 1)
        column.addWidget(self.sure)
        column.addLayout(dialog_foot(self.cancel_button, self.save_button))
        room = self.screen().availableGeometry().size()
        self.resize(min(tokens.px(WIDE), room.width()), min(tokens.px(HIGH), room.height() - 32))

    # The form

    def _offered(self, offer: Offer) -> None:
        self._offer = offer
        self._ask({"protocol": offer.usual or None})
        if self.form is not None:
            self._fresh = self.form.typed()
            self.form.focus_first()

    def _ask(self, fields: Mapping[str, object]) -> None:
        """Show the questions for the chosen protocol, with the answers so far."""
        if self._offer is None:
            return
        form = FactForm(tuple(_questions(self._offer, fields.get("protocol"))), self.session.today)
        form.set_fields(fields)
        form.changed.connect(self._typed)
        chosen = form.editor("protocol")
        if isinstance(chosen, Editor):
            chosen.changed.connect(lambda: QTimer.singleShot(0, self, self._protocol_chosen))
        self.form = form
        inside = ColumnContent()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)
        column.addStretch(1)
        self.area.setWidget(inside)

    def _protocol_chosen(self) -> None:
        if self.form is not None:
            self._ask({name: one for name, one in self.form.fields().items() if name != "criteria"})

    def _typed(self) -> None:
        self.banner.hide()
        self.sure.follow(self.form.fields() if self.form is not None else None)

    def has_typed(self) -> bool:
        """Whether the form differs from what it showed at first."""
        return self.form is not None and not self.saving.under_way and self.form.typed() != self._fresh

    def may_close(self) -> bool:
        """Whether nothing is being saved."""
        return not self.saving.under_way

    # Saving

    def save(self) -> None:
        """Record the screening; what is doubted about it is asked first."""
        if self.form is None or self.saving.under_way or not self.session.can_write:
            return
        self.form.clear_refusals()
        if not self.form.refuse_missing():
            self.saving.save(ScreeningRequest(self.form.fields()), None, self.sure.confirmed())

    def _not_saved(self, error: BaseException) -> None:
        if self.sure.ask(error):
            self.sure.take_keyboard()
        elif not (isinstance(error, Refused) and self.form is not None and self.form.show_refusal(error)):
            self.banner.tell(error_text(error))


def _questions(offer: Offer, chosen: object) -> Iterator[Question]:
    kind, protocol = KINDS["screened"], offer.protocol(chosen)
    for name in _ORDER:
        field = kind.field(name)
        if field is None:
            continue
        if name == "protocol":
            options: tuple[Option, ...] = tuple((one.id, protocol_words(one)) for one in offer.protocols)
        else:
            offered = protocol_options(field, protocol) if protocol is not None else ()
            options = tuple(offered or options_of(kind, field, None))
        if name in ("criteria", "cohort") and not options:
            continue
        default = TODAY if name == "on" else None
        label, hint = label_of(kind.id, field), hint_of(kind.id, name)
        yield Question(field, label, options, default, hint, when=field.asked_when)
