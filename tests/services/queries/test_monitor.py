"""What the page of the monitor shows first."""

from datetime import date

from app.services.commands.configure_site import confirm_facts
from app.services.commands.print_documents import keep_print
from app.services.commands.print_logs import log_printout
from app.services.queries.confirmation_log import confirmation_table, confirmed_rows
from app.services.queries.log_filter import LogFilter
from app.services.queries.monitor import last_printed, monitor_view
from tests.services.ward import TODAY, Ward, refused


def test_it_is_of_the_trial_and_the_participant_that_were_chosen(ward: Ward) -> None:
    everything = monitor_view(ward.study, TODAY, LogFilter())
    assert {one.participant for one in everything.deviations} == {"LI-001", "CJ-001"}
    assert (everything.facts, everything.persons) == (ward.last, ("nurse",))
    part = monitor_view(ward.study, TODAY, LogFilter("scanpan"))
    assert {one.participant for one in part.deviations} == {"LI-001"}
    assert {row.participant for row in part.open.rows} == {"LI-001"}
    assert {row.cell("protocol").text for row in part.confirmations.rows} == {"ScanPan"}
    assert monitor_view(ward.study, TODAY, LogFilter("scanpan"), "CJ-001").deviations == ()
    refused("no_participant", monitor_view, ward.study, TODAY, LogFilter(), "XX-1")


def test_the_last_day_on_which_a_log_was_printed_is_that_of_the_last_visit_of_a_monitor(ward: Ward) -> None:
    ward.go_to("2026-12-21")
    keep_print(ward.study, log_printout(ward.study, "deviations", ward.today), ward.today, None, "own")
    assert last_printed(ward.study, ward.today) is None
    ward.go_to("2027-01-11")
    keep_print(ward.study, log_printout(ward.study, "history", ward.today), ward.today, None, "own")
    assert monitor_view(ward.study, ward.today, LogFilter()).printed == date(2026, 12, 21)


def test_who_confirmed_what_and_when_is_in_its_row(ward: Ward) -> None:
    assert confirmed_rows(confirmation_table(ward.study)) == 0
    ward.value("CJ-R02.before", "P7D", "nct06873178")
    keys = ["CJ-R02.before"]
    ward.set_study(confirm_facts(ward.study, "", keys, "letter", ward.today, by="the sponsor", on="2026-11-20"))
    table = confirmation_table(ward.study, "nct06873178")
    row = next(row for row in table.rows if row.cell("key").text == "CJ-R02.before")
    said = {name: row.cell(name).text for name in ("value", "mark", "confirmed_by", "confirmed_on", "confirmed_in")}
    assert said == {
        "value": "7 days",
        "mark": "the site's own",
        "confirmed_by": "the sponsor",
        "confirmed_on": "Fri 20 Nov 2026",
        "confirmed_in": "letter",
    }
    assert confirmed_rows(table) == 1
