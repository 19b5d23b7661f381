"""The dialog for those who were identified at the conference and not screened: a number, and why."""

from collections.abc import Iterator, Mapping

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.facts.kinds import KINDS
from app.domain.refusal import Doubted, Refused
from app.services.commands.configure_site import propose_study, save_study
from app.services.commands.consent_forms import identified_not_screened
from app.services.commands.record import Saved
from app.services.study.study import Study
from app.ui.forms.fact_form import FactForm
from app.ui.forms.protocol_offer import Offer, offer_of, protocol_words
from app.ui.forms.protocol_options import Option, options_of
from app.ui.forms.questions import TODAY, Question, hint_of, label_of
from app.ui.forms.sure_question import SureQuestion
from app.ui.forms.unsaved import FormDialog
from app.ui.session.error_text import error_text
from app.ui.session.session import StudySession
from app.ui.session.worker import Job
from app.ui.style import tokens
from app.ui.widgets.buttons import Button, dialog_foot
from app.ui.widgets.notes import Banner
from app.ui.widgets.text import Wrapped
from app.wording.fact_sentences import saved_text
from app.wording.language import gettext as _

KIND = "identified"
WIDE = 560
"""The usual width at a text size of 100 %."""


class IdentifiedDialog(FormDialog):
    """Asks how many were identified and not screened, and why."""

    def __init__(self, session: StudySession, parent: QWidget | None = None) -> None:
        """Ask for the protocols; the form follows."""
        super().__init__(parent)
        self.setWindowTitle(_("Identified and not screened"))
        self.session = session
        self.form: FactForm | None = None
        self._fresh: Mapping[str, object] = {}
        self._saves = False
        self.banner, self.sure = Banner(self), SureQuestion(self)
        self.save_button = Button(_("Record"), self.save, "primary", parent=self)
        self.cancel_button = Button(_("Cancel"), self.reject, parent=self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(8)
        self._column.addWidget(self.banner)
        self._column.addWidget(Wrapped(_("Only a number is kept, and why; nothing about a person."), "muted"))
        self._column.addStretch(1)
        self._column.addWidget(self.sure)
        self._column.addLayout(dialog_foot(self.cancel_button, self.save_button))
        self.resize(tokens.px(WIDE), self.sizeHint().height())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save)
        session.ask(lambda study, _job: offer_of(study), self._offered, owner=self)

    def _offered(self, offer: Offer) -> None:
        self.form = FactForm(tuple(_questions(offer)), self.session.today, self)
        self._fresh = self.form.typed()
        self.form.changed.connect(self._typed)
        self._column.insertWidget(2, self.form)
        self.form.focus_first()

    def _typed(self) -> None:
        self.banner.hide()
        self.sure.follow(self.form.fields() if self.form is not None else None)

    def has_typed(self) -> bool:
        """Whether the form differs from what it showed at first."""
        return self.form is not None and not self._saves and self.form.typed() != self._fresh

    def may_close(self) -> bool:
        """Whether nothing is being saved."""
        return not self._saves

    def save(self) -> None:
        """Record the number; what is doubted about it is asked first."""
        if self.form is None or self._saves or not self.session.can_write:
            return
        self.form.clear_refusals()
        if self.form.refuse_missing():
            return
        fields, today, confirmed = self.form.fields(), self.session.today, self.sure.confirmed()
        protocol = str(fields.pop("protocol", ""))

        def record(study: Study, _job: Job) -> Saved:
            facts = identified_not_screened(study, fields, protocol, today)
            proposal = propose_study(study, facts, today)
            sure = confirmed is not None and proposal.doubt is not None and confirmed.covers(proposal.doubt)
            return save_study(study, proposal, sure)

        self._saves = True
        self.session.change(
            record, self._saved, self._not_saved, self, codes=[], text=lambda saved: saved_text(saved.facts, "")
        )

    def _saved(self, _saved: Saved) -> None:
        self._saves = False
        self.accept()

    def _not_saved(self, error: BaseException) -> None:
        self._saves = False
        if isinstance(error, Doubted) and self.sure.ask(error):
            self.sure.take_keyboard()
        elif not (isinstance(error, Refused) and self.form is not None and self.form.show_refusal(error)):
            self.banner.tell(error_text(error))


def _questions(offer: Offer) -> Iterator[Question]:
    kind = KINDS[KIND]
    defaults: Mapping[str, object] = {"on": TODAY, "count": 1, "protocol": offer.usual or None}
    for field in kind.fields:
        if field.name == "protocol":
            options: tuple[Option, ...] = tuple((one.id, protocol_words(one)) for one in offer.protocols)
        elif field.name == "centre":
            options = tuple((name, name) for name, _country in offer.sites)
        else:
            options = options_of(kind, field, None)
        label, hint = label_of(KIND, field), hint_of(KIND, field.name)
        yield Question(field, label, options, defaults.get(field.name), hint, free=field.name == "centre")
