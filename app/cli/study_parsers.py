"""The parsers of the commands that work with a study file; those that record a fact follow the table of kinds."""

import argparse
import re
import textwrap
from collections.abc import Sequence
from functools import partial

from app.cli.command_parser import CommandParser, MakeCommand, whole_number
from app.cli.correction_parsers import add_corrections
from app.cli.examples import epilog_of
from app.cli.field_options import add_fields
from app.cli.log_parsers import LOG_HELP, add_csv, add_log, add_part, add_participant, add_person, add_signing
from app.domain.calendar.print_days import ONE_DAY, PRINT_DAYS
from app.domain.facts.blank_pages import BLANK_PAGES
from app.domain.facts.kinds import KINDS
from app.domain.facts.study_kinds import LANGUAGES, PAPERS
from app.wording.agenda import CATEGORIES
from app.wording.fact_catalogue import commands
from app.wording.language import sentence_case

_BEGINS_LINE = re.compile(r" |--|[a-z-]+( [A-Z. \[\]]+)?: ", re.ASCII)
"""How a line begins that is not joined to the one before it: an example, an option, an action."""
_COUNTED_BACK = re.compile(r"-(?:\d+([.]\d+)?[dw]?|P[\dYMWD]+)", re.ASCII)


class PlainHelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Fills the lines of descriptions, and keeps empty lines, examples, and a line for each option or action."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        paragraphs: list[str] = []
        for line in text.splitlines():
            if paragraphs and paragraphs[-1].strip() and line.strip() and not _BEGINS_LINE.match(line):
                paragraphs[-1] += f" {line}"
            else:
                paragraphs.append(line)
        return "\n".join(self._filled(one, width, indent) for one in paragraphs)

    def _filled(self, paragraph: str, width: int, indent: str) -> str:
        if paragraph.startswith(" "):
            return indent + paragraph
        return textwrap.fill(
            paragraph, width, initial_indent=indent, subsequent_indent=indent, break_long_words=False,
            break_on_hyphens=False,
        )  # fmt: skip


def add_study_commands(commands: "argparse._SubParsersAction[CommandParser]") -> None:
    """Add every command that works with a study file."""
    make = command_maker(commands)
    _file_commands(make)
    _add_changes(make)
    preview = make("preview", "show what a change would do, and save nothing", _PREVIEW)
    preview.when_used(lambda: _add_previewed(preview))
    _reading_commands(make)
    print_ = make("print", "print sheets, a calendar, the agenda or a log", "The paper carries the head of the chain.")
    print_.when_used(lambda: _add_printed(print_))


def _add_previewed(preview: CommandParser) -> None:
    """Add every change as a command that is previewed."""
    _add_changes(command_maker(preview.add_subparsers(dest="previewed", metavar="CHANGE", required=True)))


def _add_printed(print_: CommandParser) -> None:
    """Add all that can be printed."""
    what = print_.add_subparsers(dest="what", metavar="WHAT", required=True)
    sheet = command_maker(what)("sheet", "visit sheets", "Without VISIT: a sheet for every open visit that has a date.")
    sheet.add_argument("code", metavar="CODE")
    sheet.add_argument("visits", metavar="VISIT", nargs="*")
    calendar = command_maker(what)("calendar", "the participant's own calendar", "Large dates and plain words.")
    calendar.add_argument("code", metavar="CODE")
    calendar.add_argument("--large", action="store_true", help="in large type")
    calendar.add_argument("--language", choices=LANGUAGES, default="", help="else the site's, or English")
    agenda = command_maker(what)("agenda", "what is due", "Today, or the days from --from to --to.")
    agenda.add_argument("--done", action="store_true", help="every visit of the days, those with a result as well")
    _days(agenda)
    _add_print_days(agenda, PRINT_DAYS)
    _add_filter(agenda)
    day = command_maker(what)("day", "the sheets of everybody who comes on a day", _DAY)
    day.add_argument("--on", dest="first", metavar="DAY", default="", help="the day; today when not given")
    _add_print_days(day, ONE_DAY)
    _add_filter(day)
    log = command_maker(what)("log", "a log of the study", "A place to sign is at its end.")
    add_log(log)
    history = command_maker(what)("history", "every fact in its order, also those that no longer count")
    add_participant(history)
    add_part(history)
    add_person(history)
    blank = command_maker(what)("blank", "an empty page of a log that is kept by hand", _BLANK)
    blank.add_argument("name", metavar="PAGE", help=", ".join(BLANK_PAGES))
    blank.add_argument("code", metavar="CODE", nargs="?", default="", help="the participant whose page it is")
    asked = command_maker(what)("confirmation", "what a protocol assumes and leaves open, for its sponsor", _ASKED)
    asked.add_argument("protocol", metavar="PROTOCOL", nargs="?", default="")
    for one in (sheet, calendar, agenda, day, log, history, blank, asked):
        add_output(one, needed=True)


