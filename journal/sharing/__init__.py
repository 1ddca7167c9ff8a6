"""Clinics, who belongs to them, and what a patient lets them see."""
