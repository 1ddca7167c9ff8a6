"""One day in the patient's own numbers and words."""
