"""The examples that the help of each command ends with, and how a day is typed."""

from app.domain.facts.kind import Field, Kind, Type

_EXAMPLES = """\
rehearse story.json --json
rehearse story.json --print calendar -o calendar.pdf
check mytrial.yaml --calendar
protocols --json
new --name "ScanPan, Linköping"
verify --head "123 4f2a 91c0 77de 03ab"
history LI-001 --from "1 nov 2026"
backup --to /srv/copies
backup --second /media/usb
backup --list
restore study-2026-11-30.studyday restored.studyday
go-on --reason "the other file was a trial"
planning accept --sure
rescue damaged.studyday rescued.studyday
settle LI-001 --reason "recorded again from the sheets"
protocol take mytrial.yaml
participants
about
demo demo-folder
include LI-001 --on t
consent LI-001 given --on t --version 2.1 --language Swedish --copy
consent LI-001 not_needed --on t --version 2.2 --reason "off study"
record LI-001 SP-C02#3 --on t --at 9:10 --pump-at 11:40
miss LI-001 SP-R01 --on y --reason illness
omit LI-001 SP-C03#1.15 --on t --reason "low blood counts"
book LI-001 SP-R01 --on thu --at 10:20
cancel-booking LI-001 SP-R01 --reason "site closure"
move LI-001 SP-C02#3 --to p+7 --reason "participant request"
note LI-001 SP-C02#3 "comes by train"
decide LI-001 SP-R01 response --on t
choose LI-001 staged yes --on t
regimen LI-001 GEM --on t --reason neuropathy
stop LI-001 preop_chemo --on t --reason "side effects"
classify LI-001 SP-C02#3 minor --comment "no chair was free"
operation LI-001 SP-P03 --on y --pancreas distal_pancreatectomy --liver resection --start 8:30
treatment LI-001 SP-C02#3 --on t --given reduced --percent 80 --reason "low blood counts"
specimen LI-001 SP-P03 blood_biomarkers --on t --taken --label 1234
specimen LI-001 SP-P03 blood_biomarkers --on t --no-taken --reason illness
complication LI-001 "bile leak" --on "12 feb" --grade II
adverse-event LI-001 Nausea --grade 2 --on y --no-serious
adverse-event LI-001 "Febrile neutropenia" --grade 4 --on y --serious --criterion hospitalisation
report LI-001 initial --on t --at 14:30 --recipient sponsor
progression LI-001 progression --on t --site liver --basis RECIST
questionnaire LI-001 SP-S08 eq5d --on t --done --language Swedish
contact LI-001 --visit SP-N01#6 --on t --reached --alive yes --how telephone
contact LI-001 --on t --no-reached
add LI-001 --on t --reason fever
add LI-001 --on thu --at 13:00 --reason "CT again" --repeats SP-S02
withdraw LI-001 treatment --on t --reason "participant request"
withdraw CJ-001 all --on t --reason "moved away" --last-medication-on none
lost LI-001 --on t --reason "no answer since March"
found LI-001 --on t
died LI-001 --on "14 feb" --cause "the disease"
screen LI-001 --protocol scanpan --on t --outcome eligible --criterion I01=yes
screen LI-002 --protocol scanpan --on t --outcome failure --reason "more than three metastases"
enrol --code LI-001 --protocol scanpan --consented y --on t --country SE --regimen MFFX
enrol --code LI-002 --protocol scanpan --consented t --country SE --regimen AG
sign LI-001 --by "Dr A. Berg" --on t
undo 41 --reason "wrong participant"
redo
correct 118 --set on="2 feb 2027" --reason "slip of the pen"
reassign 118 LI-002 --reason "wrong participant"
redact 118 reason --reason "a name was written there"
site Linköping --country SE --zone Europe/Stockholm --closed-weekdays sat,sun
closed add "22 dec" --to "6 jan" --reason Christmas
value set SP-R01.after P21D --reason "agreed with the sponsor"
value confirm SP-R01.after --by "the sponsor" --on t
identified add 4 --on t --why not_eligible
consent-form add 2.1 --from "1 mar" --concerns everybody
holidays SE --year 2027
preview move LI-001 SP-C02#3 --to p+7 --reason "participant request"
calendar LI-001 --all
agenda --from t --to +7 --only bloods
find LI-003 CT
why LI-001 SP-C02#3
days LI-001 SP-R01 --from t --to +21
consents LI-001
log adverse-events LI-001 --csv events.csv
scenario LI-001
print sheet LI-001 SP-C02#3 -o sheet.pdf
print calendar LI-001 -o calendar.pdf
"""
DAY_HELP = """
A DAY is typed as 2026-11-30, 30 nov, thu, t (today), y (yesterday) or +7,
which counts from today; p+7 counts from the planned day of the visit."""


def examples_of(command: str) -> list[str]:
    """Return the examples of a command without the name of the program; the first word is the command."""
    return [line for line in _EXAMPLES.strip().splitlines() if line.split()[0] == command]


def epilog_of(command: str) -> str:
    """Return what the help of a command ends with."""
    found = examples_of(command)
    lines = ["Example:" if len(found) == 1 else "Examples:", *(f"  studyday {one}" for one in found)] if found else []
    return "\n".join(lines)


def needed_words(kind: Kind, field: Field) -> str:
    """Return when a field is needed, for its help: always, or with which answer; empty for one that is optional."""
    if field.required:
        return " (needed)" if field.type is not Type.VISIT else ""
    if field.required_when is not None:
        return f" (needed {_when(kind, field.required_when.name, field.required_when.value)})"
    if field.asked_when is not None:
        return f" (only {_when(kind, field.asked_when.name, field.asked_when.value)})"
    return ""


def _when(kind: Kind, name: str, value: object) -> str:
    flag = name.replace("_", "-")
    if isinstance(value, bool):
        return f"with --{flag}" if value else f"with --no-{flag}"
    return f"where {name.upper()} is {value}" if name in kind.positional else f"with --{flag} {value}"
