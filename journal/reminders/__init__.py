"""Asking at the right time."""
