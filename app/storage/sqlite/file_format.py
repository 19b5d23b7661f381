"""What a study file is: its marks, its schema's version and its tables by what they are for.

The tables themselves are in `rows`, which only what makes a table loads.
"""

APPLICATION_ID = 0x53447931
"""`SDy1`, in the file's header: this is a study file."""
BACKUP_ID = 0x53446231
"""`SDb1`: this is a backup of one, to be read and restored but never worked in."""
SCHEMA_VERSION = 3
"""2: the table `state`; a visit performed has `judged_by` and `judged_from`, one missed or left out has `window`; the
kinds `deviation_classed`, `deviations_printed`, `rescued`, `fact_lost`, `loss_settled` and `planning_accepted`.

3: the kinds `included`, `consent`, `consent_form`, `identified`, `log_printed`, `safety_report`; an enrolment without
a day; a pump's start; what was done in an operation; the numbers and names of a screening; number, cause, action and
report of a deviation; awareness and outcome of an adverse event; telephone numbers of a site; who confirmed a value.

A version is raised by every table, kind of fact and field that an older program does not know.
"""
READABLE_VERSION = 1
"""The oldest schema that is read as it is, as a backup or a read-only file cannot be migrated."""

KEPT_TABLES = ("fact", "head")
CACHE_TABLES = ("visit", "visit_digest", "derived")
PERSON_TABLES = ("person", "person_seal")
STATE_TABLES = ("state",)
DERIVED_TABLES = (*CACHE_TABLES, *PERSON_TABLES, *STATE_TABLES)
"""The tables that are thrown away and made again where they are not as they have to be."""

TO_CHECK = "settled = 'performed' AND (undecided = 1 OR unclassed <> '')"
QUESTIONED = "settled = '' AND booked = assumed AND problems IS NOT NULL"
SUSPENDED = "settled = '' AND suspended = 1"
"""The visits that an index of their own finds."""
