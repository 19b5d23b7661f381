"""The words for the fields of facts and for their options, where kinds share them."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.wording.language import marked


@dataclass(frozen=True, slots=True)
class FieldWords:
    """The words for a field. `yes` and `no`: its two answers within a sentence. `hint`: shown under it in a form.

    `is_noun`: the label names a thing, so that “Fill in the {label}” can be said of it.
    """

    label: str
    plural: bool = False
    hint: str = ""
    yes: str = ""
    no: str = ""
    is_noun: bool = True


FIELD_WORDS: Mapping[str, FieldWords] = {
    "action": FieldWords(marked("action taken with the treatment")),
    "after": FieldWords(marked("after")),
    "alive": FieldWords(marked("alive")),
    "at": FieldWords(marked("time")),
    "backup": FieldWords(marked("backup")),
    "basis": FieldWords(marked("basis of the finding")),
    "before": FieldWords(marked("before")),
    "bile_leak": FieldWords(marked("bile leak (ISGLS)")),
    "cause": FieldWords(marked("cause of death")),
    "cci": FieldWords(marked("CCI")),
    "centre": FieldWords(marked("centre")),
    "choice": FieldWords(marked("choice")),
    "choices": FieldWords(marked("choices"), plural=True),
    "closed": FieldWords(marked("public holidays"), plural=True),
    "closed_weekdays": FieldWords(marked("closed weekdays"), plural=True),
    "code": FieldWords(marked("study code"), hint=marked("Never a name, initials or a hospital number.")),
    "cohort": FieldWords(marked("cohort")),
    "country": FieldWords(marked("country")),
    "criteria": FieldWords(marked("criteria"), plural=True),
    "detail": FieldWords(marked("further detail")),
    "dge": FieldWords(marked("delayed gastric emptying (DGE)")),
    "done": FieldWords(marked("done"), is_noun=False, yes=marked("done"), no=marked("not done")),
    "drug": FieldWords(marked("drug")),
    "end": FieldWords(marked("end time")),
    "ended": FieldWords(marked("end day")),
    "facts": FieldWords(marked("number of facts")),
    "files": FieldWords(marked("files"), plural=True),
    "first": FieldWords(marked("first day")),
    "given": FieldWords(marked("dose given")),
    "grade": FieldWords(marked("grade")),
    "hash": FieldWords(marked("hash of the protocol")),
    "head": FieldWords(marked("head of the chain")),
    "how": FieldWords(marked("means of contact")),
    "judged": FieldWords(marked("window in force")),
    "kept": FieldWords(marked("place of storage")),
    "key": FieldWords(marked("value concerned")),
    "label": FieldWords(marked("number on the tube")),
    "language": FieldWords(marked("language")),
    "last": FieldWords(marked("last day")),
    "last_medication_on": FieldWords(marked("day of the last medication")),
    "liver": FieldWords(marked("procedure on the liver")),
    "liver_failure": FieldWords(marked("liver failure (ISGLS)")),
    "main": FieldWords(marked("main file")),
    "mg": FieldWords(marked("weight, mg")),
    "name": FieldWords(marked("name")),
    "names": FieldWords(marked("redacted fields"), plural=True),
    "official": FieldWords(marked("official list"), yes=marked("official"), no=marked("not official")),
    "on": FieldWords(marked("day")),
    "outcome": FieldWords(marked("outcome")),
    "pancreas": FieldWords(marked("procedure on the pancreas")),
    "percent": FieldWords(marked("percent of the planned dose")),
    "phase": FieldWords(marked("phase of treatment")),
    "popf": FieldWords(marked("pancreatic fistula (POPF)")),
    "pph": FieldWords(marked("haemorrhage (PPH)")),
    "protocol": FieldWords(marked("protocol")),
    "questionnaire": FieldWords(marked("questionnaire")),
    "reached": FieldWords(marked("reached"), is_noun=False, yes=marked("reached"), no=marked("not reached")),
    "reason": FieldWords(marked("reason")),
    "regimen": FieldWords(marked("regimen")),
    "related": FieldWords(marked("relation to the treatment")),
    "scope": FieldWords(marked("withdrawn from"), is_noun=False),
    "serious": FieldWords(marked("serious"), is_noun=False),
    "sex": FieldWords(marked("sex")),
    "site": FieldWords(marked("site")),
    "source": FieldWords(marked("source")),
    "specimen": FieldWords(marked("specimen")),
    "start": FieldWords(marked("start time")),
    "taken": FieldWords(marked("taken"), is_noun=False, yes=marked("taken"), no=marked("not taken")),
    "term": FieldWords(marked("CTCAE term")),
    "text": FieldWords(marked("note")),
    "time_zone": FieldWords(marked("time zone")),
    "timing": FieldWords(marked("timing of the metastases")),
    "title": FieldWords(marked("title")),
    "to": FieldWords(marked("changed to")),
    "value": FieldWords(marked("value")),
    "version": FieldWords(marked("version")),
    "visit": FieldWords(marked("visit")),
    "visits": FieldWords(marked("visits"), plural=True),
    "void": FieldWords(marked("no longer counts")),
    "cleared": FieldWords(marked("cleared")),
    "what": FieldWords(marked("what")),
    "working": FieldWords(marked("working weekend days"), plural=True),
    "year": FieldWords(marked("year")),
    "year_of_birth": FieldWords(marked("year of birth")),
}
"""The words for a field of that name in every kind; a kind's own words for it are in the fact catalogue."""


OPTION_WORDS: Mapping[str, str] = {
    "ablation": marked("ablation"),
    "all": marked("the whole study"),
    "biochemical_leak": marked("biochemical leak"),
    "calendar": marked("calendar"),
    "clinic": marked("in the clinic"),
    "definite": marked("definite"),
    "distal_pancreatectomy": marked("distal pancreatectomy"),
    "dose_delayed": marked("dose delayed"),
    "dose_omitted": marked("dose omitted"),
    "dose_reduced": marked("dose reduced"),
    "eligible": marked("eligible"),
    "failure": marked("screen failure"),
    "female": marked("female"),
    "full": marked("full dose"),
    "letter": marked("letter"),
    "male": marked("male"),
    "message": marked("message"),
    "metachronous": marked("metachronous"),
    "no": marked("no"),
    "none": marked("none"),
    "other": marked("other"),
    "pancreatoduodenectomy": marked("pancreatoduodenectomy"),
    "pending": marked("pending"),
    "possible": marked("possible"),
    "probable": marked("probable"),
    "progression": marked("progression"),
    "recurrence": marked("recurrence"),
    "reduced": marked("reduced dose"),
    "registry": marked("registry"),
    "relative": marked("relative"),
    "resection": marked("resection"),
    "resection_and_ablation": marked("resection and ablation"),
    "sheet": marked("visit sheet"),
    "synchronous": marked("synchronous"),
    "telephone": marked("telephone"),
    "total_pancreatectomy": marked("total pancreatectomy"),
    "treatment": marked("treatment"),
    "treatment_stopped": marked("treatment stopped"),
    "unknown": marked("unknown"),
    "unlikely": marked("unlikely"),
    "unrelated": marked("unrelated"),
    "yes": marked("yes"),
}
"""The words for options; a grade is its own word."""
