"""The one dialog for every change."""
