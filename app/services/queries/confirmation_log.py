"""What of the protocols is assumed or asked, as a table: who confirmed what, and when."""

from collections.abc import Iterator

from app.domain.facts.confirmed_values import QUESTION
from app.domain.protocol.settings import ASSUMED
from app.services.queries.log_table import Cell, Column, LogRow, LogTable, day_cell, words
from app.services.queries.open_values import Confirmation, OpenProtocol, open_values
from app.services.study.study import Study
from app.wording.fact_values import line_of
from app.wording.log_words import column_title
from app.wording.open_values import mark_text, question_default, sources_text
from app.wording.setting_words import setting_text, setting_value

_COLUMNS = ("protocol", "key", "what", "value", "mark", "source", "confirmed_by", "confirmed_on", "confirmed_in")


def confirmation_table(study: Study, protocol: str = "") -> LogTable:
    """Return every question and every value that is assumed or the site's own, of one protocol or of all."""
    rows = tuple(row for one in open_values(study, protocol) for row in _rows(one))
    columns = tuple(Column(name, column_title(name)) for name in _COLUMNS)
    return LogTable("confirmations", columns, rows)


def confirmed_rows(table: LogTable) -> int:
    """Return how many of the rows somebody has confirmed."""
    return sum(bool(row.cell("confirmed_by").text) for row in table.rows)


def _rows(one: OpenProtocol) -> Iterator[LogRow]:
    title = one.protocol.short_title
    for asked in one.questions:
        value = question_default(asked.default) if asked.default else ""
        yield _row(one, title, f"{QUESTION}{asked.id}", asked.question, value, mark_text("asked"), "", asked.confirmed)
    for each in one.values:
        setting = each.setting
        if setting.mark == ASSUMED or each.own:
            what, value = setting_text(one.protocol, setting.key), setting_value(setting)
            mark = mark_text("own" if each.own else "assumed")
            yield _row(one, title, setting.key, what, value, mark, sources_text(setting.source), each.confirmed)


def _row(
    one: OpenProtocol,
    title: str,
    key: str,
    what: str,
    value: str,
    mark: str,
    source: str,
    found: Confirmation | None,
) -> LogRow:
    cells: dict[str, Cell] = {
        "protocol": words(title, one.protocol.id),
        "key": words(key),
        "what": words(line_of(what)),
        "value": words(line_of(value)),
        "mark": words(mark),
        "source": words(source),
    }
    if found is not None:
        cells["confirmed_by"] = words(line_of(found.by))
        cells["confirmed_on"] = day_cell(found.on)
        cells["confirmed_in"] = words(line_of(found.reason))
    return LogRow("", cells, protocol=one.protocol.id)
