"""Asking at the right time: rules, when each is due, and what to say then."""
