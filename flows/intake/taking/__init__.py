"""Inputs taken: what is known of them, their bytes into the archive, their rows staged for the workers."""
