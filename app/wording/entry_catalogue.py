"""The words for the kinds of facts by which somebody enters the study; `fact_catalogue` has the others."""

from collections.abc import Mapping

from app.wording.kind_words import AT, REASON, CommandWords, DialogWords, KindWords
from app.wording.language import marked

ENTRY_WORDS: Mapping[str, KindWords] = {
    "screened": KindWords(
        marked("screening"),
        marked("screened {code} for {protocol} on {on}"),
        (
            ("outcome", marked(", {value}")),
            ("failed_for", marked(" ({value})")),
            REASON,
            ("metastases", marked("; liver metastases: {value}")),
            ("largest_mm", marked(", the largest {value} mm")),
            ("ecog", marked("; ECOG {value}")),
            ("confirmed_by", marked("; diagnosis by {value}")),
            ("investigator", marked("; judged by {value}")),
        ),
        labels={"outcome": marked("outcome of screening"), "liver": marked("procedure planned on the liver")},
        questions={"on": marked("day of screening")},
    ),
    "enrolled": KindWords(
        marked("enrolment"),
        marked("enrolled {code} in {protocol} on {on}"),
        (
            ("consented", marked(", consent on {value}")),
            ("regimen", marked(", regimen {value}")),
            ("country", marked(", {value}")),
            ("centre", marked(", centre {value}")),
            ("cohort", marked(", cohort {value}")),
        ),
        lacking={"on": marked("{code} in screening for {protocol}")},
        registered=marked("registered {code} in {protocol} on {on}"),
        questions={"on": marked("day of enrolment"), "choices": marked("questions of the protocol")},
        hints={
            "on": marked("Empty as long as the participant is in screening."),
            "consented": marked("Where it is not the day of enrolment."),
        },
    ),
    "included": KindWords(
        marked("inclusion"),
        marked("included on {on}"),
        dialog=DialogWords(marked("Inclusion"), marked("Record inclusion")),
        menu=marked("&Inclusion…"),
        record_menu=marked("&Inclusion…"),
        command=CommandWords("include", "a participant in screening is enrolled"),
        questions={"on": marked("day of enrolment")},
    ),
    "consent": KindWords(
        marked("informed consent"),
        marked("consent to form version {version}: {answer}, on {on}"),
        (
            AT,
            ("language", marked(", in {value}")),
            ("copy", marked(", {value}")),
            ("biobank", marked(", {value}")),
            ("informed_by", marked(", informed by {value}")),
            REASON,
        ),
        dialog=DialogWords(marked("Informed consent"), marked("Record consent")),
        menu=marked("Informed c&onsent…"),
        record_menu=marked("Informed co&nsent…"),
        command=CommandWords(
            "consent",
            "consent to a version of the form, or that it is not needed",
            "The day of the first consent is that of the enrolment (`enrol --consented`).",
        ),
        labels={"version": marked("version of the form"), "answer": marked("answer")},
        questions={"answer": marked("consent")},
        hints={"biobank": marked("Where the form asks for it.")},
    ),
    "identified": KindWords(
        marked("identified and not screened"),
        marked("identified for {protocol} on {on} and not screened: {count}, {failed_for}"),
        (("centre", marked(", {value}")), REASON),
        questions={
            "on": marked("day of the conference"),
            "count": marked("how many"),
            "failed_for": marked("why not screened"),
            "reason": marked("more about it"),
        },
        hints={"reason": marked("Nothing about a person.")},
    ),
    "consent_form": KindWords(
        marked("version of the consent form"),
        marked("consent form of {protocol}, version {version}, applies from {on}; it concerns {concerns}"),
        (REASON,),
        labels={"version": marked("version of the form")},
        questions={"on": marked("applies from"), "reason": marked("what is new")},
        hints={"concerns": marked("Asked at the next visit from that day on.")},
    ),
}
"""The words for each kind."""
