"""What people recorded: kinds of facts and their fields, reading of typed values, and records."""
