"""Keeps the index of the open study: read on the worker when somebody begins to search, some participants at a time.

After a change only those participants are read again whom it concerns.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.search_index import Found, Indexed, SearchIndex
from app.ui.session.session import Changed, StudySession
from app.ui.session.worker import Job

if TYPE_CHECKING:
    from app.services.study.study import Study

AT_ONCE = 100
"""So many participants are read in one job, so that nothing else waits long for the file."""
_NOBODY = SearchIndex(())


class IndexKeeper(QObject):
    """The index of a session's study. Until it is read, participants are found by their codes."""

    renewed = Signal()
    """The index has changed."""

    def __init__(self, session: StudySession) -> None:
        """Listen to the session; nothing is read before `wake`."""
        super().__init__(session)
        self._session = session
        self._index = _NOBODY
        self._parts: dict[str, Indexed] = {}
        self._stale: set[str] | None = None
        self._job: Job | None = None
        self._opened = 0
        session.changed.connect(self._changed)
        session.opened.connect(self._forget)
        session.closed.connect(self._forget)

    @property
    def is_complete(self) -> bool:
        """Whether all that can be found is in the index."""
        return self._stale == set() and self._job is None

    def found(self, typed: str, most: int) -> Found:
        """Return what a text finds, at most so many of each group."""
        return self._index.found(typed, self._session.today, most)

    def wake(self) -> None:
        """Read what is not known, as somebody begins to search."""
        view = self._session.view
        if view is None or self._job is not None or self.is_complete:
            return
        if self._stale is None:
            self._parts = {code: Indexed(code) for code in view.participants}
            self._index = SearchIndex(self._parts.values())
            self._stale = set(view.participants)
        self._read_some(self._stale)

    def _read_some(self, stale: set[str]) -> None:
        """Read some of the participants that are not known; the others follow, and whatever was asked in between."""
        today, parts = self._session.today, self._parts
        order = self._session.view.participants if self._session.view is not None else ()
        some = [code for code in order if code in stale][:AT_ONCE]
        left = stale.difference(some).intersection(order)

        def read(study: "Study", _job: Job) -> tuple[dict[str, Indexed], SearchIndex | None]:
            from app.services.queries.search_parts import searched, searched_settings

            found = {**parts, **searched(study, today, some)} if some else dict(parts)
            known = {code: found[code] for code in order if code in found}
            if left:
                return known, None
            return known, SearchIndex(known.values(), searched_settings(study))

        opened = self._opened

        def take(found: tuple[dict[str, Indexed], SearchIndex | None]) -> None:
            if opened == self._opened:
                self._take(found)

        self._stale = left
        self._job = self._session.ask(read, take, self._failed(some), self)

    def _take(self, found: tuple[dict[str, Indexed], SearchIndex | None]) -> None:
        self._job = None
        self._parts, index = found
        if index is not None:
            self._index = index
            self.renewed.emit()
        if self._stale:
            self._read_some(self._stale)

    def _failed(self, some: Sequence[str]) -> Callable[[BaseException], None]:
        opened = self._opened

        def failed(_error: BaseException) -> None:
            """Try again at the next search: those that could not be read are still found by their codes."""
            if opened == self._opened:
                self._job = None
                self._stale = (self._stale or set()).union(some)

        return failed

    def _changed(self, changed: Changed) -> None:
        view = self._session.view
        if self._stale is None or view is None:
            return
        whose = set(view.participants) if changed.codes is None else set(changed.codes)
        new = set(view.participants).symmetric_difference(self._parts)
        self._stale |= whose | new

    def _forget(self) -> None:
        if self._job is not None:
            self._job.stop()
        self._opened += 1
        self._job, self._stale, self._parts, self._index = None, None, {}, _NOBODY
