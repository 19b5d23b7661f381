"""Says the domain's kinds, dates and names in the reader's language. All text that a person reads passes here."""
