"""The index of the open study is read some participants at a time, and again only where something changed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.ui.search import index_keeper
from app.ui.search.index_keeper import IndexKeeper
from app.ui.session.session import Changed, StudySession
from tests.ui.stories import TODAY

Wait = Callable[[Callable[[], bool]], None]


def test_it_is_read_in_parts_and_a_change_is_read_again(
    session: StudySession, study_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: object
) -> None:
    monkeypatch.setattr(index_keeper, "AT_ONCE", 3)
    asked: list[list[str]] = []
    from app.services.queries import search_parts

    real = search_parts.searched

    def searched(study: object, today: object, codes: list[str]) -> object:
        asked.append(list(codes))
        return real(study, today, codes)  # type: ignore[arg-type]

    monkeypatch.setattr(search_parts, "searched", searched)
    wait: Wait = qtbot.waitUntil  # type: ignore[attr-defined]
    session.today = TODAY
    session._fixed_today = TODAY
    keeper = IndexKeeper(session)
    keeper.wake()
    assert keeper.found("li", 5).participants == ()
    session.open(study_path)
    wait(lambda: session.view is not None)
    keeper.wake()
    assert [one.code for one in keeper.found("li6", 5).participants] == ["LI-006"]
    assert keeper.found("bloods", 5).visits == ()
    wait(lambda: keeper.is_complete and bool(keeper.found("bloods", 5).visits))
    assert session.view is not None
    assert [code for some in asked for code in some] == list(session.view.participants)
    assert {len(some) for some in asked[:-1]} == {3}
    asked.clear()
    session.changed.emit(Changed(frozenset({"LI-002"})))
    assert not keeper.is_complete
    keeper.wake()
    keeper.wake()
    wait(lambda: keeper.is_complete)
    assert asked == [["LI-002"]]
    session.opened.emit()
    assert keeper.found("li6", 5).participants == ()
