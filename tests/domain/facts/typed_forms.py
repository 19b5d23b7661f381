# ruff: noqa: RUF001 - signs as a Chinese input method types them
"""Typed days and times with their meanings, worked out by hand; each surface has to read all of them.

Today is Monday 23 November 2026, and the visit's planned day is Monday 14 December 2026.
"""

from datetime import date

TODAY = date(2026, 11, 23)
PLANNED = date(2026, 12, 14)

COMING = [
    # as the program prints it
    ("Mon 8 Feb 2027", "2027-02-08"),
    ("Monday 8 February 2027", "2027-02-08"),
    ("Monday 8 February 2027, in 77 days", "2027-02-08"),
    ("Monday 30 November 2026, 7 days from today", "2026-11-30"),
    ("Mon\u00a08\u00a0Feb\u00a02027", "2027-02-08"),
    ("Mon\u202f30\u202fNov", "2026-11-30"),
    ("Mon 30 Nov", "2026-11-30"),
    ("8 Feb 2027", "2027-02-08"),
    # ISO and year first
    ("2026-11-30", "2026-11-30"),
    ("20261130", "2026-11-30"),
    ("2026-12-4", "2026-12-04"),
    ("2026/11/30", "2026-11-30"),
    ("2026.11.30", "2026-11-30"),
    ("2026\u221211\u221230", "2026-11-30"),
    ("26-12-14", "2026-12-14"),
    ("26-11-23", "2026-11-23"),
    ("27-1-4", "2027-01-04"),
    ("27-02-08", "2027-02-08"),
    # Chinese, also as an input method types it
    ("2026年11月30日", "2026-11-30"),
    ("11月30日", "2026-11-30"),
    ("２０２６年１１月３０日", "2026-11-30"),
    ("２０２６－１１－３０", "2026-11-30"),
    ("３０／１１", "2026-11-30"),
    # day first
    ("30/11", "2026-11-30"),
    ("30/11/2026", "2026-11-30"),
    ("30/11/26", "2026-11-30"),
    ("30.11.", "2026-11-30"),
    ("30.11", "2026-11-30"),
    ("30.11.2026", "2026-11-30"),
    ("30.11.26", "2026-11-30"),
    ("4. 1. 2027", "2027-01-04"),
    ("30-11-2026", "2026-11-30"),
    # names of months
    ("30 nov", "2026-11-30"),
    ("30nov", "2026-11-30"),
    ("nov 30", "2026-11-30"),
    ("Nov 30, 2026", "2026-11-30"),
    ("November 30th", "2026-11-30"),
    ("30-Nov-2026", "2026-11-30"),
    ("30-NOV-26", "2026-11-30"),
    ("1st December", "2026-12-01"),
    ("2 jan", "2027-01-02"),
    # without a year a plan means the next one, not the nearest
    ("1 jun", "2027-06-01"),
    # weekdays
    ("thu", "2026-11-26"),
    ("Sunday", "2026-11-29"),
    ("this thu", "2026-11-26"),
    ("next thu", "2026-12-03"),
    ("next Mon", "2026-11-30"),
    ("sat 28.11.", "2026-11-28"),
    # counted
    ("t", "2026-11-23"),
    ("today", "2026-11-23"),
    ("tomorrow", "2026-11-24"),
    ("+2", "2026-11-25"),
    ("+1w", "2026-11-30"),
    ("in 3 weeks", "2026-12-14"),
    # the day of the month alone
    ("30", "2026-11-30"),
    ("23", "2026-11-23"),
    ("22", "2026-12-22"),
    ("31", "2026-12-31"),
    ("15th", "2026-12-15"),
    ("\u200b30 nov\u200e", "2026-11-30"),
]

FROM_PLANNED = [
    ("p", "2026-12-14"),
    ("p+7", "2026-12-21"),
    ("p-3", "2026-12-11"),
    ("p + 1w", "2026-12-21"),
    ("P+2w", "2026-12-28"),
]

PAST = [
    ("-3", "2026-11-20"),
    ("-1w", "2026-11-16"),
    ("3 days ago", "2026-11-20"),
    ("yesterday", "2026-11-22"),
    ("y", "2026-11-22"),
    ("thu", "2026-11-19"),
    ("last fri", "2026-11-20"),
    ("22", "2026-11-22"),
    ("30", "2026-10-30"),
    ("31", "2026-10-31"),
    ("Fri 20 Nov", "2026-11-20"),
    ("1 jun", "2026-06-01"),
    ("20/11", "2026-11-20"),
    ("Friday 20 November 2026, 3 days ago", "2026-11-20"),
]

REFUSED = [
    ("30 feb", "date_impossible"),
    ("2026-02-30", "date_impossible"),
    ("26-02-30", "date_impossible"),
    ("2026-13-01", "date_impossible"),
    ("11/30", "date_impossible"),
    ("31.11.", "date_impossible"),
    ("29 feb 2027", "date_impossible"),
    ("13月1日", "date_impossible"),
    ("1989-12-31", "date_far"),
    ("2121-01-01", "date_far"),
    ("1/1/1926", "date_far"),
    ("05-06", "date_two_ways"),
    ("3-4-26", "date_two_ways"),
    ("mon", "date_two_ways"),
    ("30-11", "date_hyphens"),
    ("Tue 8 Feb 2027", "date_weekday"),
    ("Sat 30 Nov", "date_weekday"),
    # the weekday is one off: it would be the day of another year
    ("Tue 30 Nov", "date_two_ways"),
    ("sun 30/11", "date_two_ways"),
    ("Tue 21 Dec", "date_two_ways"),
    ("15 – 18 Nov", "date_several"),
    ("Mon 8 – Thu 11 Feb 2027", "date_several"),
    ("whenever", "date_form"),
    ("next week", "date_form"),
    ("November 2026", "date_form"),
    ("261130", "date_form"),
    ("99", "date_form"),
    ("0", "date_form"),
    ("3 ma", "date_form"),
    ("+99999", "date_form"),
    ("30/11/126", "date_form"),
    ("٣٠/١١", "date_form"),
    ("2026-W48-1", "date_form"),
    ("1 " * 40, "date_form"),
]

TIMES = [
    ("09:30", "09:30"),
    ("9:30", "09:30"),
    ("0930", "09:30"),
    ("930", "09:30"),
    ("9.30", "09:30"),
    ("09.30", "09:30"),
    ("9,30", "09:30"),
    ("9 30", "09:30"),
    ("9h30", "09:30"),
    ("9", "09:00"),
    ("14h", "14:00"),
    ("0", "00:00"),
    ("0005", "00:05"),
    ("09:30:00", "09:30"),
    ("kl. 9.30", "09:30"),
    ("at 9:30", "09:30"),
    ("9:30 am", "09:30"),
    ("9:30pm", "21:30"),
    ("12 am", "00:00"),
    ("12:15 p.m.", "12:15"),
    ("９：３０", "09:30"),
    ("9点30分", "09:30"),
    ("9点半", "09:30"),
    ("14时", "14:00"),
    (" 23:59 ", "23:59"),
]

NO_TIMES = [
    ("24:00", "time_form"),
    ("25", "time_form"),
    ("9:75", "time_form"),
    ("960", "time_form"),
    ("9:3", "time_form"),
    ("noon", "time_form"),
    ("13:30 pm", "time_form"),
    ("-1:00", "time_form"),
    ("09:30Z", "time_form"),
    ("09:30+01:00", "time_form"),
    ("٠٩:٣٠", "time_form"),
    ("12345", "time_form"),
    ("9" * 50, "time_form"),
    ("09:30:15", "time_seconds"),
]
