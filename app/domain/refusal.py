"""Refusals: known failures, as a kind and its parameters; `app.wording.refusals` words them with the remedy."""

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from app.domain.dates import Value

StoryRefusal = Literal[
    "choice", "choice_form", "choice_value", "code_form", "code_hidden", "code_look_alike", "consent_is_recorded",
    "calendar_of_dead", "country", "date_far", "date_form",
    "date_hyphens", "date_impossible", "date_no_planned", "date_no_today", "date_several", "date_two_ways",
    "date_weekday", "date_with_time", "decided_twice", "died_twice", "enrolment_is_recorded", "fact_kind",
    "field_missing", "field_twice", "field_unknown", "future", "hour_skipped", "language_needs_calendar",
    "large_needs_calendar",
    "lost_twice", "never_open",
    "no_consent", "no_decision", "no_effect", "not_json", "not_list", "not_lost", "not_object",
    "not_ordinary", "not_text", "not_utf8", "nothing_to_print", "nothing_on_day", "days_twice",
    "off_path", "only_infusions", "outcome", "outcome_closed", "outcome_withdrawn", "page_of_study",
    "phase", "print_needs_output", "protocol", "regimen",
    "regimen_before_turn", "regimen_fixed", "regimen_too_often", "scope", "stopped_twice", "text_broken",
    "text_too_long", "time_form", "time_seconds", "time_twice", "time_zone", "too_large", "too_many_facts",
    "two_results", "unknown_visit", "unprintable", "unreadable", "unscheduled_key", "unscheduled_number", "unwritable",
    "value", "value_key", "value_offset", "weekday", "withdrawn_twice",
]  # fmt: skip
"""A story, a protocol or a fact cannot be what was given."""
EndRefusal = Literal[
    "after_death", "after_lost", "after_stop", "after_treatment", "after_withdrawal", "end_before_consent",
    "end_before_enrolment", "end_before_event", "end_before_visit", "ended_after_death", "found_before_lost",
]  # fmt: skip
"""A fact lies on the wrong side of an end: death, withdrawal, loss, a stopped course."""
ImplausibleRefusal = Literal[
    "before_consent", "before_enrolment", "before_operation", "birth_in_future", "birth_too_long_ago",
    "consent_after_enrolment", "impossible_order", "included_already", "medication_after_end",
    "medication_before_enrolment", "not_included", "screened_after",
]  # fmt: skip
"""A day or a year cannot be what was given."""
FileRefusal = Literal[
    "backup_changed", "backup_failed", "backup_none", "backup_of_broken", "cannot_open", "chain_broken",
    "changed_meanwhile",
    "damaged", "demo_alone", "disk_error", "disk_full", "doubtful_place", "empty_file", "enrolment_unreadable",
    "exists", "file_gone", "file_missing", "name_too_long", "no_room_for_backups", "no_room_for_journal",
    "nothing_to_read", "other_backup",
    "folder_read_only", "head_form", "in_use", "in_use_by", "is_backup", "newer", "no_display", "no_study",
    "no_study_open", "no_window", "not_a_study", "nothing_left_out", "nothing_to_accept", "old_read_only",
    "opened_to_read", "planning_not_accepted", "print_read_only",
    "protocol_unreadable", "read_only", "second_gone", "second_is_first", "second_none",
    "strange_schema", "study_unreadable",
]  # fmt: skip
"""A study file cannot be opened, written, backed up or restored."""
OutputRefusal = Literal[
    "folder_not_empty", "name_unfit", "name_unseen",
    "no_folder", "no_folder_name", "no_name", "not_folder", "over_file",
    "over_folder", "over_input", "over_special", "over_study", "study_ending",
]  # fmt: skip
"""A file or folder cannot be written at a path."""
FactRefusal = Literal[
    "alive_and_died",
    "closure_long", "code_alike", "criterion", "day_usual", "ends_before", "enrolled_already", "full_dose",
    "last_medication",
    "identity_number", "no_length", "no_participant", "no_procedure", "no_protocol", "not_booked", "not_enrolled",
    "not_dose", "not_held", "not_open", "not_operation", "not_taken", "nothing_changes", "number", "number_range",
    "one_of", "pair",
    "protocol_not_taken", "protocol_there", "screen_failure", "screened_already", "value_not_set", "which_protocol",
    "yes_no", "yes_no_unknown", "eligible_reason", "no_deviation", "which_deviation", "no_serious_event", "which_event",
    "nothing_lost", "no_pump", "other_day", "not_treated", "nothing_resected", "left_out",
    "nothing_to_sign",
    "not_at_visit",
]  # fmt: skip
"""A fact about a participant or the site does not fit the study."""
CorrectionRefusal = Literal[
    "fact_is_void", "facts_depend", "for_good", "no_command", "no_fact", "not_correctable", "nothing_to_correct",
    "nothing_to_redo", "nothing_to_undo", "of_study", "other_protocol", "own_fact", "redacted_already",
    "same_participant", "still_needed", "undo_of_undo", "undone_already",
]  # fmt: skip
"""Recorded facts cannot be undone, corrected, redacted or given to another participant in that way."""
UnlikelyDay = Literal[
    "age_unlikely", "before_undated", "day_before_other", "day_far_from_visit", "day_far_off", "end_before_told",
    "enrolled_long_ago", "out_of_order",
    "plan_in_past", "site_day_far", "site_year_far",
]  # fmt: skip
"""A day or a year is unlikely: a person is asked whether it is right."""
UNLIKELY_DAYS: frozenset[str] = frozenset(get_args(UnlikelyDay))
ScreeningDoubt = Literal["age_outside", "consent_other_day", "consent_version", "eligible_against", "eligible_unsigned",
    "not_screened", "screening_differs",
]  # fmt: skip
"""A screening or an enrolment does not fit the protocol's criteria, or the other one."""
NameDoubt = Literal["code_near", "code_personal", "not_listed", "text_personal"]
"""A code, a name or a text is not what is usual there."""
OperationDoubt = Literal["no_operation", "operation_open", "pump_off_early", "sets_choice"]
"""What was done in an operation answers a choice otherwise, something follows an operation that nobody recorded, or a
pump came off too soon."""
DoubtKind = Literal["not_own", "planning_moves", "repeats"] | NameDoubt | UnlikelyDay | ScreeningDoubt | OperationDoubt
"""A request is unusual: a person is asked whether it is meant."""
RefusalKind = (
    StoryRefusal
    | EndRefusal
    | ImplausibleRefusal
    | FileRefusal
    | OutputRefusal
    | FactRefusal
    | CorrectionRefusal
    | DoubtKind
)

