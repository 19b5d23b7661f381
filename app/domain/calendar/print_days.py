"""The words by which the days of a printed list are asked for."""

from typing import Literal, get_args

PrintDays = Literal["today", "next-open", "this-week", "next-week"]
PRINT_DAYS: tuple[PrintDays, ...] = get_args(PrintDays)
ONE_DAY: tuple[PrintDays, ...] = ("today", "next-open")
"""The words that mean one day."""
