"""Connections of one process share what can be shared: a statement becomes SQL once, for all files."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.sql.compiler import SQLCompiler

from app.domain.refusal import Refused
from app.storage.sqlite import connection
from app.storage.sqlite.rows import VISIT


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that are made into SQL, one after another."""
    found: list[str] = []
    real = SQLCompiler.__init__

    def noted(self: SQLCompiler, *given: Any, **more: Any) -> None:
        real(self, *given, **more)
        found.append(str(self.string))

    monkeypatch.setattr(SQLCompiler, "__init__", noted)
    return found


def test_a_statement_is_compiled_once_for_all_files(tmp_path: Path, compiled: list[str]) -> None:
    connection._COMPILED.clear()
    for name in ("first", "second", "third"):
        one = connection.connect(tmp_path / name, True, creating=True)
        VISIT.create(one)
        made = len(compiled)
        assert one.execute(select(VISIT.c.key).where(VISIT.c.subject == 7)).all() == []
        assert len(compiled) - made == (name == "first"), name
        connection.disconnect(one)


def test_each_file_has_its_own_rows_and_settings(tmp_path: Path) -> None:
    first, second = (connection.connect(tmp_path / name, True, creating=True) for name in ("first", "second"))
    for number, one in enumerate((first, second)):
        one.execute(text("CREATE TABLE mine (number)"))
        one.execute(text("INSERT INTO mine VALUES (:number)"), {"number": number})
    for number, one in enumerate((first, second)):
        assert one.execute(text("SELECT number FROM mine")).all() == [(number,)]
        assert one.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
        connection.disconnect(one)


def test_a_file_that_cannot_be_opened_leaves_the_next_one_as_it_would_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_DIALECTS", type(connection._DIALECTS)(maxlen=1))
    with pytest.raises(Refused):
        connection.connect(tmp_path / "nowhere" / "study", False)
    assert not connection._DIALECTS, "it was not connected to anything, so nothing of it is kept"
    heard: list[str] = []
    one = connection.connect(tmp_path / "study", True, creating=True)
    event.listen(one.engine, "before_cursor_execute", lambda *given: heard.append(given[2]))
    assert one.execute(text("SELECT 1")).scalar() == 1
    assert heard == ["SELECT 1"]
    connection.disconnect(one)
