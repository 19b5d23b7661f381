"""What planning yields: entries with their days and reasons, differences between two calendars, the agenda, progress."""
