"""What a change does to the other visits, before it is saved."""
