"""Calendar in, plain rows, PDF bytes out. Nothing here reads a clock, a setting or the study file."""