def add_output(parser: argparse.ArgumentParser, needed: bool = False) -> None:
    """Add the options that say where a PDF goes and what it may replace."""
    parser.add_argument("-o", "--output", metavar="OUT.pdf", required=needed, help="where the PDF goes")
    parser.add_argument(
        "--force",
        dest="replace",
        action="store_const",
        const="any",
        default="own",
        help="replace the file if there is one; without it only a PDF that this program made is replaced. A study, its "
        "backups and the file that is read are never replaced",
    )


def command_maker(commands: "argparse._SubParsersAction[CommandParser]") -> MakeCommand:
    """Return a function that adds a command with --file, --today and --json."""

    def make(name: str, short: str, text: str = "") -> CommandParser:
        description = f"{sentence_case(short)}." + (f"\n\n{text}" if text else "")
        parser = commands.add_parser(
            name,
            help=short,
            description=description,
            epilog=epilog_of(name),
            formatter_class=PlainHelpFormatter,
            allow_abbrev=False,
        )
        # A day such as -1w or a duration such as -P7D is a value, as -3 is, and no option.
        parser.when_used(lambda: setattr(parser, "_negative_number_matcher", _COUNTED_BACK))
        # Both may come before the command as well, and what is left out here does not overwrite that.
        parser.add_argument(
            "-f",
            "--file",
            dest="study",
            metavar="FILE",
            default=argparse.SUPPRESS,
            help="the study file (else: yours)",
        )
        parser.add_argument(
            "--today",
            metavar="YYYY-MM-DD",
            default=argparse.SUPPRESS,
            help="plan as of this day (else: the clock)",
        )
        parser.add_argument("--json", action="store_true", help="for other programs")
        return parser

    return make


def _file_commands(make: MakeCommand) -> None:
    new = make("new", "make a new study file", _NEW)
    new.add_argument("--name", metavar="TEXT", default="", help="the study's name")
    new.add_argument("--anywhere", action="store_true", help="also in a synchronised folder or on a network drive")
    verify = make("verify", "check that every fact is as it was recorded", _VERIFY)
    verify.add_argument("--head", metavar="HEAD", default="", help="a head from paper, as '123 4f2a 91c0 77de 03ab'")
    history = make("history", "every fact in its order, also those that no longer count")
    add_participant(history)
    add_part(history)
    add_person(history)
    add_csv(history)
    backup = make("backup", "back the study up now, or list its backups", _BACKUP)
    backup.when_used(lambda: _add_instead_of_backup(backup))
    restore = make("restore", "make a new study file from a backup", "BACKUP may be any study file that holds.")
    restore.add_argument("backup", metavar="BACKUP")
    restore.add_argument("target", metavar="NEW_FILE")
    go_on = make("go-on", "say that this file is the right one although backups have facts that it lacks", _GO_ON)
    go_on.add_argument("--reason", metavar="TEXT", default="", help="why")
    planning = _with_sure(make)("planning", "what the planning rules of this program would move", _PLANNING)
    _add_action(planning, "list", "accept")
    rescue = make("rescue", "take what can be read of a damaged file into a new study", _RESCUE)
    rescue.add_argument("damaged", metavar="FILE")
    rescue.add_argument("target", metavar="NEW_FILE")
    settle = make("settle", "say that what a rescue could not read was recorded again, or is not needed", _SETTLE)
    settle.add_argument("code", metavar="CODE", nargs="?", default="", help="only what concerns this participant")
    settle.add_argument("--reason", metavar="TEXT", default="", help="why")
    protocol = make("protocol", "the protocol versions of the study", _PROTOCOL)
    _add_action(protocol, "list", "take", "show", "language")
    protocol.takes(list=(), language=())
    protocol.add_argument("name", metavar="PROTOCOL", nargs="?", default="", help="its id, or its file")
    make("participants", "list the participants")
    make("about", "versions, and where study, backups, settings and log are", _ABOUT)
    demo = make("demo", "make a study with about twenty invented patients, and their PDFs")
    demo.add_argument("folder", metavar="FOLDER")


