"""The calendars that the planning rules give to a corpus of lives, by the protocol texts of the release 0.1.0.

The texts are those in a study of that release, so that another shipped text changes nothing here. Where a change of the
program gives other calendars: raise `PLANNING_RULES`, then write them with
`python -m tests.services.study.planning_corpus`.
"""

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

from app.domain.calendar.entry_codec import AT, DAYS, row_of
from app.domain.planning.known_names import participant_as_known
from app.domain.planning.planner import plan
from app.domain.planning.planning_rules import PLANNING_RULES
from app.domain.protocol.site_values import with_values
from app.domain.protocol.version import ProtocolVersion
from app.exchange.scenario import read_scenario
from app.protocols.library import read_texts
from app.services.study.site_calendar import site_of

CORPUS = Path(__file__).with_name("planning_corpus.json.gz")
"""The protocol texts by protocol and file, and the stories: frozen, so that only the rules change what is planned."""
CALENDARS = Path(__file__).with_name("planning_corpus.tsv.gz")


@cache
def _corpus() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(gzip.decompress(CORPUS.read_bytes()))
    return found


@cache
def protocols() -> dict[str, ProtocolVersion]:
    """The frozen protocols by their id."""
    return {name: read_texts(files) for name, files in _corpus()["protocols"].items()}


def stories() -> list[dict[str, Any]]:
    """The frozen stories: random lives of both trials."""
    found: list[dict[str, Any]] = _corpus()["stories"]
    return found


def planned() -> list[str]:
    """One line for each visit: the number of its life, its key and its days."""
    lines = []
    for number, story in enumerate(stories()):
        scenario = read_scenario(json.dumps(story))
        protocol = with_values(protocols()[scenario.protocol], scenario.site.values)
        person = participant_as_known(protocol, scenario.participant)
        site = site_of(protocol, person.country, scenario.site, person.first_day, scenario.today)
        for entry in plan(protocol, site, person, scenario.planned, scenario.today).entries:
            row = row_of(0, entry)
            lines.append("\t".join((str(number), entry.key, *(str(row[AT[name]]) for name in DAYS))))
    return sorted(lines)


def golden() -> tuple[int, list[str]]:
    """The rules that the calendars were written by, and the lines."""
    first, *lines = gzip.decompress(CALENDARS.read_bytes()).decode().splitlines()
    return int(first.removeprefix("rules ")), lines


def write() -> None:
    """Write the calendars of today's rules."""
    content = "\n".join((f"rules {PLANNING_RULES}", *planned())) + "\n"
    CALENDARS.write_bytes(gzip.compress(content.encode(), mtime=0))


if __name__ == "__main__":
    write()
