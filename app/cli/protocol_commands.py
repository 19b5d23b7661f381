"""The commands that need no study file: rehearse a story, check a protocol file, list the shipped protocols."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from app.bounded_read import NotOrdinaryError, TooLargeError, read_file, read_stream
from app.cli.answers import answer
from app.cli.deviation_tables import deviation_document, deviations_text
from app.cli.exit_codes import Exit
from app.cli.progress import shown_progress
from app.domain.facts.typed_days import typed_day
from app.domain.refusal import Refused
from app.exchange.calendar_json import after_surgery_document, calendar_document
from app.exchange.scenario import MAX_BYTES, MAX_CHARACTERS
from app.services.queries.invented import ENROLLED
from app.services.queries.protocol_check import invented_calendar
from app.services.queries.protocols import UNREAD, check_file, faults_of_days, language_page, list_protocols
from app.services.queries.rehearsal import rehearse
from app.services.study import output_path
from app.wording.after_surgery import after_surgery_text
from app.wording.calendar_text import calendar_text
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
    output, reads = None, _files_read(options.file, protocol)
    if options.kind:
        output = output_path.typed_path(options.output)
        output_path.check_output(output, options.replace, reads=reads)
    with shown_progress(_("checking")) as progress:
        rehearsal = rehearse(_read(options.file), protocol, None if options.json else progress)
    if output is not None:
        from app.services.commands.print_documents import print_rehearsal

        large, language = options.large, options.language
        pages = print_rehearsal(rehearsal, options.kind, output, options.replace, reads, large, language)
        document = {"file": str(output), "pages": pages}
        answer(options, lambda: document, lambda: [_("{path}: {n} page(s)").format(path=output, n=pages)])
    elif options.json:
        log = [deviation_document(one) for one in rehearsal.deviations]
        outcomes = [after_surgery_document(one) for one in rehearsal.after_surgery]
        document = {**calendar_document(rehearsal.calendar), "deviations": log, "after_surgery": outcomes}
        print(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        print(calendar_text(rehearsal.protocol, rehearsal.calendar))
        for one in rehearsal.after_surgery:
            print("\n" + visible_line(f"{one.operation}: {after_surgery_text(one)}"))
        if rehearsal.deviations:
            print("\n".join(["", *map(visible_line, deviations_text(rehearsal.deviations))]))
    for finding in faults_of_days(options.protocol):
        print(visible_line(f"studyday: {finding}"), file=sys.stderr)
    return Exit.DONE


def _files_read(story: str, protocol: Path | None) -> list[Path | int]:
    """Return the files that a rehearsal is made from; standard input may be one."""
    found: list[Path | int] = [output_path.STANDARD_INPUT if story == "-" else Path(story)]
    return found + (list(output_path.protocol_files(protocol)) if protocol is not None else [])


def _read(name: str) -> str:
    try:
        raw = read_stream(sys.stdin.buffer, MAX_BYTES) if name == "-" else read_file(Path(name), MAX_BYTES)
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("not_utf8") from None
    except TooLargeError:
        raise Refused("too_large", largest=MAX_CHARACTERS) from None
    except NotOrdinaryError:
        raise Refused("not_ordinary") from None
    except OSError as error:
        raise Refused("unreadable", problem=(error.strerror or "cannot be read").lower()) from None


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