def _add_instead_of_backup(backup: CommandParser) -> None:
    """Add where `backup` makes one, and what it does instead."""
    instead = backup.add_mutually_exclusive_group()
    instead.add_argument("--to", metavar="FOLDER", help="into another folder")
    second = "make one in this folder, and from now on each backup there too, such as on a USB stick"
    instead.add_argument("--second", metavar="FOLDER", help=second)
    instead.add_argument("--no-second", action="store_true", help="make none in the second place any more")
    instead.add_argument("--list", action="store_true", help="list the backups instead")
    instead.add_argument("--state", action="store_true", help="say instead how the backups are")
    tried = "try instead whether one can be restored (else: the newest good one)"
    instead.add_argument("--test", metavar="BACKUP", nargs="?", const="", help=tried)


def _add_changes(make: MakeCommand) -> None:
    """Add every command that changes something, each of which can be previewed."""
    make = _with_sure(make)
    for name, (kind, words) in commands().items():
        parser = make(name, words.purpose, words.remark)
        parser.add_argument("code", metavar="CODE", help="the participant's study code")
        parser.when_used(partial(add_fields, parser, kind))
        parser.add_argument(
            "--hold",
            metavar="VISIT",
            action="append",
            default=[],
            help="keep this visit on its day; repeatable",
        )
    screen = make("screen", "a participant was screened")
    screen.when_used(lambda: add_fields(screen, KINDS["screened"]))
    enrol = make("enrol", "enrol a participant; the complete calendar appears", _ENROL)
    enrol.when_used(lambda: add_fields(enrol, KINDS["enrolled"]))
    add_signing(make)
    add_corrections(make)
    _settings_commands(make)


def _with_sure(make: MakeCommand) -> MakeCommand:
    """Return the function with the option that confirms what a person is asked about."""

    def make_with_sure(name: str, short: str, text: str = "") -> CommandParser:
        parser = make(name, short, text)
        parser.add_argument(
            "--sure", action="store_true", help="do it although it is asked about, as a repeat or a day long ago"
        )
        return parser

    return make_with_sure


