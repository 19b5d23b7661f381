"""What each word of the protocol language means, for the page of the language."""

from collections.abc import Mapping

from pydantic import BaseModel

from app.protocols.schema import about, anchors, base, decisions, deviations, protocol_file, regimens, timing
from app.protocols.schema.form_meanings import FORM_MEANINGS

COMMON: Mapping[str, str] = {
    "id": "A short name by which other parts of the file call it.",
    "name": "The name as people read it.",
    "text": "The words as people read them.",
    "plain": "The name or words in the language of participants, for their calendar.",
    "note": "A remark for whoever reads the file; nothing is planned from it.",
    "source": "The sources of this part, by their names in `sources`.",
    "mark": "`verified`: read in a public source; `assumed`: to be confirmed by the site.",
    "marks": "Whether event, offset and window were read in a public source.",
    "when": "Only for participants with these answers to the choices; a list means one of them.",
}
"""The meanings of words that have the same one in every part."""

_EFFECT = {
    "turn": "A turn of the path that is reached; its own effect, under `turns`, happens as well.",
    "end": "Courses that end here: what was not given is cancelled, and the last dose is the last one given.",
    "give_up": (
        "Courses that are given up: what was not given is cancelled. A visit that is cancelled with them keeps the day "
        "counted from the last planned dose; one that still takes place counts from the last dose given."
    ),
    "extend": "Courses that go on without an end; what is counted from their end waits.",
    "skip": "Visits that the path no longer has.",
    "cancel": "Open visits that are cancelled.",
    "cancel_later": "Repeated visits whose occurrences after this one are cancelled.",
    "plan": "Courses that get another number of cycles or another regimen.",
}

