"""The kinds of facts about the study, and about other facts."""

from app.domain.facts.kind import FIRST_YEAR, LAST_YEAR, DayRule, Field, Kind, Subject, Type, day_field, reason_field

LOST = "fact_lost"
"""The kind of a fact that has the number of one that could not be read."""
SETTLED = "loss_settled"
"""The kind of the fact by which a person says that what could not be read was recorded again, or is not needed."""
UNREADABLE = ("page_damaged", "fact_missing", "changed_since", "no_values", "unknown_kind", "impossible_value")
"""Why a fact cannot be read."""
PAPERS = ("a4", "letter")
"""The sizes of paper that a site may print on; the first one where none is named."""
LANGUAGES = ("en", "sv", "fi", "zh")
"""The languages of participants' calendars; English unless something else is said."""
_A_DAY = (
    day_field("the day", may_be_future=True, rule=DayRule.SITE),
    reason_field(False),
    Field("site", Type.TEXT, False, help="only this site, by its name", protected=True),
)

STUDY_KINDS = (
    Kind("study_made", Subject.STUDY, (Field("name", Type.TEXT, False, help="the study's name"),), permanent=True),
    Kind(
        "protocol_taken",
        Subject.STUDY,
        (
            Field("protocol", Type.TEXT, help="its id"),
            Field("version", Type.TEXT),
            Field("title", Type.TEXT),
            Field("hash", Type.TEXT, help="SHA-256 of all its files"),
            Field("main", Type.TEXT, help="the name of the protocol file among them"),
            Field("files", Type.PLAIN, help="its complete text, regimens included, by file name"),
        ),
        indivisible=True,
    ),
    Kind(
        "site_set",
        Subject.STUDY,
        (
            Field("name", Type.TEXT, help="the site's name, as it is printed"),
            Field("country", Type.TEXT, help="two letters, as SE"),
            Field("time_zone", Type.TEXT, False, help="as Europe/Stockholm", protected=True),
            Field("closed_weekdays", Type.WEEKDAYS, False, help="closed weekdays", protected=True),
            Field("day_phone", Type.TEXT, False, help="whom participants call by day, with its hours"),
            Field("night_phone", Type.TEXT, False, help="whom they call at night, at weekends and on holidays"),
            Field("fever_rule", Type.TEXT, False, help="what they do in a fever, in the words of the unit"),
            Field(
                "calendar_language",
                Type.ONE_OF,
                False,
                options=LANGUAGES,
                help="of participants' own calendars",
                protected=True,
            ),
            Field("paper", Type.ONE_OF, False, options=PAPERS, help="its printer's paper; else A4", protected=True),
        ),
        same=(
            "name",
            "country",
            "time_zone",
            "closed_weekdays",
            "day_phone",
            "night_phone",
            "fever_rule",
            "calendar_language",
            "paper",
        ),
        thing=("name",),
    ),
    Kind("day_closed", Subject.STUDY, _A_DAY, same=("on", "site"), thing=("on", "site")),
    Kind("day_opened", Subject.STUDY, _A_DAY, same=("on", "site"), thing=("on", "site")),
    Kind(
        "holidays_taken",
        Subject.STUDY,
        (
            Field("country", Type.TEXT),
            Field("year", Type.WHOLE, low=FIRST_YEAR, high=LAST_YEAR + 100, rule=DayRule.SITE),
            Field("closed", Type.PLAIN, help="each holiday with its name"),
            Field("working", Type.PLAIN, help="weekend days on which the country works"),
            Field("official", Type.YES_NO, help="whether the list is official"),
            Field("source", Type.TEXT),
        ),
        indivisible=True,
    ),
    Kind(
        "value_set",
        Subject.STUDY,
        (
            Field("protocol", Type.TEXT, help="the protocol's id"),
            Field("key", Type.TEXT, help="as SP-R01.after"),
            Field("value", Type.PLAIN, help="as P21D"),
            reason_field(False),
        ),
        same=("protocol", "key", "value"),
        thing=("protocol", "key"),
    ),
    Kind(
        "value_confirmed",
        Subject.STUDY,
        (
            Field("protocol", Type.TEXT, help="the protocol's id"),
            Field("key", Type.TEXT, help="as SP-R01.after"),
            Field("value", Type.PLAIN, False, help="the value as it stood"),
            Field("by", Type.TEXT, False, help="who confirmed it"),
            Field("on", Type.DAY, False, help="the day on which it was confirmed", rule=DayRule.SITE),
            reason_field(False, what="where it is written"),
        ),
        same=("protocol", "key", "value"),
        thing=("protocol", "key"),
    ),
    Kind(
        "agenda_printed",
        Subject.STUDY,
        (
            Field("first", Type.DAY, may_be_future=True, rule=DayRule.FREE),
            Field("last", Type.DAY, may_be_future=True, rule=DayRule.FREE),
            Field("filter", Type.PLAIN, False, help="the visits that it was limited to, by the name of each filter"),
            Field("head", Type.TEXT, help="the head of the chain that is on the paper"),
        ),
        permanent=True,
        log="printed",
    ),
    # Earlier releases printed no other log; theirs has this kind.
    Kind(
        "deviations_printed",
        Subject.STUDY,
        (Field("head", Type.TEXT, help="the head of the chain that is on the paper"),),
        permanent=True,
        log="printed",
    ),
    Kind(
        "log_printed",
        Subject.STUDY,
        (
            Field("log", Type.TEXT, help="which log"),
            Field("filter", Type.PLAIN, False, help="the part that was printed, by the name of each filter"),
            Field("head", Type.TEXT, help="the head of the chain on the paper"),
        ),
        permanent=True,
        log="printed",
    ),
    Kind(
        "restored",
        Subject.STUDY,
        (
            Field("backup", Type.TEXT, False, help="the name of the backup; none where the file itself went on"),
            Field("head", Type.TEXT, help="the head of the chain from which it goes on"),
            Field("facts", Type.WHOLE, high=10**12),
            Field("left_out", Type.PLAIN, False, internal=True, help="the heads of backups that it goes on without"),
            reason_field(False),
        ),
        permanent=True,
    ),
    Kind(
        "migrated",
        Subject.STUDY,
        (Field("before", Type.WHOLE, high=10**6), Field("after", Type.WHOLE, high=10**6)),
        permanent=True,
    ),
    Kind(
        "planning_accepted",
        Subject.STUDY,
        (
            Field("before", Type.WHOLE, high=10**6, help="the planning rules that the visits were planned by"),
            Field("after", Type.WHOLE, high=10**6, help="those that they are planned by from then on"),
            Field("visits", Type.WHOLE, high=10**12, help="how many visits that moves"),
            Field("participants", Type.WHOLE, high=10**12, help="of how many participants"),
            Field(
                "reprint",
                Type.PLAIN,
                False,
                internal=True,
                help="the visits with a printed sheet among them, by the participant's number",
            ),
        ),
        permanent=True,
    ),
    Kind(
        "rescued",
        Subject.STUDY,
        (
            Field("file", Type.TEXT, help="the name of the damaged study file"),
            Field("head", Type.TEXT, help="the head of its chain"),
            Field("facts", Type.WHOLE, high=10**12, help="the facts that could be read"),
            Field("lost", Type.WHOLE, high=10**12, help="the facts that could not"),
        ),
        permanent=True,
    ),
    Kind(
        LOST,
        Subject.STUDY,
        (
            Field("why", Type.ONE_OF, options=UNREADABLE),
            Field("kind", Type.TEXT, False, help="what it was, where that is known"),
            Field("field", Type.TEXT, False, help="the field that cannot be read"),
        ),
        indivisible=True,
    ),
    Kind(
        SETTLED,
        Subject.STUDY,
        (
            Field("numbers", Type.PLAIN, help="the numbers of the facts that could not be read"),
            reason_field(False),
        ),
        permanent=True,
    ),
)

CHANGE_KINDS = (
    Kind(
        "correction",
        Subject.FACT,
        (
            Field(
                "void",
                Type.YES_NO,
                help="whether the fact no longer counts; else `set.NAME` sets its fields",
                protected=True,
            ),
            Field("cleared", Type.YES_NO, False, internal=True, help="taken back by a command of its own, not by undo"),
            reason_field(False),
        ),
    ),
    Kind(
        "redaction",
        Subject.FACT,
        (Field("names", Type.PLAIN, help="the fields whose values go", protected=True), reason_field()),
        permanent=True,
    ),
)
