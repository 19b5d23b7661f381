"""A participant's visits drawn on an axis of days."""