_LONGEST_QUOTED = 40
_DEEPEST_QUOTED = 8
"""How many characters of a value are said back, and how many levels of lists and objects within it."""


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error of the program
    """A request cannot be carried out.

    `kind` and `values` give the reason; `place` is the fact or field that it is about, empty for none.
    """

    def __init__(self, kind: RefusalKind, place: str = "", **values: Value) -> None:
        """Refuse for a reason of that kind; `values` are the parameters of its sentence."""
        super().__init__(kind, place, values)
        self.kind = kind
        self.place = place
        self.values: Mapping[str, Value] = values


class Doubted(Refused):
    """A request that is carried out only after a person has confirmed that it is meant.

    `further`: the other doubts about the same request; a person who confirms it has seen all of them.
    """

    def __init__(self, kind: DoubtKind, place: str = "", **values: Value) -> None:
        """Doubt for a reason of that kind; `values` are the parameters of its sentence."""
        super().__init__(kind, place, **values)
        self.doubt_kind: DoubtKind = kind
        self.further: tuple[Doubted, ...] = ()

    @property
    def each(self) -> tuple["Doubted", ...]:
        """All doubts about the request, one by one."""
        return (self, *self.further)

    def covers(self, other: "Doubted") -> bool:
        """Whether who confirms this has seen every reason of the other."""
        return set(map(_reason, other.each)) <= set(map(_reason, self.each))


def joined(doubts: Iterable[Doubted | None]) -> Doubted | None:
    """Return one doubt with the reasons of all of these, each once and in their order; None where there is none."""
    each = {_reason(one): one for doubt in doubts if doubt is not None for one in doubt.each}
    if not each:
        return None
    first, *further = each.values()
    found = Doubted(first.doubt_kind, first.place, **first.values)
    found.further = tuple(further)
    return found


def _reason(doubt: Doubted) -> tuple[object, ...]:
    return doubt.kind, doubt.place, *sorted(doubt.values.items())


def quoted(value: object) -> str:
    """Return a value as a refusal says it back: the beginning of what was written, as JSON writes it."""
    return _written(value)[:_LONGEST_QUOTED]


def _written(value: object, depth: int = 0) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, list | dict) and depth == _DEEPEST_QUOTED:
        return "…"
    if isinstance(value, list):
        return f"[{', '.join(_within(one, depth) for one in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_within(name, depth)}: {_within(one, depth)}' for name, one in value.items())}}}"
    return str(value)


def _within(value: object, depth: int) -> str:
    return f'"{value}"' if isinstance(value, str) else _written(value, depth + 1)
