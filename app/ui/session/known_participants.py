"""The participants that were read last, so that a page that shows one of them again need not wait for the file."""

from collections import OrderedDict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.services.queries.participant import ParticipantView

MOST = 16
"""So many are known at once; a nurse goes to and fro between a few."""


class KnownParticipants:
    """What was read of participants since something of them changed last."""

    def __init__(self) -> None:
        self._views: OrderedDict[str, ParticipantView] = OrderedDict()

    def keep(self, view: "ParticipantView") -> "ParticipantView":
        """Know a participant. Return the known view where it says the same: what was made for it is still right."""
        known = self._views.pop(view.code, None)
        kept = known if known is not None and known == view else view
        self._views[view.code] = kept
        while len(self._views) > MOST:
            self._views.popitem(last=False)
        return kept

    def of(self, code: str, today: date) -> "ParticipantView | None":
        """Return what is known of a participant on that day; None where it must be read."""
        view = self._views.get(code)
        return view if view is not None and view.calendar.today == today else None

    def forget(self, codes: Iterable[str] | None = None) -> None:
        """Forget those of whom something has changed; None: everybody."""
        for code in list(self._views) if codes is None else codes:
            self._views.pop(code, None)
