"""The results of planning: entries with days and reasons, differences of calendars, the agenda, progress."""