def _settings_commands(make: MakeCommand) -> None:
    site = make("site", "describe a site, or list the sites", "Without NAME: the sites as they are.")
    site.add_argument("name", metavar="NAME", nargs="?", default="")
    site.add_argument("--country", metavar="SE", help="two letters")
    site.add_argument("--zone", dest="time_zone", metavar="ZONE", help="as Europe/Stockholm")
    site.add_argument("--closed-weekdays", metavar="DAYS", help="as sat,sun; none for no day")
    site.add_argument("--day-phone", metavar="TEXT", help="whom participants call by day, with its hours")
    site.add_argument("--night-phone", metavar="TEXT", help="whom they call at night, at weekends, on holidays")
    site.add_argument("--fever-rule", metavar="TEXT", help="what they do in a fever, in your unit's words")
    site.add_argument("--calendar-language", choices=LANGUAGES, help="of participants' own calendars (else: en)")
    site.add_argument("--paper", choices=PAPERS, help="the paper that its pages are printed on (else: a4)")
    closed = make("closed", "close or open days, or list them", _CLOSED)
    _add_action(closed, "list", "add", "open", "clear")
    closed.takes(list=())
    closed.add_argument("on", metavar="DAY", nargs="?", default="")
    closed.add_argument("--to", dest="last", metavar="DAY", default="", help="and every day until this one")
    closed.add_argument("--reason", metavar="TEXT", default="", help="why; it is said with the day")
    closed.add_argument("--site", metavar="NAME", default="", help="only this site")
    value = make("value", "the site's own offsets, windows, gaps and numbers of cycles", _VALUE)
    _add_action(value, "list", "open", "set", "confirm", "clear")
    settable = ("key", "value", "protocol", "reason")
    value.takes(list=(), open=("protocol",), set=settable, clear=("key", "protocol", "reason"))
    value.add_argument("key", metavar="KEY", nargs="?", default="")
    value.add_argument("value", metavar="VALUE", nargs="*", default=[], help="with confirm: further keys")
    value.add_argument("--protocol", metavar="P", default="", help="where more than one protocol has the key")
    value.add_argument("--reason", metavar="TEXT", default="", help="why, or where it is written")
    value.add_argument("--by", metavar="WHO", default="", help="who confirmed it, as the sponsor")
    value.add_argument("--on", metavar="DAY", default="", help="the day on which that was")
    identified = make("identified", "those identified at the conference and not screened", _IDENTIFIED)
    _add_action(identified, "list", "add")
    identified.takes(list=())
    identified.add_argument("count", metavar="COUNT", nargs="?", default="", help="how many")
    identified.add_argument("--on", metavar="DAY", default="", help="the day of the conference")
    why = KINDS["identified"].field("failed_for")
    identified.add_argument("--why", choices=why.options if why is not None else (), help="why they were not screened")
    identified.add_argument("--centre", metavar="NAME", default="", help="the centre")
    identified.add_argument("--protocol", metavar="P", default="", help="where the study has more than one")
    identified.add_argument("--reason", metavar="TEXT", default="", help="more about it, and nothing about a person")
    form = make("consent-form", "the versions of the consent form", _FORM)
    _add_action(form, "list", "add")
    form.takes(list=())
    form.add_argument("version", metavar="VERSION", nargs="?", default="", help="as it is printed on the form")
    form.add_argument("--from", dest="first", metavar="DAY", default="", help="the day from which it applies")
    concerns = KINDS["consent_form"].field("concerns")
    form.add_argument(
        "--concerns",
        choices=concerns.options if concerns is not None else (),
        help="who is to consent to it (else: everybody)",
    )
    form.add_argument("--protocol", metavar="P", default="", help="where the study has more than one")
    form.add_argument("--reason", metavar="TEXT", default="", help="what is new in it")
    holidays = make("holidays", "list the holidays, or take them again as the program knows them now", _HOLIDAYS)
    holidays.add_argument("country", metavar="COUNTRY", help="two letters, as SE")
    holidays.add_argument("--list", action="store_true", help="list them with their source, this year's and the next's")
    holidays.add_argument(
        "--year", metavar="YEAR", type=whole_number, help="only this year's (else: every year that the study has)"
    )


def _reading_commands(make: MakeCommand) -> None:
    calendar = make("calendar", "a participant's calendar, each date explained")
    calendar.add_argument("code", metavar="CODE")
    calendar.add_argument("--all", action="store_true", help="each visit that waits or is cancelled on its own line")
    agenda = make("agenda", "what is due", _AGENDA)
    _days(agenda)
    agenda.add_argument("--all", action="store_true", help="each visit that waits for a date on its own line")
    _add_filter(agenda)
    add_csv(agenda)
    find = make("find", "find participants, visits and events by a few words", _FIND)
    find.add_argument("words", metavar="WORDS", nargs="+")
    find.add_argument("--all", action="store_true", help="everything that is found, however much")
    why = make("why", "why a visit is on its day")
    why.add_argument("code", metavar="CODE")
    why.add_argument("visit", metavar="VISIT")
    days = make("days", "which days a visit can be had on, and why not on the others", _DAYS)
    days.add_argument("code", metavar="CODE")
    days.add_argument("visit", metavar="VISIT")
    _days(days)
    add_participant(make("consents", "who is to be asked for consent to a new version of the form"))
    log = make("log", "a log of the study", LOG_HELP)
    add_log(log)
    add_csv(log)
    scenario = make("scenario", "a participant as a file that `rehearse` reads")
    scenario.add_argument("code", metavar="CODE")


def _add_action(parser: argparse.ArgumentParser, *known: str) -> None:
    """Add an argument that is one of these words, or none of them for the list."""
    parser.add_argument("action", choices=known, nargs="?", default="list")


