"""Logs as lines for the terminal and as plain data for other programs."""

from typing import Any

from app.cli.tables import record_document
from app.services.queries.log_table import LogTable


def log_text(table: LogTable) -> list[str]:
    """Return a log as a table, without its empty columns, and its notes."""
    if not table.rows:
        return [table.said_empty, *table.notes]
    columns = [one for one in table.columns if one.at_terminal]
    used = [one for one in columns if one.name in _ALWAYS or any(row.cell(one.name).text for row in table.rows)]
    lines = [[one.title for one in used], *([row.cell(one.name).text for one in used] for row in table.rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(used))]
    text = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return [*text, *table.notes]


def log_document(table: LogTable) -> list[dict[str, Any]]:
    """Return a log as plain data: for each row its cells by column, and the fact where it lists one."""
    return [
        {
            "participant": row.participant or None,
            **(record_document(row.record) if row.record is not None else {}),
            "row": {column.name: row.cell(column.name).value for column in table.columns},
        }
        for row in table.rows
    ]


_ALWAYS = ("fact", "participant")
