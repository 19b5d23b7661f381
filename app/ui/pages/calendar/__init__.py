"""The page of the calendar: the visits of all participants in a month, a week, or a list by period."""
