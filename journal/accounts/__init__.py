"""People who sign in, and the gate they come through."""
