"""Keeping an installation sound."""
