"""What planning yields: entries with days and reasons, differences of calendars, the agenda, progress."""
