"""Days that the site closed or opened in a row are one range, where they have one reason and one site."""

from datetime import date

from app.services.commands import configure_site
from app.services.queries.closed_days import DayRange, day_ranges
from tests.services.ward import TODAY, Ward


def closed(ward: Ward, kind: str, first: date, last: date, reason: str, site: str = "") -> None:
    facts = configure_site.day_facts(ward.study, kind, first, last, reason, site, TODAY)
    configure_site.save_study(ward.study, configure_site.propose_study(ward.study, facts, TODAY), sure=True)


def test_days_in_a_row_are_joined_where_reason_and_site_agree(empty_ward: Ward) -> None:
    facts = configure_site.site_facts(empty_ward.study, {"name": "Lund", "country": "SE"}, TODAY)
    configure_site.save_study(empty_ward.study, configure_site.propose_study(empty_ward.study, facts, TODAY))
    closed(empty_ward, "day_closed", date(2027, 2, 27), date(2027, 3, 1), "moving")
    closed(empty_ward, "day_closed", date(2027, 3, 2), date(2027, 3, 2), "fair")
    closed(empty_ward, "day_opened", date(2027, 3, 3), date(2027, 3, 4), "fair")
    closed(empty_ward, "day_closed", date(2027, 3, 2), date(2027, 3, 3), "fair", "Lund")
    assert day_ranges(empty_ward.study) == [
        DayRange(date(2027, 2, 27), date(2027, 3, 1), False, "moving", ""),
        DayRange(date(2027, 3, 2), date(2027, 3, 2), False, "fair", ""),
        DayRange(date(2027, 3, 2), date(2027, 3, 3), False, "fair", "Lund"),
        DayRange(date(2027, 3, 3), date(2027, 3, 4), True, "fair", ""),
    ]


def test_what_is_said_of_one_site_is_taken_away_alone(empty_ward: Ward) -> None:
    facts = configure_site.site_facts(empty_ward.study, {"name": "Lund", "country": "SE"}, TODAY)
    configure_site.save_study(empty_ward.study, configure_site.propose_study(empty_ward.study, facts, TODAY))
    for site in ("", "Lund"):
        closed(empty_ward, "day_closed", date(2027, 3, 1), date(2027, 3, 3), "fair", site)
    gone = configure_site.usual_day_facts(empty_ward.study, date(2027, 3, 2), date(2027, 3, 9), "lund")
    assert len(gone) == 2
    configure_site.save_study(empty_ward.study, configure_site.propose_study(empty_ward.study, gone, TODAY))
    assert day_ranges(empty_ward.study) == [
        DayRange(date(2027, 3, 1), date(2027, 3, 1), False, "fair", "Lund"),
        DayRange(date(2027, 3, 1), date(2027, 3, 3), False, "fair", ""),
    ]
    assert len(configure_site.usual_day_facts(empty_ward.study, date(2027, 3, 1))) == 2, "without a site, of every one"
