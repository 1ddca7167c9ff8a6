"""The one way to send an e-mail."""
