"""Forms made from the table of kinds."""
