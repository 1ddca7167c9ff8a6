"""What the series of a clinic's patients did: reckoned from days and infusions, and kept."""
