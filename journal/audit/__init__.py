"""Who did what to whose record; rows are only ever added."""
