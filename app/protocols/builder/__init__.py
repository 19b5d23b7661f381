"""Turns a checked protocol file into the domain's protocol version."""
