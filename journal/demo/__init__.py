"""The demo clinic's people."""