def _add_filter(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose some visits of an agenda, as the filters of Today do."""
    parser.add_argument("--participant", metavar="CODE", default="", help="only this participant's visits")
    parser.add_argument("--protocol", metavar="P", default="", help="only of this protocol")
    kinds = f"only visits of this kind: {', '.join(CATEGORIES)}"
    parser.add_argument("--only", dest="category", metavar="KIND", choices=(*CATEGORIES,), default="", help=kinds)
    parser.add_argument("--booked", choices=("yes", "no"), default="", help="only those that are booked, or are not")
    found = "only with these words in the code, or in the name or an activity of the visit"
    parser.add_argument("--find", dest="text", metavar="TEXT", default="", help=found)


def _days(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="first", metavar="DAY", default="", help="only from this day on")
    parser.add_argument("--to", dest="last", metavar="DAY", default="", help="until this day")


def _add_print_days(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:
    """Add the option that names days by a word."""
    parser.add_argument("--days", choices=words, default="", help="these days, by a word; the next open day of a site")


_DAYS = "From a week before its window to a week after it, or from --from to --to; each day tried as a booking."
_AGENDA = """Today's, with the next 14 days; or only the days from --from to --to. With --csv: every visit of these
days, open or settled."""
_FIND = """Every word must be found, in the code or in the name or an activity of a visit (LI-003 CT), or in an event.

A day, such as 30 nov, finds the visits of that day."""
_DAY = """A list of the day, then a sheet for each open visit, in the order of time. The filters choose the visits."""
_NEW = "Only this command makes one. Without -f it lies in your own data folder on this computer."
_PLANNING = """Where an earlier release planned the visits by other rules, their days stay as they were planned, and no
change is planned, until somebody has seen what moves and accepted it. `accept` with --sure does that."""
_SETTLE = "From then on the days of the participants concerned are no longer uncertain."
_PREVIEW = "Takes every command that changes something: preview move LI-001 SP-C02#3 --to 2027-02-01 --reason holiday"
_VERIFY = """Also against the heads in the notes of its backups, and with --head against one from paper.

Exit code 0: it holds. 1: the first place where it does not is named."""
_BACKUP = """A backup is made by itself at the first opening of a day, and after a change when the last is ten minutes
old. Older ones are thinned: all of two days are kept, then the newest of 12 days, 10 weeks and 12 months.
--second makes each backup in a second place too, in a folder of its own there; --state says how it is. A place that is
not there is left out, and named when it lacks something for longer than a day.
--test makes a study from one, verifies it completely, says what it holds, and throws it away. `restore` makes a new
study file from one."""
_ABOUT = "The user's name is in none of the lines, and the study file is not opened."
_GO_ON = """At each opening the file is compared with the notes of its backups, by number and digest of the last fact.
What it lacks is said until this command has recorded that it goes on without; every backup is kept.
`verify` lists it, and `restore` makes a study from the backup that has it."""
_PROTOCOL = """list: those of the study. take: add one, a shipped one by its id or any by its file (enrolling does it
too). show: its complete text, as it was added."""
_ENROL = """--protocol names a shipped protocol, one of the study, or a protocol file, all of which is added.

The code is a study code: never a name, initials or a hospital number."""
_ASKED = "Each value with its key and source, and a place to sign. Without PROTOCOL: of all of the study."
_BLANK = "With the study, the centre and the participant on it; without CODE there is a line for it."
_CLOSED = """add: close a day, or every day until --to. open: open it whatever else closes it.
clear: the usual rules again, for a day or every day until --to, of one site with --site."""
_VALUE = """Keys: EVENT.offset, .before, .after, .not_before (as P21D), .every, .first (numbers of cycles);
REGIMEN.day.before, .after, .gap, .pump_hours; REGIMEN.cycle_days; cycles.PHASE (a number); choices.NAME (an answer);
delays.ask, .off_protocol; ages.NAME (as P28D); safety.report_hours; open_pump_day, return_to_weekday (true or false).
open: everything that is assumed or asked, with its source and who confirmed it.
confirm KEY [KEY ...]: the site says that the values, as they are, are its own; --by and --on say who did, and when. A
question of that list is confirmed as questions.ID, with the values that it concerns; visits.VISIT confirms that a
visit is held, forms.FORM what its sheet has a place for. What is confirmed, sheets no longer call unconfirmed.
clear: the protocol's own again."""
_IDENTIFIED = """add: COUNT people were identified and not screened, for this reason. list: the numbers by reason, with
those who were screened and who failed. Nothing is recorded about a person."""
_FORM = """add: VERSION applies from this day. Whom it concerns is asked at the next visit from that day on, until
`consent` has the answer. `consents` lists who is to be asked."""
_HOLIDAYS = """Only what differs from what the study has is changed; what that moves is shown first with preview.
With --list nothing is changed."""
_RESCUE = """FILE is only read. Each fact that can be read keeps its number and who recorded it when; the others are
listed, and in their place the new study says that they were lost. Where a backup holds everything,
`restore` is the better way."""
