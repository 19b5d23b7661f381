"""What comes from and goes to other programs: scenarios in, calendars out as JSON."""
