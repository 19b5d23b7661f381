"""The commands that need no study file: rehearse a story, check a protocol file, list the shipped protocols."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from app.cli.answers import answer, pages_line
from app.cli.exit_codes import Exit
from app.cli.progress import shown_progress
from app.domain.facts.typed_days import typed_day
from app.domain.refusal import Refused
from app.exchange.story_file import read_story
from app.services.queries.invented import ENROLLED
from app.services.queries.protocol_check import invented_calendar
from app.services.queries.protocols import UNREAD, check_file, faults_of_days, language_page, list_protocols
from app.services.queries.rehearsal import rehearse
from app.services.queries.tried_story import files_read, rehearsal_json, rehearsal_text
from app.services.study import output_path
from app.wording.language import gettext as _
from app.wording.visible import visible_line


def _rehearse(options: argparse.Namespace) -> Exit:
    if bool(options.kind) != (options.output is not None):
        raise Refused("print_needs_output")
    if options.large and options.kind != "calendar":
        raise Refused("large_needs_calendar")
    if options.language and options.kind != "calendar":
        raise Refused("language_needs_calendar")
    protocol = Path(options.protocol) if options.protocol else None
    output = None
    reads = files_read(output_path.STANDARD_INPUT if options.file == "-" else Path(options.file), protocol)
    if options.kind:
        output = output_path.typed_path(options.output)
        output_path.check_output(output, options.replace, reads=reads)
    with shown_progress(_("checking")) as progress:
        story = read_story(sys.stdin.buffer if options.file == "-" else Path(options.file))
        rehearsal = rehearse(story, protocol, None if options.json else progress)
    if output is not None:
        from app.services.commands.print_documents import print_rehearsal

        large, language = options.large, options.language
        pages = print_rehearsal(rehearsal, options.kind, output, options.replace, reads, large, language)
        document = {"file": str(output), "pages": pages}
        answer(options, lambda: document, lambda: [pages_line(output, pages)])
    else:
        print((rehearsal_json if options.json else rehearsal_text)(rehearsal))
    for finding in faults_of_days(options.protocol):
        print(visible_line(f"studyday: {finding}"), file=sys.stderr)
    return Exit.DONE


def _check(options: argparse.Namespace) -> Exit:
    if options.enrolled and not options.calendar:
        raise Refused("no_effect", "--enrolled", word=_("a check without --calendar"))
    enrolled_on = typed_day(options.enrolled, "--enrolled", ENROLLED) if options.enrolled else ENROLLED
    findings = check_file(Path(options.file))
    if findings and findings[0].kind in UNREAD:
        print(f"studyday: {visible_line(str(findings[0]))}", file=sys.stderr)
        return Exit.REFUSED
    for finding in findings:
        print(visible_line(str(finding)))
    if not findings:
        print(visible_line(f"{options.file}: nothing found"))
    if options.calendar:
        print(f"\n{invented_calendar(Path(options.file), findings, enrolled_on)}")
    return Exit.NOT_SO if findings else Exit.DONE


def _protocols(options: argparse.Namespace) -> Exit:
    found = list_protocols()
    if options.json:
        print(json.dumps([row.document() for row in found], ensure_ascii=False, indent=1))
    else:
        for row in found:
            print(f"{row.id}  {row.version}  {row.title}  ({row.visits} visits; regimens {', '.join(row.regimens)})")
    return Exit.DONE


def _language(_options: argparse.Namespace) -> Exit:
    print(language_page())
    return Exit.DONE


PROTOCOL_COMMANDS: Mapping[str, Callable[[argparse.Namespace], Exit]] = {
    "rehearse": _rehearse,
    "check": _check,
    "protocols": _protocols,
    "protocol": _language,
}
"""The function of each command by its name."""
