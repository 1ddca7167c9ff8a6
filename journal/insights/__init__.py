"""Arithmetic only: no database, no web, no clock."""
