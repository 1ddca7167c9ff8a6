"""The patient's composed pages."""
