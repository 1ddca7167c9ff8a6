"""The clinic's invitations."""
