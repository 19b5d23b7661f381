"""The words of refusals about operations, doses and specimens, as `refusals` has them for all."""

from collections.abc import Mapping

from app.domain.refusal import RefusalKind
from app.wording.language import marked

OF_OPERATIONS: Mapping[RefusalKind, str] = {
    "other_day": marked(
        "{visit} was recorded as done on {held}, not on {on}. Correct that day, or give the same one here"
    ),
    "not_at_visit": marked("{name} is not filled in at {visit}. Choose one of: {known}"),
    "left_out": marked(
        "{visit} does not apply after {procedure} ({other}, {operated}). Correct the operation if that is wrong"
    ),
    "not_treated": marked("nothing was done in the liver. Leave this out, or say what was done there"),
    "nothing_resected": marked("nothing was resected, so there is no margin. Leave it out, or say what was resected"),
    "sets_choice": marked(
        "what was done at {visit} answers “{question}” with {answer}, and so the calendar. Say --sure if it is right"
    ),
    "no_operation": marked(
        "{event} follows an operation, and none is recorded as done. Record the operation first, or say --sure"
    ),
    "operation_open": marked(
        "{visit} follows {other}, which is not recorded as done. Record that first, or say --sure if the day is right"
    ),
    "no_pump": marked("{visit} starts no pump. Leave the start of the pump out, or record it at the dose"),
    "no_procedure": marked("an operation has a procedure on the pancreas, on the liver, or on both"),
    "no_length": marked("the operation cannot end at the minute when it began. Correct one of the times"),
    "full_dose": marked("a whole dose is 100 percent. Say --given reduced"),
    "not_taken": marked("a specimen that was not taken has no weight, label or place. Leave them out"),
    "before_operation": marked(
        "{event} on {on} lies before {visit} on {operated}, and it cannot. Correct one of the days"
    ),
    "not_operation": marked("{visit} is no operation. Choose one of: {known}"),
    "not_dose": marked("at {visit} no drug is given. Choose one of: {known}"),
}
