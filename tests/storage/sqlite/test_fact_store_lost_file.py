"""A study file that is moved or deleted while it is open: nothing is written where nobody would find it."""

import os
from pathlib import Path

import pytest

from app.domain.facts.records import NewFact
from app.domain.refusal import Refused
from app.storage.sqlite.fact_store import SqliteStore
from tests.storage.study_files import new, stamp


def note(store: SqliteStore, text: str) -> None:
    with store.transaction():
        store.append(stamp(), store.last()[0] + 1, [NewFact("note", {"text": text}, 1)])


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody move a file that is open")
@pytest.mark.parametrize("how", ["moved", "deleted", "replaced"])
def test_what_cannot_be_found_again_is_not_saved(tmp_path: Path, how: str) -> None:
    path = tmp_path / "s.studyday"
    store = new(path)
    try:
        note(store, "before")
        head = store.head()
        away = tmp_path / "away.studyday"
        path.rename(away)
        if how == "deleted":
            away.unlink()
        if how == "replaced":
            path.write_bytes(b"another file")
        with pytest.raises(Refused) as refused:
            note(store, "lost")
        assert refused.value.kind == "file_gone"
        assert refused.value.values["path"] == str(path)
        assert store.head() == head
        if how == "moved":
            away.rename(path)
            note(store, "after")
            assert [one.text("text") for one in store.facts(kinds=("note",))] == ["before", "after"]
    finally:
        store.close()
