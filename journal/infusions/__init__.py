"""Treatment sessions: the clinic's own record."""
