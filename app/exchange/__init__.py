"""The exchange with other programs: scenarios in, calendars out, both as JSON."""