MEANINGS: Mapping[type[BaseModel], Mapping[str, str]] = {
    protocol_file.ProtocolFile: {
        "studyday": "The edition of this language: 1.",
        "id": "The protocol's id, as a story or an enrolment names it.",
        "version": "The version of the protocol, in quotes.",
        "title": "The full title.",
        "short_title": "The title on sheets and in lists.",
        "sponsor": "Who is responsible for the trial.",
        "description": "What the trial is about.",
        "registries": "Where the trial is registered.",
        "target_enrolment": "How many participants the trial wants.",
        "sources": "The sources that parts name, by a short name.",
        "centres": "The places that take part.",
        "cohorts": "Groups of participants with rules of their own.",
        "criteria": "Who can take part.",
        "endpoints": "What the trial measures.",
        "specimens": "Samples that are taken at visits and kept.",
        "questionnaires": "Questionnaires at visits.",
        "open_questions": "What the sources leave open.",
        "day_one": "Whether the first day of the study is called day 1 or day 0.",
        "epochs": "The stretches of the trial, in order.",
        "choices": "Questions whose answers shape the path, by id.",
        "procedures": "What an operation may have been, as its record says, by id.",
        "enrolment_visit": (
            "The visit that counts as performed on the day of enrolment. As long as that is not known, in screening, "
            "it is planned by its own timing, and what counts from `enrolment` counts from it."
        ),
        "consent_visit": "The visit of the day of consent; others of its epoch, unless `routine`, come after it.",
        "recorded_only": "With these answers visits are only recorded and nothing is planned.",
        "regimen_files": "Files with regimens that protocols share, in the same folder.",
        "regimens": "Treatments in cycles, by id.",
        "offered": "The regimens that an enrolment may name; empty: none is named.",
        "regimen_change": "When the regimen may change.",
        "return_to_weekday": "Whether a cycle returns to the weekday of the first after a delay.",
        "open_pump_day": (
            "Whether a dose with a pump is rather proposed for a day of its window after which the clinic is open when "
            "the pump comes off."
        ),
        "delays": "The delays of a dose beyond which a person is told.",
        "safety": "How soon a serious adverse event is to be reported.",
        "ages": "How old findings may be at a visit, by the name of the rule; an older one is a problem.",
        "anchors": "Days to count from, by a name that timings use.",
        "courses": "Phases of treatment in cycles, by id.",
        "visits": "The rows of the schedule, by id.",
        "activities": "Rows of the schedule that are done at visits and are no visits.",
        "events": "What may happen and is recorded, such as a fall.",
        "form_files": "Files with forms, and with sections that forms share, in the same folder or of the program.",
        "sections": "Parts of forms, by the id under which several forms name them.",
        "forms": "What is written down at visits, by the form's id; a visit without a form has a list to tick.",
        "decisions": "What may be decided at a visit, by the visit's id.",
        "turns": "Turns of the path and what each does; an anchor may count from the day of one.",
        "withdrawal": "What withdrawal does and needs.",
        "deviations": "Which class the deviation log proposes; a person decides.",
        "waivers": "Kinds of findings of `check` that are meant, each with the reason.",
    },
    about.CentreModel: {
        "country": "Two capital letters, as SE; its public holidays are closed days.",
        "time_zone": "The zone of its clock, as Europe/Stockholm.",
    },
    about.RegistryModel: {"id": "The number in that registry.", "updated": "The day of the entry that was read."},
    about.CohortModel: {"description": "Who is in it."},
    about.AlternativeModel: {},
    about.AgeModel: {"least": "The least age in full years.", "most": "The highest age in full years."},
    about.NumberModel: {
        "of": "The number: `metastases` in the liver, `largest_mm` of them, `ecog`.",
        "least": "The least that it may be.",
        "most": "The most that it may be.",
        "procedure": "Only where this is planned for the liver; without it, where no limit of a procedure holds.",
    },
    about.CriterionModel: {
        "numbers": "The limits of numbers that it sets; a screening is compared with them.",
        "confirmed_by": "How the diagnosis may be confirmed; none: in any way.",
        "cohorts": "Only for these cohorts.",
        "age": "The limits of age that it sets, both included; a screening is compared with them.",
        "alternatives": "Other wordings in other sources.",
        "question": "What is still to be asked about it.",
    },
    about.CriteriaModel: {"inclusion": "What a participant must fulfil.", "exclusion": "What rules a participant out."},
    about.EndpointModel: {
        "time_frame": "When it is measured.",
        "counts": "For an endpoint that is a time to an event: what it counts, for the log of survival.",
    },
    about.TimeCountModel: {
        "from": "The visits that it counts from: the last of them that was performed.",
        "until": "The events that end it, the first of them: death, progression, recurrence.",
    },
    about.EndpointsModel: {"primary": "The main outcome measures.", "secondary": "The others."},
    about.SpecimenModel: {
        "visit": "The visit at which it is taken.",
        "amount_mg": "How much, in milligrams.",
        "each_sample": "Whether the amount is that of each sample.",
        "left_out_after": "It is not taken in an operation that was one of these procedures.",
    },
    about.QuestionnaireModel: {
        "version": "Its version.",
        "visits": "The visits at which it is filled in.",
        "licence_note": "What its licence asks for.",
    },
    about.EventModel: {"records": "What is recorded of it."},
    about.QuestionModel: {
        "question": "What is to be asked.",
        "options": "The possible answers.",
        "default": "The answer that the file takes until then.",
        "settings": "The keys of the site values that the answer concerns, as SP-R01.after.",
    },
    anchors.OutcomeAtModel: {"at": "The visits at which it may be decided.", "outcome": "The outcome."},
    anchors.DecidingModel: {
        "at": "The visits at which it may be decided.",
        "outcome": "The outcome that is waited for.",
        "forecast": "The visit to count from until it is decided.",
        "unless": "Outcomes of that visit after which it is waited for no more.",
    },
    anchors.AnchorModel: {
        "visit": "The day of a visit that happens once.",
        "first_dated": "The day of the first visit of this list that has one.",
        "last_dose": (
            "The last dose of these courses, given or still planned: of the last one named that has a dose, so name "
            "them in the order of treatment. Of treatment without an end there is none until it is stopped or "
            "something is decided: what counts from it waits."
        ),
        "else_performed": "With `last_dose`: courses whose last dose given counts where those gave none.",
        "else_when": "With `else_performed`: when that counts after a turn of the path.",
        "last_performed_dose": "The last dose that was given in these courses.",
        "treatment_end": "The end of these courses: the last dose or tablets, or an earlier stop.",
        "cycle_start": "Day 1 of the cycle that has the visit's number.",
        "cycle_end": "The day after the last day of that cycle.",
        "deciding": "The day of the visit at which something is decided.",
        "after_outcome": "The day of a visit at which this was decided; the visit appears with it.",
        "turn": "The day on which a turn was reached; the visit appears with it.",
        "regimen_change": "The day on which the regimen was changed; the visit appears with it.",
    },
    anchors.ElseWhenModel: {
        "turn": "After this turn the last dose given counts, and until then nothing does.",
        "stopped": "Once the last of these courses that the path has was stopped.",
        "without": "Only as long as the path does not have this course.",
    },
    anchors.BoundModel: {
        "from": "An anchor's name, a visit's id, `enrolment` or `consent`.",
        "offset": "How long after it, as P14D; -P14D for before it.",
    },
    base.MarksModel: {
        "event": "Whether the visit itself was read in a public source.",
        "offset": "Whether its distance was.",
        "window": "Whether its window was.",
    },
    decisions.SelectionModel: {
        "epochs": "All visits of these epochs.",
        "visits": "These visits.",
        "keep": "But not these.",
    },
    decisions.CoursePlanModel: {
        "course": "The course.",
        "count": "The number of cycles by the length of a cycle.",
        "regimen": "The regimen that it follows: the first, the present one, or the one changed to.",
    },
    decisions.EffectModel: _EFFECT,
    decisions.OutcomeModel: {
        "label": "The outcome as people read it.",
        "not_after": "A turn after which it is refused, as a response is once there will be no operation.",
        **_EFFECT,
    },
    decisions.NewDayModel: {
        "from": "An anchor's name, a visit's id, or `enrolment`.",
        "offset": "How long after it, as P14D.",
        "window": "The window around the new day; without it, the visit's own.",
    },
    decisions.DecisionModel: {
        "forecast": "The outcome that is assumed until it is decided.",
        "outcomes": "The possible outcomes and what each does.",
        "from_number": "Only from this occurrence of the visit on.",
    },
    decisions.EarlyEndModel: {
        "course": "The course that ends early.",
        "when": (
            "`not_reached`: no dose of the visit's cycle or of a later one was given, and nothing is decided at it; "
            "`not_begun`: day 1 of its cycle was not given; `stopped`: the course was stopped; `no_dose`: it ended "
            "before any dose."
        ),
        "after": "Only if the visit is planned after this day.",
        "after_turn": "Only if this turn was taken.",
        "unless_turn": "Only if this turn was not taken.",
        "extended": "Only if a decision let the course go on without an end.",
        "then": "`cancel`, or the day from which the visit counts instead.",
    },
    decisions.ChoiceModel: {
        "question": "What is asked.",
        "default": "The answer where none is given.",
        "values": "The possible answers; none: yes or no.",
        "by_timing": "Where none is given, the answer by the timing of the metastases, in place of `default`.",
        "by_procedure": "The answer that the record of an operation gives, by the procedure that it was.",
    },
    decisions.ProcedureModel: {
        "pancreas": "What was done on the pancreas: one of these; left out: anything.",
        "liver": "What was done in the liver: one of these; left out: anything.",
    },
    decisions.WithdrawalModel: {
        "operation": "The operation until which `before` applies; a protocol may have none.",
        "before": "What withdrawal from treatment does besides ending every course at its last dose given.",
        "stop": "Nothing more, since every course ends; older files have it.",
        "last_medication": (
            "`required`: no withdrawal is recorded without the day of the last medication or `none`, and a day that is "
            "not that of the last infusion given is a problem; `asked`: it may be left out."
        ),
    },
    decisions.RegimenChangeModel: {
        "allowed": "Whether it may change at all.",
        "after_turn": "Only after this turn.",
        "at_most": "How often; 0: as often as needed.",
    },
    protocol_file.ActivityModel: {
        "left_out_after": "It is not done after an operation that was one of these procedures."
    },
    protocol_file.ActivityRowModel: {
        "at": "The visits at which it is done.",
        "procedures": "What is done.",
        "left_out_after": "It is not done after an operation that was one of these procedures.",
    },
    protocol_file.PartModel: {"day": "The day of the visit, from 1.", "name": "What the day is called."},
    protocol_file.VisitModel: {
        "name": "The name as people read it, or one for each kind of day of a cycle; with {number}, {cycle}.",
        "epoch": "The stretch of the trial that it belongs to.",
        "contact": "Where or how it takes place; to one at the `site` the participant need not come.",
        "place": "Where to come, for the participant's calendar.",
        "minutes": "How long it takes, for the participant's calendar.",
        "bring": "What to bring, for the participant's calendar.",
        "sort": "What it is, which gives it its place among the visits of one day: its questionnaire comes first.",
        "routine": "Whether it is done in routine care, and so also before the informed consent.",
        "timing": "When it is due; a visit on demand has none.",
        "repeat": "How it repeats; without it, it happens once.",
        "days": "The days of a visit that takes several.",
        "after_turn": "Only once this turn was taken and the day that it is counted from is known.",
        "cycle_days": "Only where the participant's first regimen has cycles of so many days.",
        "again_for": "All of it again for this visit, as for a second operation.",
        "left_out_after": "It does not follow an operation that was one of these procedures.",
        "complication_review": "Whether it reviews the complications of the operation that it follows.",
        "renew": "Whether it is done again when what it is counted from moves away.",
        "early_end": "What becomes of it when a course ends early; without it, a visit of every cycle ends with it.",
        "on_performed": "What its being performed does to the path; for each occurrence.",
        "activities": "What is done at it.",
        "waivers": "Kinds of findings about it that are meant, each with the reason.",
    },
    protocol_file.CyclesModel: {
        "fill": "As many cycles as fill this time.",
        "count": "The number of cycles by the length of a cycle.",
        "less": "Less the cycles that this course gives.",
        "at_least": "But at least so many, by the length of a cycle.",
        "open_ended": "Without an end: so many are shown beyond the last one given.",
        "until": "From this day on no cycle is given, except the first.",
    },
    protocol_file.CourseModel: {
        "first": "The visit of day 1 of cycle 1.",
        "next": "The visit of day 1 of later cycles.",
        "within": "The visit of later days of a cycle.",
        "bloods": "The visit of the bloods before each dose.",
        "regimen": "`initial`, `current`, `changed`, or a regimen's id.",
        "cycles": "How many cycles.",
        "extend_by": "How many cycles are shown beyond the last one given, once it goes on without an end.",
    },
    protocol_file.ReturnModel: {
        "default": "Whether it does, unless the site says otherwise.",
        "at_most": "The most days that a cycle is brought forward for it.",
    },
    protocol_file.DelaysModel: {
        "ask": "A longer delay is a problem: the investigator is to be asked.",
        "off_protocol": "A longer delay asks whether the participant still is on the protocol.",
    },
    protocol_file.SafetyModel: {
        "report_hours": "The hours from awareness within which the first report is sent.",
    },
    protocol_file.FindingAgeModel: {
        "of": "The visits that give the finding; of several the youngest counts.",
        "at": "The visit at which it may be no older.",
        "at_most": "How old it may be.",
    },
    protocol_file.EpochModel: {},
    deviations.DeviationsModel: {
        "minor_days": "Up to so many days outside the window are proposed as minor, more as important.",
        "important": (
            "Kinds that are proposed as important whatever the days. What the protocol's own rule permits, or a closed "
            "clinic made, is proposed as allowed."
        ),
    },
    regimens.RegimenFile: {
        "studyday": "The edition of this language: 1.",
        "regimens": "Treatments in cycles, by id.",
        "sources": "The sources that they name.",
    },
    regimens.CycleRangeModel: {
        "first": "The first of them.",
        "last": "The last of them; without it, all later ones.",
        "every": "Every so many cycles.",
    },
    regimens.DayWindowModel: {"before": "How many days earlier.", "after": "How many days later."},
    regimens.ConditionModel: {"complete": "Whether it is all of the condition; only then is it shown."},
    regimens.RegimenDayModel: {
        "day": "The day of the cycle, from 1.",
        "kind": "What the day is for.",
        "cycles": "Only in these cycles.",
        "what": "What is given or done.",
        "when_held": "`omit` a dose that cannot be given on its day, or `delay` it.",
        "gap": "The least number of days after the dose before it.",
        "window": "How many days earlier and later it is inside its window.",
        "pump_hours": "How long the pump that is started then runs.",
        "condition": "A condition for giving it.",
        "doses": "The drugs of the day, in order: a row for each on a sheet that has a table of them.",
    },
    regimens.DrugModel: {
        "dose": "The protocol's dose, as 85 mg/m²; the sheet prints it and has a place for the one given.",
        "pump": "Whether it runs in the pump that is started.",
    },
    regimens.RegimenModel: {"cycle_days": "The length of a cycle, in days.", "days": "The days of a cycle."},
    timing.WindowModel: {
        "before": "How long before the target.",
        "after": "How long after it.",
        "after_cycles": "And so many lengths longer of the cycle whose start or end it is counted from.",
    },
    timing.AnyDayModel: {"first": "The first day.", "last": "The last day."},
    timing.TimingModel: {
        "from": (
            "An anchor's name, a visit's id, `enrolment` or `consent`; `next_cycle`, `dose` and `cycle_day` for the "
            "rows of a course."
        ),
        "offset": "How long after it the target is; a series has its own distances.",
        "window": "How far from the target a visit is inside; `none`: no window is stated.",
        "preferred": "A narrower window that is tried first.",
        "any_day": "Any day between two days, without a target.",
        "roll": "How a closed day is left: `forward`, `backward`, to the `nearest` open day, or `none`.",
        "not_before": "Days before which its target cannot be.",
        "opens_not_before": "Days before which its window does not open; the target stays where it is.",
        "waits": "Whether it waits until somebody gives it a day, as an operation does.",
        "cycle": "The cycle that `cycle_start` or `cycle_end` means.",
    },
    timing.StretchModel: {
        "every": "The distance from one to the next.",
        "count": "How many.",
        "for": "For how long.",
    },
    timing.RepeatModel: {
        "at": "At these distances.",
        "series": "In steps, one after another; each has a distance, and a number or a length.",
        "start": "How long after the anchor the first step begins.",
        "number": "What the number in the key counts.",
        "beyond": "How far beyond today a series without an end is planned.",
        "until": "Until a visit is performed, a turn is reached, or `died`.",
        "cycles": "With the cycles of this course.",
        "every": "With `cycles`: every so many cycles. Visits at a distance are a `series`.",
        "first": "With `cycles`: the first cycle.",
        "each_outcome": "Once for each time that the outcome of its anchor was decided.",
        "each": "Once for each occurrence of the repeated visit that it is counted from.",
        "on_demand": "Whenever somebody gives it a day.",
    },
    **FORM_MEANINGS,
}
"""The meanings of the words of each part, by the part's model."""


def meaning_of(model: type[BaseModel], word: str) -> str:
    """Return what a word means in a part.

    Raises:
        KeyError: nobody has said it.
    """
    return MEANINGS[model][word] if word in MEANINGS[model] else COMMON[word]
