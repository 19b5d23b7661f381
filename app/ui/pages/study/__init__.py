"""The page Study: the site, its closed days, values to confirm, consent forms and backups."""
