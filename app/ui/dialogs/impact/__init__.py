"""The impact of a change on the other visits, before it is saved."""
