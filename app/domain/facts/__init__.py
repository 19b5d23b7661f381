"""What people recorded: kinds of facts and their fields, reading of typed values, records of a participant and study."""
